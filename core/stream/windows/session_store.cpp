#include "core/stream/windows/session_store.h"

#include <algorithm>

namespace rw {

namespace {
constexpr Millis kStretchesPerGap = 16;
constexpr std::uint32_t kFew = 8;          // open sessions of a key that are found quickly in a list
constexpr std::size_t kFetchedAhead = 8;   // entries whose sessions are fetched before they are looked at
constexpr std::size_t kLooksPerUnit = 16;  // of a call's budget: keys and sessions that are only looked at
}  // namespace

SessionStore::SessionStore(Millis gap, bool onlyAtEnds)
    : m_stretch(std::max<Millis>(1, gap / kStretchesPerGap)), m_onlyAtEnds(onlyAtEnds) {}

std::array<std::uint32_t, 2> SessionStore::touchingOrdered(const Key& key, const Window& window) const {
    std::array<std::uint32_t, 2> found{kNone, kNone};
    std::size_t count = 0;
    const Ordered& sessions = m_ordered[key.head];
    for (auto at = sessions.upper_bound(window.end); at != sessions.begin() && count < found.size();) {
        --at;
        if (!m_sessions[at->second].accepts(window)) break;
        found[count++] = at->second;
    }
    return found;
}

void SessionStore::link(Key& key, std::uint32_t session) {
    if (key.ordered) {
        m_ordered[key.head].emplace(m_sessions[session].window.start, session);
        return;
    }
    m_sessions[session].next = key.head;
    key.head = session;
    std::uint32_t count = 0;
    for (std::uint32_t at = session; at != kNone && count <= kFew; at = m_sessions[at].next) ++count;
    if (count > kFew) order(key);
}

void SessionStore::order(Key& key) {
    std::uint32_t number = 0;
    if (m_freeOrdered.empty()) {
        number = static_cast<std::uint32_t>(m_ordered.size());
        m_ordered.emplace_back();
    } else {
        number = m_freeOrdered.back();
        m_freeOrdered.pop_back();
    }
    for (std::uint32_t at = key.head; at != kNone; at = m_sessions[at].next) {
        m_ordered[number].emplace(m_sessions[at].window.start, at);
    }
    key.head = number;
    key.ordered = 1;
}

void SessionStore::freeOrdered(Key& key) {
    m_freeOrdered.push_back(key.head);
    key.head = kNone;
    key.ordered = 0;
}

void SessionStore::unlink(std::uint32_t number) {
    const Session& session = m_sessions[number];
    Key& key = m_keys[session.key];
    if (key.ordered) {
        m_ordered[key.head].erase(session.window.start);
        if (m_ordered[key.head].empty()) freeOrdered(key);
        return;
    }
    std::uint32_t* link = &key.head;
    while (*link != number) link = &m_sessions[*link].next;
    *link = session.next;
}

std::uint32_t SessionStore::takeNumber() {
    if (m_free.empty()) {
        m_sessions.emplace_back();
        return static_cast<std::uint32_t>(m_sessions.size() - 1);
    }
    const std::uint32_t number = m_free.back();
    m_free.pop_back();
    return number;
}

void SessionStore::place(std::uint32_t number, std::uint32_t key, const Window& window, bool open) {
    if (m_keys[key].sessions == 0) ++m_keysInUse;
    ++m_keys[key].sessions;
    m_sessions[number] = {.window = window, .key = key, .open = open, .alive = true, .age = m_age};
    if (!open) return;
    if (m_keys[key].head == kNone) {
        m_keys[key].head = number;
    } else {
        link(m_keys[key], number);
    }
}

void SessionStore::growDown(std::uint32_t number, Instant start) {
    Session& session = m_sessions[number];
    const Key& key = m_keys[session.key];
    if (key.ordered) {
        Ordered& sessions = m_ordered[key.head];
        const auto at = sessions.find(session.window.start);
        const auto after = std::next(at);
        auto entry = sessions.extract(at);
        entry.key() = start;
        sessions.insert(after, std::move(entry));  // its neighbours stay unchanged
    }
    session.window.start = start;
}

void SessionStore::seal(std::uint32_t number, Instant end) {
    Key& key = m_keys[number];
    if (key.ordered) {
        Ordered& sessions = m_ordered[key.head];
        while (!sessions.empty() && m_sessions[sessions.begin()->second].window.end <= end) {
            m_sessions[sessions.begin()->second].open = false;
            sessions.erase(sessions.begin());
        }
        if (sessions.empty()) freeOrdered(key);
        return;
    }
    for (std::uint32_t* link = &key.head; *link != kNone;) {
        Session& session = m_sessions[*link];
        if (session.window.end > end) {
            link = &session.next;
            continue;
        }
        session.open = false;
        *link = session.next;
    }
}

void SessionStore::findPassed(std::uint32_t number, Instant end, std::vector<std::uint32_t>& sessions) const {
    sessions.clear();
    const Key& key = m_keys[number];
    if (!key.ordered) {
        for (std::uint32_t at = key.head; at != kNone; at = m_sessions[at].next) {
            if (m_sessions[at].window.end <= end) sessions.push_back(at);
        }
        return;
    }
    for (const auto& [start, session] : m_ordered[key.head]) {
        if (m_sessions[session].window.end > end) break;
        sessions.push_back(session);
    }
}

void SessionStore::remove(std::uint32_t number) {
    Session& session = m_sessions[number];
    if (session.open) unlink(number);
    session.alive = false;
    Key& key = m_keys[session.key];
    --key.sessions;
    if (key.sessions == 0) --m_keysInUse;
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
    ++m_waiting;
}

/// Sorts entries of the first stretch, which is among those that have begun.
void SessionStore::prefetch(Instant begun, CallBudget& budget) {
    const auto stretch = m_later.begin();
    std::vector<Due>& entries = stretch->second;
    const std::size_t kept = entries.size() - std::min(entries.size(), budget.left());
    budget.spend(entries.size() - kept);
    for (std::size_t i = kept; i < entries.size(); ++i) {
        if (i + kFetchedAhead < entries.size())
            __builtin_prefetch(&m_sessions[entries[i + kFetchedAhead].session]);
        const Due due = entries[i];
        if (!current(due)) continue;
        Session& session = m_sessions[due.session];
        const Instant last = session.window.end - 1;
        if (!m_onlyAtEnds || last <= due.at || stretchOf(last) <= begun) {
            m_soon.push(due);
            continue;
        }
        session.due = last;
        m_later[stretchOf(last)].push_back({last, due.session});
        ++m_waiting;
    }
    m_waiting -= entries.size() - kept;
    entries.resize(kept);
    if (kept == 0) m_later.erase(stretch);
}

std::uint32_t SessionStore::nextDue(Instant now, CallBudget& budget) {
    const Instant begun = stretchOf(now);
    while (!budget.spent()) {
        // Entries in the stretch of the earliest, or before, may be earlier still.
        if (!m_later.empty() && m_later.begin()->first <= begun &&
            (m_soon.empty() || m_later.begin()->first <= stretchOf(m_soon.top().at))) {
            prefetch(begun, budget);
            continue;
        }
        if (m_soon.empty() || m_soon.top().at > now) return kNone;
        const Due top = m_soon.top();
        m_soon.pop();
        budget.spend(1);
        if (!current(top)) continue;
        m_sessions[top.session].due = kMaxTimestamp;
        return top.session;
    }
    return kNone;
}

bool SessionStore::compactKeys(CallBudget& budget, std::vector<std::uint32_t>& kept) {
    kept.clear();
    Compaction& made = m_compaction;
    while (made.numbers.size() < m_keys.size()) {
        if (budget.spent()) return false;
        const Key& key = m_keys[made.numbers.size()];
        if (made.numbers.size() % kLooksPerUnit == 0 || key.sessions > 0) budget.spend(1);
        if (key.sessions > 0) kept.push_back(static_cast<std::uint32_t>(made.numbers.size()));
        made.numbers.push_back(static_cast<std::uint32_t>(made.keys.size()));
        if (key.sessions > 0) made.keys.push_back(key);
    }
    for (; made.nextSession < m_sessions.size(); ++made.nextSession) {
        if (budget.spent()) return false;
        if (made.nextSession % kLooksPerUnit == 0) budget.spend(1);
        Session& session = m_sessions[made.nextSession];
        if (session.alive) session.key = made.numbers[session.key];
    }
    m_keys = std::move(made.keys);
    made = Compaction{};
    return true;
}

std::size_t SessionStore::memoryBytes() const {
    return m_sessions.capacity() * sizeof(Session) + (m_soon.size() + m_waiting) * sizeof(Due) +
           m_keys.capacity() * sizeof(Key) + (m_free.capacity() + m_freeOrdered.capacity()) * 4 +
           m_ordered.capacity() * sizeof(Ordered);
}

}  // namespace rw
