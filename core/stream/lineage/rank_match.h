// What a ranking says of its rows: the row itself and those that come before it.
#pragma once
#include <vector>

#include "core/stream/lineage/row_match.h"
#include "core/stream/ranks/top_n.h"

namespace rw {

/// The row and the rows of its window and partition that are ranked before it or tie with it. The plan
/// outlives them.
std::vector<Contributors> rowsUpTo(const TopNPlan& plan, const AskedRow& asked);

}  // namespace rw
