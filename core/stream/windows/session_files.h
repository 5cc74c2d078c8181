// Sessions whose aggregates are in files.
//
// Beyond its share of memory an operator writes the aggregates of all its sessions into a sorted run, and
// begins anew with empty ones. Where sessions lie in time, and their keys, stay in memory. So all that is
// decided of sessions (which a row joins or makes one, whether it is late, which are sealed, when each is
// complete) is decided as without files, at once and without a look into them: only sums are put together
// later. It also means that no share makes an operator smaller than about a hundred bytes a session, besides
// its key.
//
// What rows add to a session in a file is added up in memory apart. A session is in one section at most,
// whole but for this, its rest. The two are put together whenever the section is read:
// - when time comes to the end of one of its sessions: all of them are in memory again, and fire, or go to
//   another file with their new ends;
// - when it is written again with the rests of its sessions, each time that memory is full;
// - when one of its sessions becomes part of another: that one leaves it.
// Sessions are written in the order of their ends, so that those of a section are due at about the same time.
//
// A checkpoint by change reads the sections that have sessions to be written (session_changes.h).
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/store/sorted_run.h"
#include "core/store/state_memory.h"
#include "core/stream/aggregates/group_state.h"
#include "core/stream/operator.h"
#include "core/stream/windows/session_store.h"

namespace rw {

class SessionChanges;

/// Of the sessions of one operator, whose results are not corrected. Single-threaded.
class SessionFiles {
 public:
    static constexpr std::uint32_t kNone = SessionStore::kNone;
    /// Sessions of a section, and the groups of their aggregates.
    struct Read {
        explicit Read(const WindowPlan& plan) : aggregates(plan) {}
        std::vector<std::uint32_t> sessions{}, groups{};
        Aggregates aggregates;
    };

    /// All of them outlive this. The context has a folder and a share. `aggregates`: those in memory.
    SessionFiles(const WindowPlan& plan, const SessionStore& sessions, Aggregates& aggregates,
                 const MakeContext& context);

    /// Is told what is read of sections, for frozen sessions are written with it; null: nobody.
    SessionChanges* changes = nullptr;

    // Aggregates in memory.
    /// The group of what is in memory of a session; kNone: all is in a file.
    std::uint32_t groupOf(std::uint32_t session) const {
        return session < m_groups.size() ? m_groups[session] : kNone;
    }
    bool isInFile(std::uint32_t session) const {
        return session < m_sectionOf.size() && m_sectionOf[session] != kNone;
    }
    /// The groups of sessions; those that had none have empty ones now. Valid until the next call.
    std::span<const std::uint32_t> makeGroups(std::span<const std::uint32_t> sessions);
    /// Empties the groups of sessions that have one, and takes them away.
    void free(std::span<const std::uint32_t> sessions);

    /// Sessions from[i] have become part of into[i], in this order. Follows with what is in groups, and goes
    /// on with what is in files, while busy(): no row may come before.
    void merge(std::span<const std::uint32_t> from, std::span<const std::uint32_t> into);
    /// The operator keeps so many bytes in memory now.
    void kept(std::uint64_t bytes) {
        if (m_share.isBounded()) (void)m_share.isOver(bytes);
    }
    /// The same; begins to write what is in memory, if that is too much and worth it.
    void spillBeyondShare(std::uint64_t bytes);
    bool busy() const { return !m_merged.empty() || m_spill; }
    /// For the user; each once.
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }
    Status run(CallBudget& budget);

    /// Takes a session that is in a file back into memory, with the others of its section; `loaded` gets all
    /// of them.
    Status load(std::uint32_t session, std::vector<std::uint32_t>& loaded, CallBudget& budget);

    // Checkpoints.
    /// What is in memory and in files, a group a session number.
    Status addAllTo(Aggregates& all) const;
    /// The session in a file has changed since the last freeze.
    void changed(std::uint32_t session) { m_sections[m_sectionOf[session]].changed = true; }
    /// The sections that have changed sessions, or all, may have frozen ones now.
    void freeze(bool whole);
    /// Whether there may be sections with frozen sessions; reads one of them.
    bool anyFrozen() const { return !m_frozen.empty(); }
    Result<Read> readFrozen();

    std::size_t fileBytes() const { return m_fileBytes; }
    std::size_t memoryBytes() const;

 private:
    struct Run {
        std::unique_ptr<const SortedRun> run;
        std::size_t sections = 0;  ///< that have sessions still
        std::uint64_t bytes = 0;   ///< of these
    };
    struct Section {
        std::shared_ptr<Run> run{};  ///< null: the number is free
        std::size_t index = 0;       ///< among those of the run
        std::size_t sessions = 0;    ///< that are still in it
        bool changed = false, frozen = false;
        bool again = false;  ///< is to be written again
    };
    /// Memory on its way into a file. What was there before stands until all of it is written.
    struct Spill {
        std::unique_ptr<SortedRunWriter> writer;
        bool unreadable = false;                                ///< what is in a file: the state is lost
        std::size_t perSection = 1;                             ///< sessions
        std::uint32_t nextSession = 0;                          ///< those before it are listed
        std::map<Instant, std::vector<std::uint32_t>> byEnd{};  ///< not in a file, by stretch of their ends
        std::vector<std::uint32_t> again{};                     ///< sections
        std::size_t nextAgain = 0;
        std::vector<std::vector<std::uint32_t>> written{};  ///< sessions by section of the new file
    };

    Result<Read> read(std::uint32_t section) const;
    void takeOut(std::uint32_t session);
    void drop(std::uint32_t section);
    Status takeMerged(CallBudget& budget);
    Status beginSpill();
    Status spillSome(CallBudget& budget);
    Status spillOn(CallBudget& budget);
    void list(CallBudget& budget);
    Status writeAgain(CallBudget& budget);
    Status writeFirst(CallBudget& budget);
    Status write(std::span<const std::uint32_t> sessions, const Aggregates& aggregates,
                 std::span<const std::uint32_t> groups);
    Status finishSpill();
    void addSection(const std::shared_ptr<Run>& run, std::size_t index,
                    std::span<const std::uint32_t> sessions);

    const WindowPlan* m_plan;
    const SessionStore* m_sessions;
    Aggregates* m_aggregates;
    StateShare m_share;
    const std::shared_ptr<SpillFolder> m_folder;

    std::vector<std::uint32_t> m_groups{};     ///< by session
    std::vector<std::uint32_t> m_sectionOf{};  ///< by session; that of one that is no more while it is merged
    std::size_t m_groupsMade = 0;
    std::vector<std::uint32_t> m_freeGroups{}, m_asked{};
    std::vector<Section> m_sections{};
    std::vector<std::uint32_t> m_freeSections{};
    std::vector<std::uint32_t> m_frozen{};  ///< sections that may have frozen sessions
    /// Sections that have sessions that became part of others, and these: from, into.
    std::map<std::uint32_t, std::unordered_map<std::uint32_t, std::uint32_t>> m_merged{};
    std::optional<Spill> m_spill{};
    std::size_t m_fileBytes = 0;
    std::vector<Text> m_notes{};
};

}  // namespace rw
