// Measures how long calls take, for the metrics of a run.
#pragma once
#include <chrono>
#include <cstdint>

namespace rw {

/// The machine's steady time in nanoseconds, past the run's clock: that counts in milliseconds, and a
/// simulated one stands still. For metrics only, nothing is decided by it.
inline std::int64_t stopwatchNanos() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace rw
