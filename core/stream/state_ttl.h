// When the state of a key ends by itself: after so long without a row of it (event-time rules, 17).
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/stream/operator.h"

namespace rw {

/// Rows of one batch against the time to live of the state of their keys. A row with event time is judged by
/// its stamp, so that the result depends on no batch; a clean row that carries none (made rows) by the
/// watermark. Where an input has no event time, all rows live and are judged by the wall time at which they
/// were read (Batch::arrived), which is on the tape of a run; by the clock where that is not known.
class StateTtl {
 public:
    /// `ttl`: more than 0, or nothing ever ends.
    StateTtl(Millis ttl, const MakeContext& context);

    bool on() const { return m_ttl > 0; }
    /// Sets the batch of input port `port` that the calls below are about, until the next take().
    void take(int port, const Batch& batch);
    /// The moment of a row: a key lives for `ttl` from the largest of its rows.
    Instant timeOf(std::uint32_t row) const;
    /// Whether the state of a key whose newest row is of `newest` has ended before row `row`, which then
    /// finds its key new.
    bool ended(Instant newest, std::uint32_t row) const;

    /// The operator's watermark rose.
    void advance(Instant watermark) { m_watermark = watermark; }
    /// Whether the state of such a key can be dropped now: no row to come will find it.
    bool over(Instant newest) const;

 private:
    /// The moment up to which time has come, where no row tells.
    Instant now() const;

    const Millis m_ttl;
    const std::vector<InputInfo> m_inputs;
    const bool m_timed;  ///< all inputs have event time
    const std::shared_ptr<Clock> m_clock;
    Instant m_watermark = kMinTimestamp;
    Instant m_read = kMinTimestamp;  ///< the largest Batch::arrived so far
    // Of the batch taken
    std::span<const Instant> m_times{};
    std::shared_ptr<const std::vector<Instant>> m_stamps{};
    Instant m_arrived = kMinTimestamp;
};

}  // namespace rw
