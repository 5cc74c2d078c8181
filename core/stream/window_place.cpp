#include "core/stream/window_place.h"

namespace rw {

Result<std::optional<WindowPlace>> placeInWindows(const WindowSlicing& slicing, const Batch& batch,
                                                  std::uint32_t row, LateRows& late, Output& out) {
    const Column& times = batch.column(slicing.eventTime());
    if (times.isNull(row)) {
        RW_TRY(out.reject(batch, row, RW_TEXT("window", "The event time is NULL")));
        return std::optional<WindowPlace>();
    }
    const Instant time = times.at<Instant>(row);
    if (!WindowAssigner::inRange(time)) {
        RW_TRY(out.reject(batch, row, RW_TEXT("window", "The event time is too far from 1970")));
        return std::optional<WindowPlace>();
    }
    WindowPlace place;
    place.slice = slicing.sliceOf(batch, row);
    place.from = slicing.firstWindow(place.slice).end;
    const Instant stamp = batch.stamps ? (*batch.stamps)[row] : kCleanStamp;
    // Rows of windows are made rows: always clean. So is, by definition, what is two past its stamp.
    if (stamp == kCleanStamp || time >= saturatingAdd(stamp, 2)) return std::optional(place);
    const Instant passed = slicing.passedAt(stamp);
    const Window last = slicing.lastWindow(place.slice);
    if (last.end <= passed) {
        late.add(row, stamp, last.end - 1, last.end);
        return std::optional<WindowPlace>();
    }
    if (place.from <= passed) place.from = slicing.windowAfter(place.slice, passed).end;
    return std::optional(place);
}

}  // namespace rw
