#include "core/stream/window_assigner.h"

#include <algorithm>

namespace rw {

namespace {

/// The largest multiple of `step`, counted from `offset`, that is at most `time`; before the epoch too.
Instant alignedDown(Instant time, Millis step, Millis offset) {
    const Millis rest = (time - offset) % step;
    return time - (rest < 0 ? rest + step : rest);
}

Instant alignedUp(Instant time, Millis step, Millis offset) {
    const Instant down = alignedDown(time, step, offset);
    return down == time ? time : down + step;
}

}  // namespace

WindowAssigner::WindowAssigner(WindowKind kind, Millis size, Millis step, Millis offset)
    : m_kind(kind), m_size(size), m_step(step), m_offset(offset), m_rest(step > 0 ? size % step : 0) {}

Window WindowAssigner::sliceOf(Instant time) const {
    const Instant start = alignedDown(time, m_step, m_offset);
    if (m_rest == 0) return {start + m_step, start};
    // A window's end cuts the slide.
    if (time < start + m_rest) return {start + m_rest, start};
    return {start + m_step, start + m_rest};
}

Millis WindowAssigner::endOffset() const {
    // Ends of hops lie `size` after a start, ends of cumulates at every step.
    return m_kind == WindowKind::Hop ? m_offset + m_rest : m_offset;
}

Instant WindowAssigner::endFrom(Instant time) const {
    return alignedUp(time, m_step, endOffset());
}

Window WindowAssigner::windowEndingAt(Instant end) const {
    if (m_kind == WindowKind::Cumulate) return {end, alignedDown(end - 1, m_size, m_offset)};
    return {end, end - m_size};
}

Window WindowAssigner::firstWindow(const Window& slice) const {
    return windowEndingAt(endFrom(slice.end));
}

Window WindowAssigner::lastWindow(const Window& slice) const {
    const Millis every = m_kind == WindowKind::Cumulate ? m_size : m_step;
    const Instant start = alignedDown(slice.start, every, m_offset);
    return {start + m_size, start};
}

Window WindowAssigner::windowAfter(const Window& slice, Instant end) const {
    return windowEndingAt(endFrom(std::max(slice.end, end + 1)));
}

Window WindowAssigner::windowUpTo(const Window& slice, Instant end) const {
    const Window last = lastWindow(slice);
    return last.end <= end ? last : windowEndingAt(alignedDown(end, m_step, endOffset()));
}

}  // namespace rw
