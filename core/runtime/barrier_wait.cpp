#include "core/runtime/barrier_wait.h"

#include <utility>

namespace rw {

namespace {

constexpr std::int64_t kLongCallNanos = 1'000'000'000;

/// The node of the stage that has been in a call for longest, and for how long.
std::pair<NodeId, std::int64_t> longestCall(const RunShared& shared, const Stage& stage) {
    std::pair<NodeId, std::int64_t> longest{stage.nodes.front().node, 0};
    for (const PlannedNode& node : stage.nodes) {
        for (const CounterGroup& group : shared.counters.at(node.node)) {
            for (const NodeCounters& one : group.instances) {
                const std::int64_t since = one.inCallSince;
                const std::int64_t lasts = since > 0 ? stopwatchNanos() - since : 0;
                if (lasts > longest.second) longest = {node.node, lasts};
            }
        }
    }
    return longest;
}

/// Rows that wait at the stage or in its entry; those behind a barrier that came by another way left out.
bool hasRowsToTake(const RunShared& shared, const TaskGraph& graph, std::size_t stageIndex) {
    const PlannedNode& entry = shared.plan.stages[stageIndex].nodes.front();
    if (entry.bound->paced) {
        for (const NodeCounters& one : shared.counters.at(entry.node).front().instances) {
            if (one.stateKeys > 0) return true;
        }
    }
    for (std::size_t i = 0; i < shared.plan.exchanges.size(); ++i) {
        if (shared.plan.exchanges[i].to != static_cast<int>(stageIndex)) continue;
        for (const Destination& to : graph.destinations()[i]) {
            if (to.inbox->rowsToTake(to.slot) > 0) return true;
        }
    }
    return false;
}

}  // namespace

NodeId keepsBarrier(const RunShared& shared, const TaskGraph& graph, const std::set<NodeId>& missing) {
    std::pair<NodeId, std::int64_t> longest{{}, 0};
    NodeId found;
    for (std::size_t i = 0; i < shared.plan.stages.size(); ++i) {
        const Stage& stage = shared.plan.stages[i];
        const NodeId& entry = stage.nodes.front().node;
        if (!missing.contains(entry)) continue;
        if (auto call = longestCall(shared, stage); call.second > longest.second) longest = std::move(call);
        if (found.empty() || hasRowsToTake(shared, graph, i)) found = entry;
    }
    return longest.second >= kLongCallNanos ? longest.first : found;
}

}  // namespace rw
