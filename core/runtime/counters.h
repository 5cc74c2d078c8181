// Counters of a run: written by one task each, read by copy from anywhere.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// For counters that never go back, whoever writes them when.
inline void raise(std::atomic<std::int64_t>& counter, std::int64_t value) {
    std::int64_t known = counter.load(std::memory_order_relaxed);
    while (value > known && !counter.compare_exchange_weak(known, value, std::memory_order_relaxed)) {
    }
}

/// Of one instance of a node. The lanes of a source share one.
struct NodeCounters {
    std::atomic<std::uint64_t> rowsIn{0}, rowsOut{0}, late{0}, rejected{0};
    std::atomic<Millis> largestLateBy{0};
    std::atomic<Instant> watermark{kMinTimestamp};
    std::atomic<std::int64_t> busyNanos{0};
    std::atomic<std::uint64_t> stateBytes{0}, stateKeys{0};
    std::atomic<bool> ended{false};
    /// Steady nanoseconds at which the call that the node is in began; 0: it is in none.
    std::atomic<std::int64_t> inCallSince{0};
    std::vector<std::atomic<Instant>> inputWatermarks;

    explicit NodeCounters(std::size_t inputPorts) : inputWatermarks(inputPorts) {
        for (auto& watermarkOfPort : inputWatermarks) watermarkOfPort = kMinTimestamp;
    }
};

/// The instances of a node in one stage. The lanes of a source share its rows out between them, so the
/// furthest lane tells the watermark; of other instances the last does.
struct CounterGroup {
    bool lanes = false;
    std::deque<NodeCounters> instances;
};

}  // namespace rw
