// The columns that rows of windows carry.
#pragma once
#include <span>
#include <vector>

#include "core/data/column.h"
#include "core/stream/window_assigner.h"

namespace rw {

/// window_start, window_end and window_time, the event time, of rows of these windows.
std::vector<ColumnRef> windowColumns(std::span<const Window> windows);

}  // namespace rw
