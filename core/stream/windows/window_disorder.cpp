#include "core/stream/windows/window_disorder.h"

namespace rw {

void measureWindows(DisorderMeter& meter, int port, const Batch& batch, const WindowSlicing& slicing) {
    if (!batch.stamps) return;
    const Column& times = batch.column(slicing.eventTime());
    for (std::uint32_t row = 0; row < batch.rows;) {
        if (times.isNull(row) || !WindowAssigner::inRange(times.at<Instant>(row))) {
            ++row;
            continue;
        }
        const Window slice = slicing.sliceOf(batch, row);
        const Instant lateFrom = slicing.lateFrom(slicing.lastWindow(slice));
        const std::uint32_t end = slicing.endOfRun(batch, slice, row);
        for (; row < end; ++row) {
            if (!times.isNull(row)) meter.add((*batch.stamps)[row], lateFrom);
        }
    }
    meter.hand(port, batch.wire, false);
}

}  // namespace rw
