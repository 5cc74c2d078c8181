#include "core/stream/windows/window_slicing.h"

#include <algorithm>

namespace rw {

WindowSlicing::WindowSlicing(const WindowPlan& plan)
    : m_kind(plan.kind),
      m_size(plan.size),
      m_allowedLateness(plan.allowedLateness),
      m_eventTime(plan.input.eventTime),
      m_windowStart(plan.windowStart),
      m_windowEnd(plan.windowEnd),
      m_assigner(plan.kind, plan.size, plan.step, plan.offset),
      m_sliceIsWindow(plan.kind == WindowKind::Input || m_assigner.sliceIsWindow()) {}

Window WindowSlicing::sliceOf(const Batch& batch, std::size_t row) const {
    if (m_kind == WindowKind::Input) {
        return {batch.column(m_windowEnd).at<Instant>(row), batch.column(m_windowStart).at<Instant>(row)};
    }
    return m_assigner.sliceOf(batch.column(m_eventTime).at<Instant>(row));
}

std::uint32_t WindowSlicing::endOfRun(const Batch& batch, const Window& slice, std::uint32_t row) const {
    const Instant* const times = batch.column(m_eventTime).values<Instant>().data();
    const auto rows = static_cast<std::uint32_t>(batch.rows);
    if (m_kind == WindowKind::Input) {
        const Instant* const starts = batch.column(m_windowStart).values<Instant>().data();
        const Instant* const ends = batch.column(m_windowEnd).values<Instant>().data();
        while (row < rows && starts[row] == slice.start && ends[row] == slice.end &&
               WindowAssigner::inRange(times[row])) {
            ++row;
        }
        return row;
    }
    // Unsigned, so that one comparison tells: a time before `first` becomes one far behind it.
    const auto first = static_cast<std::uint64_t>(std::max(slice.start, 1 - WindowAssigner::kFarthest));
    const std::uint64_t length =
        static_cast<std::uint64_t>(std::min(slice.end, WindowAssigner::kFarthest)) - first;
    while (row < rows && static_cast<std::uint64_t>(times[row]) - first < length) ++row;
    return row;
}

Window WindowSlicing::firstWindow(const Window& slice) const {
    return m_sliceIsWindow ? slice : m_assigner.firstWindow(slice);
}

Window WindowSlicing::lastWindow(const Window& slice) const {
    return m_sliceIsWindow ? slice : m_assigner.lastWindow(slice);
}

Window WindowSlicing::windowAfter(const Window& slice, Instant end) const {
    return m_sliceIsWindow ? slice : m_assigner.windowAfter(slice, end);
}

Window WindowSlicing::windowUpTo(const Window& slice, Instant end) const {
    return m_sliceIsWindow ? slice : m_assigner.windowUpTo(slice, end);
}

Window WindowSlicing::lastCompletedBy(Instant watermark) const {
    if (watermark == kMinTimestamp) return {kMinTimestamp, kMinTimestamp};
    const Instant end =
        std::clamp(saturatingAdd(watermark, 1), -WindowAssigner::kFarthest - WindowAssigner::kLongest,
                   WindowAssigner::kFarthest + WindowAssigner::kLongest);
    if (m_sliceIsWindow) return {end, kMaxTimestamp};
    if (m_kind == WindowKind::Hop) return {end, end - m_size};
    return {end, lastWindow(m_assigner.sliceOf(end - 1)).start};
}

bool WindowSlicing::isWindow(const Window& window) const {
    const bool inRange = WindowAssigner::edgeInRange(window.start) && WindowAssigner::edgeInRange(window.end);
    if (m_kind == WindowKind::Input) return inRange;
    return inRange && window.start < window.end && window.start >= window.end - m_size;
}

bool WindowSlicing::isPart(const Window& slice, Instant from) const {
    if (!isWindow(slice)) return false;
    if (m_kind == WindowKind::Input) return from == slice.end;
    if (m_assigner.sliceOf(slice.start) != slice) return false;
    return from >= firstWindow(slice).end && from <= lastWindow(slice).end &&
           windowAfter(slice, from - 1).end == from;
}

}  // namespace rw
