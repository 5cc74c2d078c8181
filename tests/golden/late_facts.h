// The expected columns of a late row, from the facts that Flink gives about it.
#pragma once
#include "tests/golden/compare.h"

namespace rw::golden {

/// The late rows with late_by and late_for, from a table whose last two columns are `stamp`, the watermark
/// before the row, and `last_window_time`, the last millisecond of its last window: late_for is the end of
/// that window, late_by the milliseconds that the watermark was past its last millisecond.
Table lateRowsOf(Table facts);

}  // namespace rw::golden
