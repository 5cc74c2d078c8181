// makePlan: the passes of plan_graph.h, one after the other.
#include <algorithm>
#include <thread>

#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/variables.h"
#include "core/runtime/planning/plan_graph.h"

namespace rw {

namespace {

/// Without a look at files a subflow that was never read is no error, and its nodes are unknown, as are the
/// inputs of the nodes behind it.
void requireKnown(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
                  std::vector<Issue>& issues) {
    const bool known = std::all_of(validated.order.begin(), validated.order.end(), [&](const NodeId& id) {
        const auto found = validated.nodes.find(id);
        return found != validated.nodes.end() && found->second.bound;
    });
    if (known) return;
    // One that was read has given way, and is disabled.
    const Pipeline& flat = validated.expanded ? validated.expanded->pipeline : pipeline;
    const auto unread = std::find_if(flat.nodes.begin(), flat.nodes.end(), [&](const Node& node) {
        const NodeKind* const kind = catalogue.find(node.type);
        return kind != nullptr && kind->subflow == SubflowRole::Whole && !node.disabled;
    });
    Issue& issue = issues.emplace_back();
    if (unread != flat.nodes.end()) issue.node = unread->id;
    issue.message = RW_TEXT("run", "What this node does is not known: the file of a subflow was not read.");
    issue.fix = RW_TEXT("run", "Let the files of the pipeline be looked at before it is run.");
}

}  // namespace

Planned makePlan(const Pipeline& pipeline, const Catalogue& catalogue, const PlanOptions& options) {
    Planned planned;
    Validated validated = validate(pipeline, catalogue, options.validate);
    planned.issues = std::move(validated.issues);
    if (hasErrors(planned.issues)) return planned;
    if (validated.order.empty()) {
        Issue& nothing = planned.issues.emplace_back();
        nothing.message = RW_TEXT("run", "The pipeline has no node that could run.");
        nothing.fix = RW_TEXT("run", "Add a source and something that takes its rows.");
        return planned;
    }
    requireKnown(pipeline, catalogue, validated, planned.issues);
    if (hasErrors(planned.issues)) return planned;

    auto plan = std::make_shared<Plan>();
    const auto& expanded = validated.expanded;
    plan->pipeline = withVariables(expanded ? expanded->pipeline : pipeline, options.validate);
    if (expanded) plan->subflows = expanded->subflows;
    plan->folder = options.validate.folder;
    plan->timeZone = pipeline.settings.timeZone;
    plan->parallelism = options.parallelism > 0 ? options.parallelism : pipeline.settings.parallelism;
    if (plan->parallelism <= 0)
        plan->parallelism = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    plan->memoryLimit = memoryLimitOf(pipeline.settings);
    plan->stateMemory = stateMemoryOf(pipeline.settings);

    PlanGraph graph = planGraph(plan->pipeline, catalogue, validated);
    if (options.pruneColumns) findUsedColumns(graph);
    findReadStamps(graph);
    numberWires(graph, planned.issues);
    if (hasErrors(planned.issues)) return planned;
    const StagePositions positions = cutStages(graph, *plan, planned.issues);
    if (hasErrors(planned.issues)) return planned;
    connectStages(graph, positions, *plan);
    describeInputs(*plan);
    findIdleGroups(*plan);
    planned.plan = std::move(plan);
    return planned;
}

std::vector<RunningNode> runningNodes(const Plan& plan) {
    std::map<NodeId, const PlannedNode*> planned;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) planned.emplace(node.node, &node);
    }
    std::vector<RunningNode> nodes;
    for (const Node& node : plan.pipeline.nodes) {
        const auto found = planned.find(node.id);
        if (found != planned.end())
            nodes.push_back({node.id, found->second->kind, found->second->bound.get()});
    }
    return nodes;
}

bool Plan::bounded() const {
    return std::none_of(stages.begin(), stages.end(),
                        [](const Stage& stage) { return stage.source && stage.nodes.front().bound->live; });
}

}  // namespace rw
