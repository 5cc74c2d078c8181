#include "core/what_if/variant_plan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/launch/replay.h"
#include "core/look/cut.h"
#include "core/look/reaching_out.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/validate.h"
#include "core/what_if/final_rows.h"

namespace rw {

namespace {

constexpr const char* kMostState = "512MB";

Status errorOf(const std::vector<Issue>& issues) {
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error)
            return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
    }
    return {};
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

/// A pipeline with the nodes of its subflows.
struct Flat {
    Pipeline pipeline{};
    std::shared_ptr<const Expanded> expanded{};

    /// Where a port of the pipeline as people see it is.
    PortRef placed(const PortRef& from) const {
        return expanded ? expanded->joined(Wire{from, {}, Json::object()}).from : from;
    }
};

Result<Flat> flattened(const Pipeline& pipeline, const Catalogue& catalogue, ValidateOptions options) {
    options.files = true;  // of subflows
    Flat flat;
    std::vector<Issue> issues;
    flat.expanded = expand(pipeline, catalogue, options, issues);
    RW_TRY(errorOf(issues));
    flat.pipeline = flat.expanded ? flat.expanded->pipeline : pipeline;
    // What stood for a subflow is there no more than to be drawn.
    std::erase_if(flat.pipeline.nodes, [&](const Node& node) {
        const NodeKind* const kind = catalogue.find(node.type);
        return kind != nullptr && kind->subflow == SubflowRole::Whole;
    });
    return flat;
}

bool isSink(const Catalogue& catalogue, const Node& node) {
    const NodeKind* const kind = catalogue.of(node);
    return kind != nullptr && kind->group == NodeGroup::Sink && kind->subflow == SubflowRole::None;
}

std::vector<PortRef> portsInto(const Pipeline& pipeline, const NodeId& node) {
    std::vector<PortRef> from;
    for (const Wire& wire : pipeline.wires) {
        if (wire.to.node == node) from.push_back(wire.from);
    }
    return from;
}

/// An alert node whose rows nobody takes: it tells of its alerts all the same.
bool isLastAlert(const Pipeline& pipeline, const Node& node, const NodeKind& kind) {
    return kind.alerts && std::none_of(pipeline.wires.begin(), pipeline.wires.end(),
                                       [&](const Wire& wire) { return wire.from.node == node.id; });
}

/// All sinks and charts; those with the same rows together. And alerts.
std::vector<ComparedPort> allSinks(const Pipeline& pipeline, const Catalogue& catalogue) {
    std::vector<ComparedPort> ports;
    std::map<std::vector<PortRef>, std::size_t> known;
    for (const Node& node : pipeline.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        std::vector<PortRef> from = portsInto(pipeline, node.id);
        if (kind == nullptr || node.disabled || from.empty()) continue;
        if (isLastAlert(pipeline, node, *kind)) ports.push_back({{node.id}, kind->outputs.front().name});
        if (!isSink(catalogue, node)) continue;
        const auto [place, added] = known.try_emplace(std::move(from), ports.size());
        if (added) {
            ports.push_back({{node.id}, {}});
        } else {
            ports[place->second].shown.push_back(node.id);
        }
    }
    return ports;
}

Status noSuchNode(const Pipeline& pipeline, const NodeId& node) {
    std::vector<std::string> ids;
    for (const Node& each : pipeline.nodes) ids.push_back(each.id);
    return {ErrorCode::Invalid, RW_TEXT("what_if", "There is no node “%1”.").with(node),
            RW_TEXT("what_if", "There are: %1").with(listed(ids))};
}

/// The port of a node as the request names it.
Result<ComparedPort> portNamed(const WhatIfRequest& request, const Pipeline& flat) {
    const Node* node = request.pipeline.find(request.node);
    if (node == nullptr) node = flat.find(request.node);
    if (node == nullptr) return noSuchNode(request.pipeline, request.node);
    const NodeKind* const kind = request.catalogue.of(*node);
    if (kind == nullptr) return noSuchNode(request.pipeline, request.node);
    if (isSink(request.catalogue, *node) && request.port.empty()) return ComparedPort{{request.node}, {}};
    std::vector<std::string> names;
    for (const PortSpec& spec : kind->outputs) names.push_back(spec.name);
    const std::string port = !request.port.empty() ? request.port : names.empty() ? "" : names.front();
    if (std::find(names.begin(), names.end(), port) == names.end()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("what_if", "“%1” has no output “%2”.").with(request.node, request.port),
                      names.empty()
                          ? RW_TEXT("what_if", "Leave the port out: what comes into it is compared.")
                          : RW_TEXT("what_if", "It has: %1").with(listed(names)))
            .at(request.node);
    }
    return ComparedPort{{request.node}, port};
}

class Planning {
 public:
    Planning(const WhatIfRequest& request, const Varied& varied) : m_request(request), m_varied(varied) {
        m_options = request.validating;
        m_options.variables = varied.variables;
        m_options.permits = nullptr;
        m_options.files = false;
        m_options.connections = nullptr;  // none is opened: it does not matter which there are
    }

    Result<VariantPlan> plan(const std::vector<ComparedPort>& ports) {
        RW_TRY_ASSIGN(m_flat, flattened(m_varied.pipeline, m_request.catalogue, m_options));
        std::vector<NodeId> ends;
        for (const ComparedPort& port : ports) {
            PlannedPort planned;
            if (port.port.empty()) {
                planned.from = portsInto(m_flat.pipeline, port.shown.front());
                // So that what is wrong with a sink is told, though it stays out of the run.
                for (const NodeId& sink : port.shown) ends.push_back(sink);
            } else if (hasPort(port)) {
                planned.from = {m_flat.placed({port.shown.front(), port.port})};
            }
            for (const PortRef& from : planned.from) ends.push_back(from.node);
            m_out.ports.push_back(std::move(planned));
        }
        Pipeline cut = cutAbove(m_flat.pipeline, ends);
        cut.settings.memoryLimit = kMostState;
        for (const Node& node : cut.nodes) {
            if (!isSink(m_request.catalogue, node)) m_out.order.push_back(node.id);
        }
        for (PlannedPort& port : m_out.ports) addKeeper(port, cut);
        RW_TRY(makeThePlan(cut));
        RW_TRY(mayRun());
        return std::move(m_out);
    }

 private:
    bool hasPort(const ComparedPort& port) const {
        const Node* node = m_varied.pipeline.find(port.shown.front());
        if (node == nullptr) node = m_flat.pipeline.find(port.shown.front());
        const NodeKind* const kind = node != nullptr ? m_request.catalogue.of(*node) : nullptr;
        return kind != nullptr && kind->outputPort(port.port) >= 0;
    }

    void addKeeper(PlannedPort& port, Pipeline& cut) {
        if (port.from.empty()) return;
        Node keeper;
        keeper.id = "what_if_" + std::to_string(m_keepers++);
        while (cut.find(keeper.id) != nullptr) keeper.id += '_';
        keeper.type = kFinalRowsType;
        port.keeper = keeper.id;
        for (const PortRef& from : port.from)
            cut.wires.push_back({from, {keeper.id, std::string(kDefaultInput)}, Json::object()});
        cut.nodes.push_back(std::move(keeper));
    }

    Status makeThePlan(const Pipeline& cut) {
        std::vector<NodeKind> kinds = m_request.catalogue.kinds();
        kinds.push_back(finalRowsKind());
        m_out.kinds = std::make_shared<const Catalogue>(std::move(kinds));
        Validated checked = validate(cut, *m_out.kinds, m_options);
        for (Issue& issue : checked.issues) {
            if (m_flat.expanded) placeOutside(issue, *m_flat.expanded);
        }
        RW_TRY(errorOf(checked.issues));
        PlanOptions options;
        options.validate = m_options;
        options.parallelism = 1;
        Planned planned = makePlan(cut, *m_out.kinds, options);
        if (!planned.plan) {
            RW_TRY(errorOf(planned.issues));
            return {ErrorCode::Invalid,
                    RW_TEXT("what_if", "The pipeline has no rows that could be compared."),
                    RW_TEXT("what_if", "Draw a wire to a sink or a chart.")};
        }
        m_out.plan = std::move(planned.plan);
        for (PlannedPort& port : m_out.ports) {
            if (port.from.size() == 1) {
                const auto typed = checked.nodes.find(port.from.front().node);
                if (typed != checked.nodes.end()) port.keys = typed->second.keys;
            }
            findTimers(port, cut);
        }
        return {};
    }

    const PlannedNode* find(const NodeId& id) const {
        for (const Stage& stage : m_out.plan->stages) {
            for (const PlannedNode& node : stage.nodes) {
                if (node.node == id) return &node;
            }
        }
        return nullptr;
    }

    /// Whose watermarks close the windows above the port.
    void findTimers(PlannedPort& port, const Pipeline& cut) const {
        const PlannedNode* const keeper = find(port.keeper);
        if (keeper == nullptr || !keeper->inputs.front().type.windowed ||
            keeper->inputs.front().type.updating)
            return;
        std::set<NodeId> seen;
        std::vector<NodeId> open{port.keeper};
        while (!open.empty()) {
            const NodeId id = std::move(open.back());
            open.pop_back();
            if (!seen.insert(id).second) continue;
            const PlannedNode* const node = find(id);
            if (node != nullptr && (node->bound->assignsEventTime || node->kind->inputs.empty())) {
                port.timedBy.push_back(id);
                continue;
            }
            for (const PortRef& from : portsInto(cut, id)) open.push_back(from.node);
        }
    }

    /// Whether all that it needs is there again, and asks nobody.
    Status mayRun() const {
        if (m_request.tape) RW_TRY(checkSources(*m_request.tape, *m_out.plan));
        for (const Stage& stage : m_out.plan->stages) {
            for (const PlannedNode& node : stage.nodes) {
                const NodeKind& kind = *node.kind;
                const bool source = kind.group == NodeGroup::Source;
                // Rows alone tell of alerts: the run has nothing that tells others.
                if (kind.group == NodeGroup::Sink || kind.alerts || (source && m_request.tape)) continue;
                const bool live = source && node.bound->live;
                if (!live && !reachesOut(*node.declared, *node.kind, *node.bound)) continue;
                if (source) {
                    return Status(ErrorCode::Invalid,
                                  RW_TEXT("what_if", "“%1” is live: nothing was kept of what it gave.")
                                      .with(node.node),
                                  RW_TEXT("what_if", "Record a run on a tape, and compare with that."))
                        .at(node.node);
                }
                if (isTaped(node.node)) continue;
                return Status(
                           ErrorCode::Denied,
                           RW_TEXT("what_if", "“%1” asks another system or runs code: a comparison does not.")
                               .with(node.node),
                           RW_TEXT("what_if", "Compare at a node before it, or with a tape of its answers."))
                    .at(node.node);
            }
        }
        return {};
    }

    /// The tape has its tables or its answers.
    bool isTaped(const NodeId& node) const {
        if (!m_request.tape) return false;
        const TapeStart& start = m_request.tape->head().start;
        return std::find(start.asking.begin(), start.asking.end(), node) != start.asking.end() ||
               std::any_of(start.lookups.begin(), start.lookups.end(),
                           [&](const TapeLookup& lookup) { return lookup.node == node; });
    }

    const WhatIfRequest& m_request;
    const Varied& m_varied;
    ValidateOptions m_options{};
    Flat m_flat{};
    VariantPlan m_out{};
    std::size_t m_keepers = 0;
};

}  // namespace

Result<std::vector<ComparedPort>> comparedPorts(const WhatIfRequest& request) {
    RW_TRY_ASSIGN(const Flat flat, flattened(request.pipeline, request.catalogue, request.validating));
    if (!request.node.empty()) {
        RW_TRY_ASSIGN(ComparedPort port, portNamed(request, flat.pipeline));
        return std::vector<ComparedPort>{std::move(port)};
    }
    std::vector<ComparedPort> ports = allSinks(flat.pipeline, request.catalogue);
    if (!ports.empty()) return ports;
    return Status(ErrorCode::Invalid, RW_TEXT("what_if", "No rows come to a sink or a chart."),
                  RW_TEXT("what_if", "Name a node (--node), or draw a wire to a sink or a chart."));
}

Result<VariantPlan> planVariant(const WhatIfRequest& request, const Varied& varied,
                                const std::vector<ComparedPort>& ports) {
    return Planning(request, varied).plan(ports);
}

}  // namespace rw
