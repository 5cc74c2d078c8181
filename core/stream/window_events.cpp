#include "core/stream/window_events.h"

#include <algorithm>
#include <utility>

#include "core/stream/disorder.h"
#include "core/stream/operator.h"

namespace rw {

namespace {
constexpr const char* kInScope = "window events";
}

WindowEvents::WindowEvents() : m_disorder(std::make_shared<Disorder>()) {}

std::shared_ptr<WindowEvents> WindowEvents::of(const MakeContext& context) {
    return context.scope->shared<WindowEvents>(kInScope, [] { return new WindowEvents; });
}

void WindowEvents::share(RunScope& scope, const std::shared_ptr<WindowEvents>& events) {
    (void)scope.shared<WindowEvents>(kInScope, [&events] { return events; });
}

void WindowEvents::addLane(WindowLane lane) {
    const std::lock_guard lock(m_mutex);
    const NodeId node = lane.node;
    m_lanes.insert_or_assign(node, std::move(lane));
}

void WindowEvents::add(const NodeId& node, std::vector<WindowEvent>& events, Instant now) {
    const std::lock_guard lock(m_mutex);
    std::deque<WindowEvent>& kept = m_events[node];
    for (WindowEvent& event : events) {
        event.at = now;
        event.number = ++m_number;
        kept.push_back(std::move(event));
        if (kept.size() > kKept) kept.pop_front();
    }
    events.clear();
}

WindowWatch::WindowWatch(std::shared_ptr<WindowEvents> events) : m_events(std::move(events)) {
    m_events->m_watchers.fetch_add(1, std::memory_order_relaxed);
}

WindowWatch::~WindowWatch() {
    m_events->m_watchers.fetch_sub(1, std::memory_order_relaxed);
}

std::vector<WindowLane> WindowWatch::lanes() const {
    const std::lock_guard lock(m_events->m_mutex);
    std::vector<WindowLane> lanes;
    for (const auto& [node, lane] : m_events->m_lanes) lanes.push_back(lane);
    return lanes;
}

std::vector<WindowEvent> WindowWatch::since(const NodeId& node, std::uint64_t after) const {
    const std::lock_guard lock(m_events->m_mutex);
    const auto found = m_events->m_events.find(node);
    if (found == m_events->m_events.end()) return {};
    const std::deque<WindowEvent>& kept = found->second;
    const auto first = std::upper_bound(
        kept.begin(), kept.end(), after,
        [](std::uint64_t number, const WindowEvent& event) { return number < event.number; });
    return {first, kept.end()};
}

}  // namespace rw
