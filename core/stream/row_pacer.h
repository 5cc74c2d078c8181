// When rows are due that are not to be read as fast as possible.
#pragma once
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace rw {

/// Paces rows by number (`rate` rows a second) and by event time (`replaySpeed` times as fast as it passed;
/// the largest so far counts, so that rows out of order do not wait). Zero: not so. After a pause or a slow
/// consumer it goes on at its pace and does not make up for more than a second. Single-threaded, reads no
/// clock.
class RowPacer {
 public:
    RowPacer(double rate, double replaySpeed) : m_rate(rate), m_speed(replaySpeed) {}

    bool unpaced() const { return m_rate <= 0 && m_speed <= 0; }
    bool byEventTime() const { return m_speed > 0; }
    /// The steady time in milliseconds from which the next row may go.
    std::int64_t due(std::optional<Instant> eventTime, std::int64_t now);
    /// The next row went.
    void sent(std::optional<Instant> eventTime);

    /// The largest event time of the rows that went.
    std::optional<Instant> largest() const { return m_largest; }
    /// Before the first row: goes on behind one of this event time, as if it went just now.
    void goOnFrom(Instant largest) { m_first = m_largest = largest; }

 private:
    double m_rate, m_speed;
    double m_started = 0;  ///< steady time at which the first row went, moved on by what was lost
    bool m_running = false;
    std::uint64_t m_rows = 0;
    std::optional<Instant> m_first, m_largest;
};

}  // namespace rw
