// Which node a barrier waits for that does not come through.
#pragma once
#include <set>

#include "core/runtime/task_graph.h"

namespace rw {

/// Of `missing`, which SnapshotCoordinator::missing() gave and is not empty, the node to look at: the one
/// that has been in a call for longest, if that is long; else the last on the way of rows that has rows to
/// take; else the first. Nodes that are fused into a stage stand in for its entry. Any thread.
NodeId keepsBarrier(const RunShared& shared, const TaskGraph& graph, const std::set<NodeId>& missing);

}  // namespace rw
