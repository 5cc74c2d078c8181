// Windows in the state of a window aggregation: the common part of its records.
#pragma once
#include "core/data/state_reader.h"
#include "core/stream/window_assigner.h"

namespace rw {

inline constexpr std::uint32_t kWindowsVersion = 1;

inline Result<Window> readWindow(const StateReader& record) {
    if (record.version() != kWindowsVersion) return brokenState("version of a window");
    RW_TRY_ASSIGN(const Instant start, record.i64("start"));
    RW_TRY_ASSIGN(const Instant end, record.i64("end"));
    return Window{end, start};
}

inline void writeWindow(StateWriter& record, const Window& window) {
    record.i64("start", window.start);
    record.i64("end", window.end);
}

}  // namespace rw
