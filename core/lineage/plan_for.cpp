#include "core/lineage/plan_for.h"

#include <algorithm>
#include <utility>

#include "core/lineage/collector.h"
#include "core/look/cut.h"

namespace rw {

namespace {

Status firstError(const std::vector<Issue>& issues) {
    const auto error = std::find_if(issues.begin(), issues.end(),
                                    [](const Issue& issue) { return issue.severity == Severity::Error; });
    if (error == issues.end()) return {};
    return Status(ErrorCode::Invalid, error->message, error->fix).at(error->node, error->param);
}

/// The code and the files of a pipeline from elsewhere are let alone until somebody agreed to run it.
Status mayRead(const Trust& trust, const std::vector<Issue>& issues) {
    if (!trust.agreed) {
        return {ErrorCode::Denied,
                RW_TEXT("lineage", "This pipeline is from elsewhere, and you have not agreed to run it."),
                RW_TEXT("lineage", "Run it once, and agree to what it reads. Then ask again.")};
    }
    const auto unread = std::find_if(issues.begin(), issues.end(), isNotLookedAt);
    if (unread == issues.end()) return {};
    return Status(ErrorCode::Denied, unread->message, unread->fix).at(unread->node, unread->param);
}

Status gone(const NodeId& node) {
    return {ErrorCode::NotFound, RW_TEXT("lineage", "The pipeline has no node “%1” any more.").with(node),
            RW_TEXT("lineage", "Ask about a row of the pipeline as it is now.")};
}

/// In place of a sink.
void addEnd(Pipeline& pipeline, const PortRef& from) {
    Node end;
    end.id = kRowCollectorType;
    while (pipeline.find(end.id) != nullptr) end.id += '_';
    end.type = kRowCollectorType;
    pipeline.wires.push_back({from, {end.id, std::string(kDefaultInput)}, Json::object()});
    pipeline.nodes.push_back(std::move(end));
}

}  // namespace

Result<PlanToAsk> planToAsk(const Pipeline& pipeline, const Catalogue& catalogue,
                            const ValidateOptions& options, const Trust& trust, const PortRef& from) {
    // A node inside a subflow is there once that was replaced by what is in it.
    const NodeId outer = outermost(from.node);
    const Pipeline above = cutAbove(pipeline, {outer});
    if (above.find(outer) == nullptr) return gone(from.node);
    PlanOptions planning;
    planning.validate = options;
    planning.validate.files = false;
    planning.validate.permits = nullptr;
    planning.parallelism = 1;
    std::vector<Issue> issues;
    FileReach reach = trust.reachFrom(options.folder);
    const auto expanded = expand(above, catalogue, planning.validate, trust, reach, issues);
    RW_TRY(mayRead(trust, issues));
    RW_TRY(firstError(issues));
    PlanToAsk asked;
    asked.from = expanded ? expanded->joined(Wire{from, {}, Json::object()}).from : from;
    Pipeline flat = expanded ? expanded->pipeline : above;
    if (outer != from.node) {
        if (flat.find(asked.from.node) == nullptr) return gone(from.node);
        flat = cutAbove(flat, {asked.from.node});
    }
    // What stood for a subflow is there no more than to be drawn.
    std::erase_if(flat.nodes, [&catalogue](const Node& node) {
        const NodeKind* const kind = catalogue.find(node.type);
        return kind != nullptr && kind->subflow == SubflowRole::Whole;
    });
    addEnd(flat, asked.from);
    std::vector<NodeKind> kinds = catalogue.kinds();
    kinds.push_back(rowCollectorKind());
    asked.catalogue = std::make_shared<Catalogue>(std::move(kinds));
    Planned planned = makePlan(flat, *asked.catalogue, planning);
    if (!planned.plan) {
        RW_TRY(firstError(planned.issues));
        return Status(ErrorCode::Internal, RW_TEXT("lineage", "There is no plan."));
    }
    asked.plan = std::move(planned.plan);
    return asked;
}

}  // namespace rw
