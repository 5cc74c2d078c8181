// What windows say of their rows: those of a window and, it may be, of some keys.
#pragma once
#include <vector>

#include "core/stream/lineage/row_match.h"
#include "core/stream/window_plan.h"

namespace rw {

/// Where the row that is asked about has its window.
struct WindowPlace {
    int start = -1, end = -1, time = -1;
};

/// The window that the row is of, as far as it is known: of a missing row perhaps one end of it.
struct KnownWindow {
    Instant start = kMinTimestamp, end = kMaxTimestamp;
    bool known() const { return end != kMaxTimestamp; }
};
KnownWindow windowOf(const WindowPlan& plan, const AskedRow& asked, const WindowPlace& columns);

/// Rows of the input that lie in that window, not late for it; where it is not known, rows that were not late
/// for all windows that they lie in.
std::shared_ptr<RowMatch> windowRows(const WindowPlan& plan, const AskedRow& asked,
                                     const WindowPlace& columns);
/// “rows from 12:00:00 to 12:00:10 with k = x”; `keys`: columns of the row that is asked about.
Text windowWords(const WindowPlan& plan, const AskedRow& asked, const WindowPlace& columns,
                 const std::vector<int>& keys);

}  // namespace rw
