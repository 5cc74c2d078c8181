// Whose work the operators of a compiled plan do.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/plans/flink_plan.h"

namespace rw {

struct PlanOwner {
    std::vector<NodeId> nodes{};  ///< whose work it does, sorted; none: it only helps
    std::vector<NodeId> into{};   ///< the next such nodes that its rows come to, sorted
};

/// One for each operator of the plan. `byOperator`: FlinkLayout::nodesByOperator() of the graph; `sinks`:
/// whose INSERTs are in the plan. Nothing: graph and plan are not of the same statements.
std::optional<std::vector<PlanOwner>> planOwners(const FlinkPlan& plan, const FlinkGraph& graph,
                                                 const std::vector<std::vector<NodeId>>& byOperator,
                                                 const std::vector<NodeId>& sinks);
/// Words before the description of each operator: the nodes that it works for; empty where these are many.
std::vector<std::string> planHeads(const std::vector<PlanOwner>& owners);

}  // namespace rw
