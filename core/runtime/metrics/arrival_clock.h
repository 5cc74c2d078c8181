// When rows were read, by a clock that goes on where that on the wall is set back.
#pragma once
#include <atomic>
#include <cstdint>

#include "core/base/time.h"
#include "core/runtime/metrics/counters.h"

namespace rw {

/// Of one run, in all its attempts. Arrival times never go back: rows read later have later times. Needed by
/// the tables of a lookup that is recorded, which would apply only once the clock has caught up, and by
/// state_ttl. Any thread.
class ArrivalClock {
 public:
    /// `wall`, at which something was read just now, and by how much the clock was set back since the run
    /// began to read. Set forward again, it is the clock on the wall as before.
    Instant of(Instant wall, const Clock& clock) {
        // The clocks are not read at the same instant: the lead of the run is never overestimated.
        const std::int64_t before = clock.steadyMillis();
        const Instant now = clock.now();
        raise(m_ahead, now - clock.steadyMillis());
        const Millis back = m_ahead.load(std::memory_order_relaxed) - (now - before);
        return back > kRounding ? saturatingAdd(wall, back) : wall;
    }

 private:
    static constexpr Millis kRounding = 1;  ///< both clocks are cut to milliseconds

    std::atomic<std::int64_t> m_ahead{kMinTimestamp};  ///< the wall of the steady clock, the most so far
};

}  // namespace rw
