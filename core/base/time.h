// Event time, durations and the clock.
//
// Timestamps and durations are milliseconds in int64_t: instants since 1970-01-01 00:00:00 UTC.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

using Instant = std::int64_t;  ///< milliseconds since the epoch, UTC
using Millis = std::int64_t;   ///< milliseconds

/// Before anything: the watermark of an input that has said nothing yet.
inline constexpr Instant kMinTimestamp = std::numeric_limits<Instant>::min();
/// After everything: the watermark of an input that has ended.
inline constexpr Instant kMaxTimestamp = std::numeric_limits<Instant>::max();

/// a + b that stops at kMinTimestamp and kMaxTimestamp; at either end adding changes nothing.
inline Instant saturatingAdd(Instant a, Millis b) {
    if (a == kMinTimestamp || a == kMaxTimestamp) return a;
    Instant sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return b > 0 ? kMaxTimestamp : kMinTimestamp;
    return sum;
}

/// Reads `500ms`, `10s`, `5min`, `2h`, `1d`, a negative one as `-5s`; “0” needs no unit.
Result<Millis> parseDuration(std::string_view text);
/// The shortest text that parseDuration reads back: 90 000 → `90s`, 60 000 → `1min`, 0 → `0s`.
std::string formatDuration(Millis duration);

/// The only way the engine learns the time. Safe to call from any thread.
class Clock {
 public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;                ///< wall time, milliseconds since the epoch
    virtual std::int64_t steadyMillis() const = 0;  ///< never goes back; for pacing and time-outs
    /// Nothing is to be done before `steadyMillis`: a simulated clock goes there at once and says true.
    /// Otherwise the caller waits.
    virtual bool skipTo(std::int64_t) { return false; }
    /// Lets so much time pass: a simulated clock's at once, else the calling thread waits.
    void sleep(Millis millis);
};

/// The machine's clock.
std::shared_ptr<Clock> systemClock();

}  // namespace rw
