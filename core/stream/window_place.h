// Where a row belongs among windows, as its own stamp says (event-time rules, 12 and 13).
#pragma once
#include <optional>

#include "core/stream/late_rows.h"
#include "core/stream/window_slicing.h"

namespace rw {

struct WindowPlace {
    Window slice{};
    Instant from = 0;  ///< the end of the first window that the row counts for
};

/// The place of row `row`. It has none without an event time that windows can hold: it is rejected then; nor
/// when all its windows have passed: it is added to `late`.
Result<std::optional<WindowPlace>> placeInWindows(const WindowSlicing& slicing, const Batch& batch,
                                                  std::uint32_t row, LateRows& late, Output& out);

}  // namespace rw
