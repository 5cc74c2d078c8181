#include "core/runtime/requests/closing_windows.h"

#include <algorithm>
#include <set>

namespace rw {

namespace {

/// Null: the run has no such node.
const PlannedNode* plannedOf(const Plan& plan, const NodeId& node) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& planned : stage.nodes) {
            if (planned.node == node) return &planned;
        }
    }
    return nullptr;
}

template <class Holds>
bool anyInput(const PlannedNode& node, Holds holds) {
    return std::any_of(node.inputs.begin(), node.inputs.end(),
                       [&holds](const InputInfo& input) { return holds(input.type); });
}

}  // namespace

Result<std::vector<NodeId>> sourcesToAdvance(const Plan& plan, const NodeId& node) {
    const PlannedNode* const planned = plannedOf(plan, node);
    if (planned == nullptr) {
        return Status(ErrorCode::NotFound, RW_TEXT("run", "No node of the run is called “%1”.").with(node),
                      RW_TEXT("run", "Give the id of one of its nodes."));
    }
    const std::string& title = planned->declared->shownTitle();
    if (!anyInput(*planned, [](const StreamType& type) { return type.eventTime >= 0; })) {
        return Status(ErrorCode::Invalid, RW_TEXT("run", "“%1” has no windows of event time.").with(title),
                      RW_TEXT("run", "Choose a node with windows."))
            .at(node);
    }
    if (anyInput(*planned, [](const StreamType& type) { return type.made; })) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("run",
                              "The windows of “%1” can't be closed by themselves: its rows are made by other "
                              "nodes, whose watermark is behind that of the sources.")
                          .with(title),
                      RW_TEXT("run", "Close the windows of the first node on the way that has some."))
            .at(node);
    }
    std::set<NodeId> above{node};
    std::vector<NodeId> next{node};
    while (!next.empty()) {
        const NodeId at = std::move(next.back());
        next.pop_back();
        for (const Wire& wire : plan.pipeline.wires) {
            if (wire.to.node == at && above.insert(wire.from.node).second) next.push_back(wire.from.node);
        }
    }
    std::vector<NodeId> sources;
    for (const Stage& stage : plan.stages) {
        const NodeId& entry = stage.nodes.front().node;
        if (stage.source && above.contains(entry)) sources.push_back(entry);
    }
    return sources;
}

Status closedByTape() {
    return {ErrorCode::Invalid, RW_TEXT("run", "The run replays a tape, which says when its windows close."),
            RW_TEXT("run", "Let it go on, or end it by “Finish open windows”.")};
}

Status notUnderWay() {
    return {ErrorCode::Invalid, RW_TEXT("run", "The run is not under way: no window can be closed now."),
            RW_TEXT("run", "Close it while the pipeline runs.")};
}

}  // namespace rw
