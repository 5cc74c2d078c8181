// What a ranking says of its rows: the row itself, those that come before it, and those without a place.
#pragma once
#include <vector>

#include "core/stream/lineage/row_match.h"
#include "core/stream/lineage/tells_displaced.h"
#include "core/stream/ranks/top_n.h"

namespace rw {

/// The row and the rows of its window and partition that are ranked before it or tie with it. The plan
/// outlives them.
std::vector<Contributors> rowsUpTo(const TopNPlan& plan, const AskedRow& asked);
/// Of the same window and partition the row with the last place.
RowPredicateRef lastRanked(const TopNPlan& plan, const AskedRow& asked);
/// The rows of its window and partition that are ranked behind it or tie with it.
Displaced rowsBehind(const TopNPlan& plan, const AskedRow& last);

}  // namespace rw
