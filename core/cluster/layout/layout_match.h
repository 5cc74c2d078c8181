// Finding the nodes of a pipeline again among the operators that Flink made of its statements.
//
// Each sink has a writer. From there nodes and operators are followed up to the sources, side by side: the
// node tells which operators are possible. A way that does not come out at the right tables is dropped:
// the planner made something else of it.
//
// The planner tests conditions as early as it can, so that an operator may get fewer rows than its node
// would. Counts that this may have touched are left out (see untouched below).
#pragma once
#include "core/cluster/flink_graph.h"
#include "core/cluster/layout/layout_facts.h"

namespace rw {

/// `sinks`: whose writers are in the graph, in their order. Nothing is found when there are more or fewer.
LayoutFacts matchOperators(const LayoutNet& net, const FlinkGraph& graph, const std::vector<NodeId>& sinks);

}  // namespace rw
