#include "core/stream/windows/window_reporter.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/stream/operator.h"

namespace rw {

WindowReporter::WindowReporter(const WindowPlan& plan, const WindowSlicing& slicing,
                               const MakeContext& context, bool joins)
    : m_slicing(slicing),
      m_allowedLateness(plan.allowedLateness),
      m_node(context.node),
      m_task(context.instance),
      m_clock(context.clock),
      m_events(WindowEvents::of(context)) {
    m_events->addLane(
        {context.node, plan.kind, plan.size, plan.step, plan.gap, plan.allowedLateness, plan.early, joins});
}

/// True: slices are to be told of.
bool WindowReporter::begin() {
    m_knowsSlices = on();
    m_slices.clear();
    m_waiting.clear();
    return m_knowsSlices;
}

/// Windows that hold a slice which is known, too, are open already. They are those that reach back to the one
/// before, or on to the one behind: the others lie between the two.
void WindowReporter::rowsCame(const Window& slice, Instant from, Instant watermark) {
    if (m_slices.size() >= kMostSlices) return;
    const auto [place, added] = m_slices.insert(slice);
    if (!added) return;
    Window window = m_slicing.lastWindow(slice);
    if (!m_slicing.sliceIsWindow()) {
        const auto next = std::next(place);
        const Window first = m_slicing.firstWindow(slice);
        if (next != m_slices.end() && next->end <= window.end) {
            if (first.end >= next->end) return;
            window = m_slicing.windowUpTo(slice, next->end - 1);
        }
    }
    const bool hasBefore = !m_slicing.sliceIsWindow() && place != m_slices.begin();
    const Instant before = hasBefore ? std::prev(place)->start : kMinTimestamp;
    const Instant firstEnd = std::max(from, m_slicing.firstWindow(slice).end);
    for (std::size_t count = 0; count < kMostOpened; ++count) {
        const bool open = window.end >= firstEnd && window.end - 1 > watermark;
        if (!open || (hasBefore && window.start <= before)) return;
        tell(WindowEvent::Kind::Opened, window, watermark);
        if (window.end <= firstEnd) return;
        window = m_slicing.windowUpTo(slice, window.end - 1);
    }
}

WindowEvent& WindowReporter::tell(WindowEvent::Kind kind, const Window& window, Instant watermark) {
    WindowEvent event;
    event.kind = kind;
    event.task = m_task;
    event.window = window;
    event.watermark = watermark;
    return m_told.emplace_back(std::move(event));
}

void WindowReporter::shown(WindowEvent::Kind kind, const Window& window, std::int64_t rows,
                           std::uint64_t results, Instant watermark) {
    if (!on()) return;
    WindowEvent& event = tell(kind, window, watermark);
    event.rows = rows;
    event.results = results;
    if (kind != WindowEvent::Kind::Fired || m_allowedLateness == 0) return;
    m_waiting.push_back(window);
    if (m_waiting.size() > WindowEvents::kKept) m_waiting.pop_front();
}

void WindowReporter::passed(Instant watermark) {
    for (; !m_waiting.empty() && m_slicing.passed(m_waiting.front(), watermark); m_waiting.pop_front())
        tell(WindowEvent::Kind::Closed, m_waiting.front(), watermark);
    while (!m_slices.empty() && m_slicing.lastWindow(*m_slices.begin()).end - 1 <= watermark)
        m_slices.erase(m_slices.begin());
}

void WindowReporter::hand() {
    m_events->add(m_node, m_told, m_clock->now());
}

}  // namespace rw
