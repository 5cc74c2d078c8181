#include "core/stream/stamper.h"

#include <algorithm>

namespace rw {

Instant StampState::watermark(Millis delay) const {
    return std::max(saturatingAdd(largest, -delay), raise);
}

Instant largestEventTime(const Batch& batch, int eventTime) {
    Instant largest = kMinTimestamp;
    if (batch.rows == 0) return largest;
    for (const Instant time : batch.column(eventTime).values<Instant>()) largest = std::max(largest, time);
    return largest;
}

void stamp(Batch& batch, int eventTime, Millis delay, StampState& state, StampedBatches which) {
    if (batch.rows > 0) {
        const auto times = batch.column(eventTime).values<Instant>();
        const Instant smallest = *std::min_element(times.begin(), times.end());
        StampState after = state;
        after.largest = std::max(state.largest, largestEventTime(batch, eventTime));
        // Every stamp in the batch is at most the watermark after it, so this settles most batches without a
        // look at each row; the loop below is the rule itself.
        const bool surelyClean = smallest >= saturatingAdd(after.watermark(delay), 2);
        if (!surelyClean || which == StampedBatches::All) {
            auto stamps = std::make_shared<std::vector<Instant>>(batch.rows);
            bool clean = true;
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const Instant before = state.watermark(delay);
                (*stamps)[row] = before;
                clean = clean && times[row] >= saturatingAdd(before, 2);
                state.largest = std::max(state.largest, times[row]);
            }
            if (!clean || which == StampedBatches::All) batch.stamps = std::move(stamps);
        }
        state.largest = after.largest;
    }
    batch.watermark = state.watermark(delay);
}

}  // namespace rw
