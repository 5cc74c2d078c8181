// What joins say of their rows: the pair, or the row that met none.
#pragma once
#include <array>
#include <utility>
#include <vector>

#include "core/stream/joins/join_plan.h"
#include "core/stream/lineage/row_match.h"
#include "core/stream/window_plan.h"

namespace rw {

// Each gives an entry for left and one for right. Plans outlive them.

/// Of a join without time.
std::vector<Contributors> joinedRows(const JoinPlan& plan, const AskedRow& asked);
/// Of an interval join; `bounds` of right's event time − left's.
std::vector<Contributors> joinedWithin(const JoinPlan& plan, std::pair<Millis, Millis> bounds,
                                       const AskedRow& asked);
/// Of a temporal join: the left row and the version that it met.
std::vector<Contributors> joinedVersion(const JoinPlan& plan, const AskedRow& asked);
/// Of a window join. `columns`: those of JoinPlan::both that the output begins with; its window is behind
/// them.
std::vector<Contributors> joinedInWindow(const JoinPlan& plan, const std::array<WindowPlan, 2>& windows,
                                         const std::vector<int>& columns, const AskedRow& asked);

}  // namespace rw
