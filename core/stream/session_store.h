// The sessions of all keys: where they lie, which touch, and when each is due.
#pragma once
#include <cstdint>
#include <map>
#include <queue>
#include <span>
#include <vector>

#include "core/stream/window_assigner.h"

namespace rw {

/// Sessions by number; a number is reused after release(). Each key (group of a KeyTable) has a list of its
/// sessions: at most a few. Knows nothing of rows and aggregates. Single-threaded.
class SessionStore {
 public:
    static constexpr std::uint32_t kNone = 0xffffffff;

    struct Session {
        Window window;
        std::uint32_t key = 0;
        std::uint32_t next = kNone;  ///< another session of the key
        bool open = true;            ///< false: sealed, takes no more rows
        bool alive = false;
        Instant due = kMaxTimestamp;  ///< when it next wants to be looked at

        /// Whether a row that alone would be the session `other` belongs to this one: exactly the gap apart
        /// is near enough.
        bool takes(const Window& other) const {
            return open && other.start <= window.end && window.start <= other.end;
        }
    };

    /// `gap`: about how far ahead sessions ask to be woken. `onlyAtEnds`: a session that has grown since it
    /// asked need not be woken before its new last millisecond.
    SessionStore(Millis gap, bool onlyAtEnds);

    /// Makes room for keys up to `keys`.
    void resizeKeys(std::size_t keys) { m_heads.resize(keys, kNone); }

    Session& at(std::uint32_t session) { return m_sessions[session]; }
    const Session& at(std::uint32_t session) const { return m_sessions[session]; }
    std::uint32_t first(std::uint32_t key) const { return m_heads[key]; }

    std::uint32_t add(std::uint32_t key, const Window& window);
    /// Takes a session out of its key's list. Its number is free after release().
    void remove(std::uint32_t session);
    /// The numbers of removed sessions may be used again.
    void release(std::span<const std::uint32_t> sessions);

    /// Asks for the session to come up in nextDue() once the time is `due`, unless it does earlier anyway.
    void wake(std::uint32_t session, Instant due);
    /// A session whose time has come, or kNone. Each asks again when it wants to.
    std::uint32_t nextDue(Instant now);

    /// Numbers that are or were in use; new ones come at the end.
    std::size_t numbers() const { return m_sessions.size(); }
    /// Keys that have a session.
    std::size_t keysInUse() const { return m_keysInUse; }
    /// Forgets the keys without sessions: the others are numbered anew, in their order. Gives the old
    /// numbers.
    std::vector<std::uint32_t> compactKeys();
    std::size_t memoryBytes() const;

 private:
    struct Due {
        Instant at;
        std::uint32_t session;
        bool operator<(const Due& other) const { return at > other.at; }  // the earliest on top
    };
    Instant stretchOf(Instant due) const;
    bool current(const Due& due) const;
    void bringNear(Instant now);

    Millis m_stretch;
    bool m_onlyAtEnds;
    std::vector<Session> m_sessions;
    std::vector<std::uint32_t> m_heads;  ///< first session of each key
    std::vector<std::uint32_t> m_free;
    /// What is due lies unsorted in stretches of time, by their number; those that have begun are sorted.
    /// Most sessions grow before they are due, so sorting all of them would be in vain.
    std::map<Instant, std::vector<Due>> m_later;
    std::priority_queue<Due> m_soon;
    std::size_t m_keysInUse = 0;
};

}  // namespace rw
