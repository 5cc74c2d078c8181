// The sessions of all keys: where they lie, which touch, and when each is due.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <queue>
#include <span>
#include <vector>

#include "core/stream/call_budget.h"
#include "core/stream/window_assigner.h"

namespace rw {

/// Sessions by number; a number is reused after release(). The open sessions of a key (group of a KeyTable)
/// never touch each other: those that touch are joined. Usually a key has one or two, in a list; many are kept in
/// the order of their starts. Sealed ones only wait. Knows nothing of rows and aggregates. Single-threaded.
class SessionStore {
 public:
    static constexpr std::uint32_t kNone = 0xffffffff;

    struct Session {
        Window window;
        std::uint32_t key = 0;
        std::uint32_t next = kNone;  ///< another open session of the key, where these are a list
        bool open = true;            ///< false: sealed, takes no more rows
        bool alive = false;
        std::uint32_t age = 0;        ///< of the store, when it came
        Instant due = kMaxTimestamp;  ///< when it next wants to be looked at

        /// Whether a row that alone would be the session `other` belongs to this one: exactly the gap apart
        /// is near enough.
        bool accepts(const Window& other) const {
            return other.start <= window.end && window.start <= other.end;
        }
    };

    /// `gap`: about how far ahead sessions ask to be woken. `onlyAtEnds`: a session that has grown since it
    /// asked need not be woken before its new last millisecond.
    SessionStore(Millis gap, bool onlyAtEnds);

    /// Makes room for keys up to `keys`.
    void resizeKeys(std::size_t keys) { m_keys.resize(keys); }

    const Session& at(std::uint32_t session) const { return m_sessions[session]; }
    /// The open sessions of a key that a row's window touches, or kNone. They are at most two: each is at
    /// least as long as the window, and between two there is room.
    std::array<std::uint32_t, 2> touching(std::uint32_t key, const Window& window) const {
        const Key& of = m_keys[key];
        return of.ordered ? touchingOrdered(of, window) : touchingListed(of, window);
    }
    /// Says that touching() will soon be asked for a key: it need not wait for memory then.
    void expect(std::uint32_t key) const {
        const Key& of = m_keys[key];
        if (of.head != kNone && !of.ordered) __builtin_prefetch(&m_sessions[of.head]);
    }

    /// `open`: whether it takes rows; it touches no other open one of its key then.
    std::uint32_t add(std::uint32_t key, const Window& window, bool open = true) {
        const std::uint32_t session = takeNumber();
        place(session, key, window, open);
        return session;
    }
    // The same in two steps: a number that is in use, and its session.
    std::uint32_t takeNumber();
    void place(std::uint32_t session, std::uint32_t key, const Window& window, bool open);
    /// An open session also covers `window`, which touches no other open one of its key.
    void grow(std::uint32_t session, const Window& window) {
        Window& grown = m_sessions[session].window;
        grown.end = std::max(grown.end, window.end);
        if (window.start < grown.start) growDown(session, window.start);
    }
    /// Seals the open sessions of a key that end at `end` or before.
    void seal(std::uint32_t key, Instant end);
    /// Those that seal() would seal.
    void findPassed(std::uint32_t key, Instant end, std::vector<std::uint32_t>& sessions) const;
    /// Takes a session out. Its number is free after release().
    void remove(std::uint32_t session);
    /// The numbers of removed sessions may be used again.
    void release(std::span<const std::uint32_t> sessions);

    /// Asks for the session to come up in nextDue() once the time is `due`, unless it does earlier anyway.
    void wake(std::uint32_t session, Instant due);
    /// It does not come up in nextDue() any more, unless it asks again.
    void forgetDue(std::uint32_t session) { m_sessions[session].due = kMaxTimestamp; }
    /// A session whose time has come, the earliest first. kNone: there is none, or the budget is spent. Each
    /// asks again when it wants to.
    std::uint32_t nextDue(Instant now, CallBudget& budget);

    /// From now on sessions come in a new age; whether one came in this age.
    void beginAge() { ++m_age; }
    bool isNew(std::uint32_t session) const { return m_sessions[session].age == m_age; }

    /// Numbers that are or were in use; new ones come at the end.
    std::size_t numbers() const { return m_sessions.size(); }
    /// Keys that have a session.
    std::size_t keysInUse() const { return m_keysInUse; }
    /// Forgets the keys without sessions and renumbers the others, in their order, as far as the budget
    /// goes; to be called until it is done. `kept` gets the old numbers of the keys that this call reached.
    /// Nothing else may be done with the store in between.
    bool compactKeys(CallBudget& budget, std::vector<std::uint32_t>& kept);
    std::size_t memoryBytes() const;

 private:
    using Ordered = std::map<Instant, std::uint32_t>;  ///< sessions by start
    struct Key {
        std::uint32_t head = kNone;      ///< first open session, or number of the map in m_ordered
        std::uint32_t sessions : 31 {};  ///< open and sealed
        std::uint32_t ordered : 1 {};    ///< the open ones are in a map
    };
    struct Due {
        Instant at;
        std::uint32_t session;
        bool operator<(const Due& other) const { return at > other.at; }  // the earliest on top
    };
    /// A new numbering of the keys that is being made.
    struct Compaction {
        std::vector<std::uint32_t> numbers;  ///< the new one of each old
        std::vector<Key> keys;
        std::size_t nextSession = 0;
    };
    std::array<std::uint32_t, 2> touchingListed(const Key& key, const Window& window) const;
    std::array<std::uint32_t, 2> touchingOrdered(const Key& key, const Window& window) const;
    void growDown(std::uint32_t session, Instant start);
    void link(Key& key, std::uint32_t session);
    void unlink(std::uint32_t session);
    void order(Key& key);
    void freeOrdered(Key& key);
    Instant stretchOf(Instant due) const;
    bool current(const Due& due) const;
    void prefetch(Instant begun, CallBudget& budget);

    Millis m_stretch;
    bool m_onlyAtEnds;
    std::vector<Session> m_sessions;
    std::vector<Key> m_keys;
    std::vector<Ordered> m_ordered;
    std::vector<std::uint32_t> m_free, m_freeOrdered;
    /// Due sessions are unsorted in stretches of time, by their number; those that have begun are sorted.
    /// Most sessions grow before they are due, so sorting all of them would be in vain.
    std::map<Instant, std::vector<Due>> m_later;
    std::priority_queue<Due> m_soon;
    std::size_t m_waiting = 0;  ///< entries in m_later
    std::size_t m_keysInUse = 0;
    std::uint32_t m_age = 0;
    Compaction m_compaction;
};

inline std::array<std::uint32_t, 2> SessionStore::touchingListed(const Key& key, const Window& window) const {
    std::array<std::uint32_t, 2> found{kNone, kNone};
    std::size_t count = 0;
    for (std::uint32_t at = key.head; at != kNone && count < found.size(); at = m_sessions[at].next) {
        if (m_sessions[at].accepts(window)) found[count++] = at;
    }
    return found;
}

}  // namespace rw
