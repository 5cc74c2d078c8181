// Windows by the book: sees one row at a time, keeps every row, has one clock. Slow, simple, and written
// without looking at slices, stamps in batches or tables of groups; the reference for the operators.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/stream/window_assigner.h"

namespace rw::test {

struct ModelRow {
    Instant time = 0;
    Instant stamp = 0;  ///< the watermark before it at its source
    int wire = 0;
    int position = 0;
    std::string key;
    int value = 0;
    auto operator<=>(const ModelRow&) const = default;
};

struct ModelWindows {
    WindowKind kind = WindowKind::Tumble;
    Millis size = 1, step = 1, offset = 0, gap = 1, lateness = 0;
    bool severalWires = false;  ///< the order of rows goes by event time first
};

struct ModelResult {
    /// “start|end|time|key|count|sum|min|first|last”, sorted
    std::vector<std::string> rows;
    /// “time|key|value|late_by|late_for”, sorted
    std::vector<std::string> late;
};

/// Every window that contains `time`; not of sessions.
std::vector<Window> windowsOf(const ModelWindows& windows, Instant time);

ModelResult model(const ModelWindows& windows, std::vector<ModelRow> rows);

}  // namespace rw::test
