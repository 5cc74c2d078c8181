// When rows are due that are not to be given as fast as possible: the pace of all sources.
#pragma once
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace rw {

/// A limit of zero does not apply; without any limit: as fast as possible.
struct Pace {
    double rate = 0;         ///< rows a second
    Millis every = 0;        ///< or: from one row to the next
    double replaySpeed = 0;  ///< event time passes so many times as fast as it did
    Millis madeUp = 1'000;   ///< of a delay up to so much is made up as fast as possible
};

/// Paces rows by number and by event time (of which the largest so far counts, so that rows out of order do
/// not wait). The first row is due when it is first asked for, or an interval after start(). A delay by a
/// pause or a slow consumer beyond Pace::madeUp is lost: by number whole intervals are, so that the beat goes
/// on. Single-threaded, reads no clock: times are steady milliseconds.
class RowPacer {
 public:
    explicit RowPacer(const Pace& pace);

    bool unpaced() const { return m_perRow <= 0 && m_speed <= 0; }
    bool byEventTime() const { return m_speed > 0; }

    /// The time from which the next row may go.
    std::int64_t due(std::int64_t now, std::optional<Instant> eventTime = {});
    /// The next row went.
    void sent(std::optional<Instant> eventTime = {});
    /// Many rows at a time, paced by number alone: how many may go now, at most `most` (from 1 on), in pieces
    /// that last about 10 ms. They count as sent. 0: none before `until`.
    std::uint64_t acquire(std::int64_t now, std::uint64_t most, std::int64_t& until);

    /// The first row is due an interval after `now`.
    void start(std::int64_t now);
    /// The largest event time of the rows that went.
    std::optional<Instant> largest() const { return m_largest; }
    /// Before the first row: goes on behind one of this event time, as if it went just now.
    void resumeFrom(Instant largest) { m_first = m_largest = largest; }

 private:
    void begin(std::int64_t now);
    /// Milliseconds from the first row to row number `row`.
    double after(double row) const { return row * m_span / m_rows; }

    /// m_rows rows last m_span milliseconds, which says rates and intervals exactly.
    double m_rows, m_span;
    double m_perRow;  ///< milliseconds
    double m_speed, m_madeUp;
    bool m_running = false;
    double m_started = 0;  ///< when the first row went; with event time moved on by lost delays
    double m_next = 0;     ///< number of the next row; without event time moved on by lost delays
    std::optional<Instant> m_first, m_largest;
};

}  // namespace rw
