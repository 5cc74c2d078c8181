// What an over aggregation says of its rows: the row itself and those of its frame.
#pragma once
#include <vector>

#include "core/stream/frames/over_plan.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

/// The rows of a frame: of ROWS frames those of the row's own time in one entry and those before in another,
/// for which of several of one time come first is their order's matter. The plan outlives them.
std::vector<Contributors> frameRows(const OverPlan& plan, const AskedRow& asked);

}  // namespace rw
