// The numbers of the operators of a compiled plan, by which Flink finds their state: one that keeps its state
// keeps its number, all others get new ones. Numbers are never used again.
#pragma once
#include <vector>

#include "core/cluster/plan_record.h"
#include "core/cluster/plans/plan_owners.h"
#include "core/forecast/forecast.h"

namespace rw {

struct PlanNumbers {
    PlanRecord record{};  ///< one entry for each operator of the plan, in its order
    /// Nodes of the edited pipeline that were to keep their state by the forecast, but whose operators in the
    /// new plan can't be matched with the old ones: it would be dropped.
    std::vector<NodeId> lost{};
    /// Those of them that are sources: they would be read from their beginning.
    std::vector<NodeId> reread{};
};

/// Of a job that starts without state.
PlanNumbers planNumbers(const FlinkPlan& plan, const std::vector<PlanOwner>& owners);
/// Of one that resumes from a savepoint of `before`. `told`: the forecast for the state of each node, as
/// FlinkPlan keeps it; `edited`: the pipeline that the plan is of.
PlanNumbers planNumbers(const FlinkPlan& plan, const std::vector<PlanOwner>& owners, const PlanRecord& before,
                        const Forecast& told, const Pipeline& edited);

}  // namespace rw
