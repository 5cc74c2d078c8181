#include "core/pipeline_tests/window_states.h"

#include <vector>

namespace rw {

void WindowStates::take(const WindowWatch& watch, const NodeId& node) {
    const std::vector<WindowEvent> more = watch.since(node, m_read);
    for (const WindowEvent& event : more) {
        m_read = event.number;
        m_newest.emplace_back(event.window.end, event.kind);
        count(m_newest.back(), true);
        if (m_newest.size() <= WindowEvents::kKept) continue;
        count(m_newest.front(), false);
        m_newest.pop_front();
    }
}

PipelineTestStep::Window WindowStates::at(Instant end) const {
    const auto found = m_windows.find(end);
    if (found == m_windows.end()) return PipelineTestStep::Window::NotThere;
    return found->second.fired > 0 ? PipelineTestStep::Window::Fired : PipelineTestStep::Window::Open;
}

void WindowStates::count(const std::pair<Instant, WindowEvent::Kind>& event, bool comes) {
    using Kind = WindowEvent::Kind;
    const auto& [end, kind] = event;
    if (kind == Kind::Late) return;
    const auto found = m_windows.try_emplace(end).first;
    Counts& counts = found->second;
    std::size_t& number = kind == Kind::Opened || kind == Kind::Early ? counts.opened : counts.fired;
    if (comes) {
        ++number;
    } else if (--number == 0 && counts.opened + counts.fired == 0) {
        m_windows.erase(found);
    }
}

}  // namespace rw
