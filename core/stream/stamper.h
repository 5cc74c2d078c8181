// Stamps: the watermark before each row at its source, and the watermark after a batch (rules 3 to 6 of the
// event-time rules). Used where rows are in source order: behind sources and in event_time.
#pragma once
#include <cstdint>

#include "core/base/time.h"
#include "core/data/batch.h"

namespace rw {

/// The running state of one source: everything that stamps depend on.
struct StampState {
    Instant largest = kMinTimestamp;     ///< largest event time so far
    Instant advancedTo = kMinTimestamp;  ///< the watermark that idleness advanced it to

    /// max(largest − delay, advancedTo).
    Instant watermark(Millis delay) const;
};

/// Which batches carry a column of stamps.
enum class StampedBatches : std::uint8_t {
    Unclean,  ///< those with a row that is not clean
    All       ///< a node below looks at the stamps of clean rows (rule 17)
};

/// Gives `batch` its stamps (unless every row is clean, or `which` wants them all the same) and its
/// watermark, and moves `state` on past its rows. The event-time column must hold no NULL.
void stamp(Batch& batch, int eventTime, Millis delay, StampState& state,
           StampedBatches which = StampedBatches::Unclean);

/// Largest event time of the batch; kMinTimestamp when it has no rows.
Instant largestEventTime(const Batch& batch, int eventTime);

}  // namespace rw
