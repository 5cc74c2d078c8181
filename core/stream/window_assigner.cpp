#include "core/stream/window_assigner.h"

#include <algorithm>

namespace rw {

WindowAssigner::WindowAssigner(WindowKind kind, Millis size, Millis step, Millis offset)
    : m_kind(kind),
      m_size(size),
      m_step(step),
      m_shorter(step > 0 ? size % step : 0),
      m_steps(step, offset),
      // Ends of hops lie `size` after a start, ends of cumulates at every step.
      m_ends(step, kind == WindowKind::Hop ? offset + m_shorter : offset),
      m_starts(kind == WindowKind::Cumulate ? size : step, offset) {}

Window WindowAssigner::sliceOf(Instant time) const {
    const Instant start = m_steps.upTo(time);
    if (m_shorter == 0) return {start + m_step, start};
    if (time < start + m_shorter) return {start + m_shorter, start};
    return {start + m_step, start + m_shorter};
}

Window WindowAssigner::windowEndingAt(Instant end) const {
    return {end, m_kind == WindowKind::Cumulate ? m_starts.upTo(end - 1) : end - m_size};
}

Window WindowAssigner::firstWindow(const Window& slice) const {
    return windowEndingAt(m_ends.from(slice.end));
}

Window WindowAssigner::lastWindow(const Window& slice) const {
    const Instant start = m_starts.upTo(slice.start);
    return {start + m_size, start};
}

Window WindowAssigner::windowAfter(const Window& slice, Instant end) const {
    return windowEndingAt(m_ends.from(std::max(slice.end, end + 1)));
}

Window WindowAssigner::windowUpTo(const Window& slice, Instant end) const {
    const Window last = lastWindow(slice);
    return last.end <= end ? last : windowEndingAt(m_ends.upTo(end));
}

}  // namespace rw
