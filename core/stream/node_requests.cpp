#include "core/stream/node_requests.h"

#include <utility>

namespace rw {

Status NodeRequests::ask() {
    const std::lock_guard hold(m_mutex);
    if (!m_refused.ok()) return m_refused;
    if (m_over) {
        return {ErrorCode::Invalid, RW_TEXT("run", "The run is over."),
                RW_TEXT("run", "Ask while the pipeline runs.")};
    }
    m_waits = true;
    return {};
}

void NodeRequests::refuse(Status why) {
    const std::lock_guard hold(m_mutex);
    m_refused = std::move(why);
}

bool NodeRequests::takeAt(std::uint64_t checkpoint) {
    const std::lock_guard hold(m_mutex);
    if (!m_atBarriers) return false;
    if (checkpoint > m_newest) {
        m_newest = checkpoint;
        if (m_waits.exchange(false)) m_taken.insert(checkpoint);
    }
    return m_taken.contains(checkpoint);
}

bool NodeRequests::takeNow() {
    if (!m_waits.load(std::memory_order_relaxed)) return false;
    const std::lock_guard hold(m_mutex);
    return !m_atBarriers && m_waits.exchange(false);
}

void NodeRequests::beginFrom(std::uint64_t checkpoint) {
    const std::lock_guard hold(m_mutex);
    m_refused = {};
    m_newest = checkpoint;
    const auto later = m_taken.upper_bound(checkpoint);
    if (later != m_taken.end()) m_waits = true;
    m_taken.erase(later, m_taken.end());
}

void NodeRequests::setAtBarriers(bool atBarriers) {
    const std::lock_guard hold(m_mutex);
    m_atBarriers = atBarriers;
}

bool NodeRequests::end() {
    const std::lock_guard hold(m_mutex);
    m_over = true;
    return m_waits.exchange(false);
}

}  // namespace rw
