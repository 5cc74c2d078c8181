#include "core/runtime/alignment.h"

namespace rw {

void Alignment::wait(Member& member) {
    const std::lock_guard lock(m_mutex);
    m_waiting.insert(&member);
    m_count = m_waiting.size();
}

void Alignment::leave(Member& member) {
    const std::lock_guard lock(m_mutex);
    m_waiting.erase(&member);
    m_count = m_waiting.size();
}

void Alignment::wakeAll() {
    const std::lock_guard lock(m_mutex);
    for (Member* member : m_waiting) {
        if (member->mayProceed()) member->wake();
    }
}

bool Lead::tooFar(Instant own, Instant smallest, const Amount& limit) {
    const Amount given{m_rows, m_bytes};
    if (m_ahead.empty() || own > m_ahead.back().watermark) {
        // Few marks are enough: a later one replaces one that is near.
        const std::size_t marks = m_ahead.size();
        if (marks > 1 && given.rows - m_ahead[marks - 2].given.rows < limit.rows / kMarks &&
            given.bytes - m_ahead[marks - 2].given.bytes < limit.bytes / kMarks) {
            m_ahead.pop_back();
        }
        m_ahead.push_back({own, given});
    }
    while (!m_ahead.empty() && m_ahead.front().watermark <= smallest) {
        m_base = m_ahead.front().given;
        m_ahead.pop_front();
    }
    return !m_ahead.empty() &&
           (given.rows - m_base.rows >= limit.rows || given.bytes - m_base.bytes >= limit.bytes);
}

}  // namespace rw
