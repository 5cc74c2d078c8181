#include "core/stream/stamper.h"

#include <algorithm>

namespace rw {

namespace {

struct TimeRange {
    Instant smallest = kMaxTimestamp, largest = kMinTimestamp;
};

[[gnu::always_inline]] inline TimeRange foldTimes(std::span<const Instant> times) {
    TimeRange range;
    for (const Instant time : times) {
        range.smallest = std::min(range.smallest, time);
        range.largest = std::max(range.largest, time);
    }
    return range;
}

TimeRange foldWords(std::span<const Instant> times) {
    return foldTimes(times);
}

#ifdef __x86_64__
/// The baseline of x86-64 compares no 64-bit integers in vectors; AVX2 does.
[[gnu::target("avx2")]] TimeRange foldAvx2(std::span<const Instant> times) {
    return foldTimes(times);
}

TimeRange rangeOf(std::span<const Instant> times) {
    static const bool kAvx2 = __builtin_cpu_supports("avx2");
    return kAvx2 ? foldAvx2(times) : foldWords(times);
}
#else
TimeRange rangeOf(std::span<const Instant> times) {
    return foldWords(times);
}
#endif

}  // namespace

Instant StampState::watermark(Millis delay) const {
    return std::max(saturatingAdd(largest, -delay), advancedTo);
}

Instant largestEventTime(const Batch& batch, int eventTime) {
    if (batch.rows == 0) return kMinTimestamp;
    return rangeOf(batch.column(eventTime).values<Instant>()).largest;
}

void stamp(Batch& batch, int eventTime, Millis delay, StampState& state, StampedBatches which) {
    if (batch.rows > 0) {
        const auto times = batch.column(eventTime).values<Instant>();
        const TimeRange range = rangeOf(times);
        StampState after = state;
        after.largest = std::max(state.largest, range.largest);
        // Every stamp in the batch is at most the watermark after it, so this settles most batches without a
        // look at each row; the loop below is the rule itself.
        const bool surelyClean = range.smallest >= saturatingAdd(after.watermark(delay), 2);
        if (!surelyClean || which == StampedBatches::All) {
            auto stamps = std::make_shared<std::vector<Instant>>(batch.rows);
            bool clean = true;
            Instant before = state.watermark(delay);
            for (std::size_t row = 0; row < batch.rows; ++row) {
                (*stamps)[row] = before;
                clean = clean && times[row] >= saturatingAdd(before, 2);
                before = std::max(before, saturatingAdd(times[row], -delay));
            }
            if (!clean || which == StampedBatches::All) batch.stamps = std::move(stamps);
        }
        state.largest = after.largest;
    }
    batch.watermark = state.watermark(delay);
}

}  // namespace rw
