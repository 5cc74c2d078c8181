// When an alert node takes it that nothing comes, though event time does not tell: by the clock of the run,
// or where a tape says so.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>

#include "core/stream/operator.h"
#include "core/stream/waiting/answers.h"

namespace rw {

/// Nothing had come for a while when the watermark was `watermark`; AlertMachine::stall() has the others.
struct AlertStall {
    Instant watermark = kMinTimestamp, newest = kMinTimestamp, at = kMinTimestamp;
    bool operator==(const AlertStall&) const = default;
};

/// Single-threaded, as its operator.
class AlertStalls {
 public:
    /// While the node is made. `after`: 0: never.
    AlertStalls(Millis after, const MakeContext& context);

    /// In a replay: reads what the tape has. May wait for a disk.
    Status read();
    /// Something came.
    void moved();
    /// How many were taken, for the state; and the same of a state: in a replay these are not repeated.
    std::uint64_t count() const { return m_number; }
    void startFrom(std::uint64_t count);
    /// As Operator::wakesAt().
    std::int64_t wakesAt(Instant watermark) const;
    /// One is due: by the clock (`newest`: the newest event time that came), or by the tape.
    std::optional<AlertStall> take(Instant watermark, Instant newest);
    /// Of a replay, the watermark of the next one; kMaxTimestamp: there is none.
    Instant next() const { return m_taped.empty() ? kMaxTimestamp : m_taped.front().watermark; }
    /// One was taken, and there is something to say at that time if nothing comes until then; kMaxTimestamp:
    /// there is not.
    void taken(const AlertStall& stall, Instant again);

 private:
    std::int64_t active() const;
    bool byClock() const { return m_after > 0 && !m_replays; }

    const Millis m_after;
    const std::shared_ptr<Clock> m_clock;
    const std::function<std::int64_t()> m_active;
    const AnswerTape m_tape;
    const bool m_replays;
    std::int64_t m_movedAt;      ///< steady milliseconds of the run
    std::int64_t m_due;          ///< the same
    std::uint64_t m_number = 0;  ///< that were taken
    std::deque<AlertStall> m_taped{};
};

}  // namespace rw
