// Why two rows, one of each input of a join, are no pair.
#pragma once
#include <optional>
#include <utility>

#include "core/stream/joins/join_plan.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// The keys are not equal. `left` and `right` have one row each.
std::optional<NoPair> keysDiffer(const JoinPlan& plan, const Batch& left, const Batch& right,
                                 const SideNames& names);
/// The keys are not equal, or right's event time − left's is not within `bounds`, both included.
std::optional<NoPair> farApart(const JoinPlan& plan, std::pair<Millis, Millis> bounds, const Batch& left,
                               const Batch& right, const SideNames& names);

}  // namespace rw
