#include "core/stream/session_store.h"

#include <algorithm>

namespace rw {

namespace {
constexpr Millis kStretchesPerGap = 16;
}

SessionStore::SessionStore(Millis gap, bool onlyAtEnds)
    : m_stretch(std::max<Millis>(1, gap / kStretchesPerGap)), m_onlyAtEnds(onlyAtEnds) {}

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
    return number;
}

void SessionStore::remove(std::uint32_t number) {
    Session& session = m_sessions[number];
    std::uint32_t* link = &m_heads[session.key];
    while (*link != number) link = &m_sessions[*link].next;
    *link = session.next;
    session.alive = false;
    if (m_heads[session.key] == kNone) --m_keysInUse;
}

void SessionStore::release(std::span<const std::uint32_t> sessions) {
    m_free.insert(m_free.end(), sessions.begin(), sessions.end());
}

Instant SessionStore::stretchOf(Instant due) const {
    const Instant number = due / m_stretch;
    return due % m_stretch < 0 ? number - 1 : number;
}

/// Otherwise it is of a session that is gone, or that has asked for another time since.
bool SessionStore::current(const Due& due) const {
    const Session& session = m_sessions[due.session];
    return session.alive && session.due == due.at;
}

void SessionStore::wake(std::uint32_t number, Instant due) {
    Session& session = m_sessions[number];
    if (due >= session.due) return;
    session.due = due;
    m_later[stretchOf(due)].push_back({due, number});
}

void SessionStore::bringNear(Instant now) {
    const Instant begun = stretchOf(now);
    while (!m_later.empty() && m_later.begin()->first <= begun) {
        for (const Due& due : m_later.begin()->second) {
            if (!current(due)) continue;
            Session& session = m_sessions[due.session];
            const Instant last = session.window.end - 1;
            if (!m_onlyAtEnds || last <= due.at || stretchOf(last) <= begun) {
                m_soon.push(due);
                continue;
            }
            session.due = last;
            m_later[stretchOf(last)].push_back({last, due.session});
        }
        m_later.erase(m_later.begin());
    }
}

std::uint32_t SessionStore::nextDue(Instant now) {
    bringNear(now);
    while (!m_soon.empty() && m_soon.top().at <= now) {
        const Due top = m_soon.top();
        m_soon.pop();
        if (!current(top)) continue;
        m_sessions[top.session].due = kMaxTimestamp;
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
    std::size_t due = m_soon.size();
    for (const auto& [stretch, entries] : m_later) due += entries.capacity();
    return m_sessions.capacity() * sizeof(Session) + due * sizeof(Due) +
           (m_heads.capacity() + m_free.capacity()) * sizeof(std::uint32_t);
}

}  // namespace rw
