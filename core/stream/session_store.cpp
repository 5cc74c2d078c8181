#include "core/stream/session_store.h"

namespace rw {

std::uint32_t SessionStore::add(std::uint32_t key, const Window& window) {
    std::uint32_t number;
    if (m_free.empty()) {
        number = static_cast<std::uint32_t>(m_sessions.size());
        m_sessions.emplace_back();
    } else {
        number = m_free.back();
        m_free.pop_back();
    }
    if (m_heads[key] == kNone) ++m_keysInUse;
    Session& session = m_sessions[number];
    session = {.window = window, .key = key, .next = m_heads[key]};
    session.alive = true;
    m_heads[key] = number;
    ++m_live;
    return number;
}

void SessionStore::remove(std::uint32_t number) {
    Session& session = m_sessions[number];
    std::uint32_t* link = &m_heads[session.key];
    while (*link != number) link = &m_sessions[*link].next;
    *link = session.next;
    session.alive = false;
    --m_live;
    if (m_heads[session.key] == kNone) --m_keysInUse;
}

void SessionStore::release(std::span<const std::uint32_t> sessions) {
    m_free.insert(m_free.end(), sessions.begin(), sessions.end());
}

void SessionStore::wake(std::uint32_t number, Instant due) {
    Session& session = m_sessions[number];
    if (due >= session.due) return;
    session.due = due;
    m_due.push({due, number});
}

std::uint32_t SessionStore::nextDue(Instant now) {
    while (!m_due.empty() && m_due.top().at <= now) {
        const Due top = m_due.top();
        m_due.pop();
        Session& session = m_sessions[top.session];
        // Otherwise the entry is of a session that is gone, or that asked for an earlier time since.
        if (!session.alive || session.due != top.at) continue;
        session.due = kMaxTimestamp;
        return top.session;
    }
    return kNone;
}

std::vector<std::uint32_t> SessionStore::compactKeys() {
    std::vector<std::uint32_t> kept, heads;
    for (std::uint32_t key = 0; key < m_heads.size(); ++key) {
        if (m_heads[key] == kNone) continue;
        for (std::uint32_t at = m_heads[key]; at != kNone; at = m_sessions[at].next) {
            m_sessions[at].key = static_cast<std::uint32_t>(kept.size());
        }
        kept.push_back(key);
        heads.push_back(m_heads[key]);
    }
    m_heads = std::move(heads);
    return kept;
}

std::size_t SessionStore::memoryBytes() const {
    return m_sessions.capacity() * sizeof(Session) + m_due.size() * sizeof(Due) +
           (m_heads.capacity() + m_free.capacity()) * sizeof(std::uint32_t);
}

}  // namespace rw
