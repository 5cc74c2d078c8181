// When the state of a key ends by itself: after so long without a row of it (event-time rules, 17).
#pragma once
#include <algorithm>
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
    /// Sets the batch of input port `port` that the calls below are about, until the next one is taken.
    void take(int port, const Batch& batch);
    /// The same with rows that have waited since they were taken first: their stamps are what momentOf() gave
    /// then.
    void takeWaited(int port, const Batch& batch);
    /// By which a row is judged: never less than what reached() was when it came.
    Instant momentOf(std::uint32_t row) const;
    /// The moment of a row: a key lives for `ttl` from the largest of its rows.
    Instant timeOf(std::uint32_t row) const;
    /// Whether the state of a key whose newest row is of `newest` has ended before row `row`, which then
    /// finds its key new.
    bool ended(Instant newest, std::uint32_t row) const;

    /// The operator's watermark rose, or is at least this.
    void advance(Instant watermark) { m_watermark = std::max(m_watermark, watermark); }
    /// In a run that resumes: what reached() gave when the state was written.
    void resumeFrom(Instant reached) {
        if (m_timed) advance(reached);  // the others are judged by the time at which they are read
    }
    /// Whether the state of such a key can be dropped now: no row to come will find it.
    bool over(Instant newest) const;
    /// Rows to come are judged by this moment, or a later one.
    Instant reached() const { return m_timed ? m_watermark : m_arrived; }
    /// Whether the state of such a key has ended for rows that are judged by that moment.
    bool endedBy(Instant newest, Instant moment) const {
        return on() && moment >= saturatingAdd(newest, m_ttl);
    }

 private:
    /// The moment up to which time has come, where no row tells.
    Instant now() const;
    void takeTimes(int port, const Batch& batch);

    const Millis m_ttl;
    const std::vector<InputInfo> m_inputs;
    const bool m_timed;  ///< all inputs have event time
    const std::shared_ptr<Clock> m_clock;
    Instant m_watermark = kMinTimestamp;
    Instant m_read = kMinTimestamp;  ///< the largest Batch::arrived so far
    Instant m_arrived = kMinTimestamp;  ///< moment of the batch that came last, where none is timed
    // Of the batch taken
    std::span<const Instant> m_times{};
    std::shared_ptr<const std::vector<Instant>> m_stamps{};   ///< null: none
    std::shared_ptr<const std::vector<Instant>> m_moments{};  ///< of rows that waited; null: they did not
};

}  // namespace rw
