// The state of sessions by change: which have changed since a checkpoint, which of those it has not written
// yet, and which are gone.
//
// A record of changes names a session by its number in the store. A key with thousands of sessions so costs
// what changed of it, and a number tells sealed and open sessions of one key and start apart, whose starts
// move besides. Numbers hold from one checkpoint of the whole to the next: whoever restores gives new ones,
// and begins with a whole. A number that is used again is two things: its old session is gone, said among the
// records of that one's key group, before any new session of the checkpoint comes.
//
// Sessions in files (session_files.h) are written section by section: what is in the file of one and what is
// in memory are put together for that. A copy of one that has changed meanwhile lacks what is in the file,
// and gets it when the section is read, for whatever reason. So all sections with frozen sessions are read
// before any other session is written, and before the copies are.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/stream/aggregates/group_state.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/windows/session_files.h"
#include "core/stream/windows/session_records.h"
#include "core/stream/windows/session_store.h"

namespace rw {

/// As ChangingState has it, of the sessions of one operator. Single-threaded.
class SessionChanges {
 public:
    /// All of them outlive this. All sessions there are will be frozen first. `files`: null where no session
    /// is ever in one; then the group of its aggregates is its number.
    SessionChanges(const WindowPlan& plan, SessionStore& sessions, const KeyTable& keys,
                   const Aggregates& aggregates, SessionFiles* files)
        : m_plan(&plan), m_sessions(&sessions), m_keys(&keys), m_aggregates(&aggregates), m_files(files) {}

    /// It was added to the store.
    void came(std::uint32_t session);
    /// It is about to take rows, or another session, or to be sealed. Its aggregates change behind copy()
    /// alone.
    void willChange(std::uint32_t session) {
        if (!m_rows.isMarked(session)) changesFirst(session);
    }
    /// It is about to be removed.
    void willGo(std::uint32_t session);
    /// The aggregates are about to change: copies those of frozen sessions that were told of.
    void copy();
    /// Of a section: what copies lack.
    void wasRead(const SessionFiles::Read& section);
    /// Since the last freeze; whether it is frozen and neither written nor copied.
    bool hasChanged(std::uint32_t session) const { return m_rows.isMarked(session); }
    bool isFrozen(std::uint32_t session) const { return m_rows.isFrozen(session); }

    void freeze(bool whole);
    bool writePiece(StateWriter& out);
    const Status& writing() const { return m_writing; }
    /// Whether frozen sessions are in the store still, whose keys must keep their numbers.
    bool anyInStore() const { return m_rows.anyFrozen(); }
    std::size_t memoryBytes() const;

 private:
    struct Gone {
        std::uint64_t hash;  ///< of its key, which may be forgotten by now
        std::uint32_t number;
    };
    /// Frozen sessions as they were.
    struct Copies {
        explicit Copies(const WindowPlan& plan) : keys(plan.keyTypes), aggregates(plan) {}
        std::vector<SavedSession> sessions{};
        KeyTable keys;
        Aggregates aggregates;
        std::size_t done = 0;  ///< those behind have keys and aggregates of the store still
        std::size_t next = 0;  ///< those before it are written
        /// Groups that lack what is in a file, by session.
        std::unordered_map<std::uint32_t, std::uint32_t> lacking{};
    };

    std::uint32_t groupOf(std::uint32_t session) const {
        return m_files ? m_files->groupOf(session) : session;
    }
    SavedSession saved(std::uint32_t session) const;
    void changesFirst(std::uint32_t session);
    bool anyCopied() const { return m_copies && m_copies->next < m_copies->sessions.size(); }
    void writeGone(StateWriter& out);
    Status writeFromFile(StateWriter& out);
    bool anyInFiles() const { return m_files && m_files->anyFrozen(); }
    void writeStanding(StateWriter& out);
    void writeCopied(StateWriter& out);

    const WindowPlan* m_plan;
    SessionStore* m_sessions;
    const KeyTable* m_keys;
    const Aggregates* m_aggregates;
    SessionFiles* m_files;
    ChangedRows m_rows{};             ///< session numbers
    std::vector<Gone> m_goneSince{};  ///< the last freeze, when they were there
    std::vector<Gone> m_gone{};       ///< those of the freeze before, to be written
    std::size_t m_nextGone = 0;       ///< those before it are written
    std::optional<Copies> m_copies{};
    std::vector<std::uint32_t> m_some{};  ///< of one call
    Status m_writing{};                   ///< why a piece could not be written
};

}  // namespace rw
