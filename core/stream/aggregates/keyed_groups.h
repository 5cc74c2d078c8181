// Groups whose rows come and go for as long as a run: their aggregates, how many rows each has, and until
// when it is kept.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/store/keyed_store.h"
#include "core/store/spill_folder.h"
#include "core/stream/aggregates/group_plan.h"
#include "core/stream/aggregates/group_state.h"
#include "core/stream/keys/ttl_index.h"

namespace rw {

class KeyBytes;

/// A group without rows is as one that was never there. Groups are numbers, which hold until tidy(), or until
/// groups have left.
///
/// Groups may leave for files. From then on a key that has no number may be one of those: load() brings its
/// group back. Of those whose state is over some may be there still: they are left out when their files are
/// written anew. Single-threaded.
class KeyedGroups {
 public:
    /// Both outlive this.
    KeyedGroups(const GroupPlan& plan, const StateTtl& ttl);
    ~KeyedGroups();
    KeyedGroups(KeyedGroups&&) noexcept;
    KeyedGroups& operator=(KeyedGroups&&) noexcept;

    /// The groups of these rows of the batch that `input` has taken; those that are not known have no rows.
    void find(const AggregateRows& input, std::span<const std::uint32_t> rows,
              std::vector<std::uint32_t>& groups);
    std::size_t size() const { return m_rows.size(); }   ///< groups are below this
    std::size_t standing() const { return m_standing; }  ///< groups that have rows
    bool stands(std::uint32_t group) const { return m_rows[group] > 0; }
    /// Whether its state has ended before row `row` of the batch.
    bool ended(std::uint32_t group, std::uint32_t row) const {
        return stands(group) && m_lives.ended(group, row);
    }

    /// Counts a row of the batch in, or out; its values are for update() and retract().
    void count(std::uint32_t group, std::uint32_t row, bool withdraws);
    void update(AggregateRows& input, std::span<const std::uint32_t> rows,
                std::span<const std::uint32_t> groups) {
        m_state.aggregates.update(input, rows, groups);
    }
    void retract(AggregateRows& input, std::span<const std::uint32_t> rows,
                 std::span<const std::uint32_t> groups) {
        m_state.aggregates.retract(input, rows, groups);
    }
    // The keys of groups, and the present values of their aggregates, as columns.
    std::vector<ColumnRef> keys(std::span<const std::uint32_t> groups) const {
        return m_state.keys.columns(groups);
    }
    /// `errors` gets the results that failed, one a row, unless it is null.
    std::vector<ColumnRef> results(std::span<const std::uint32_t> groups, sql::RowErrors* errors) const {
        return m_state.aggregates.results(groups, errors);
    }
    /// Sets their aggregates to those of no rows; how many rows they have stays.
    void clear(std::span<const std::uint32_t> groups) { m_state.aggregates.clear(groups); }
    /// Takes all of their rows away.
    void forget(std::span<const std::uint32_t> groups);

    /// Whether the state of some groups may be over; dropOver() forgets them, as many as the budget allows.
    bool anyOver() const { return m_lives.due(); }
    void dropOver(CallBudget& budget);

    /// Whether most groups have no rows; tidy() then renumbers the others, some at a call. No other call is
    /// allowed before it is done.
    bool untidy() const;
    Status tidy(CallBudget& budget);

    // Groups in files; only where there are keys.
    /// From now on groups may leave; what the files take of memory is about `memory` bytes.
    void mayLeave(std::shared_ptr<SpillFolder> folder, std::size_t memory);
    /// Whether any has left. If not, all is as if none ever could.
    bool anyLeft() const { return m_anyLeft; }
    /// As find(), without new groups: `rows` and `groups` keep those whose keys have numbers, `others` gets
    /// the rest.
    void findKnown(const AggregateRows& input, std::vector<std::uint32_t>& rows,
                   std::vector<std::uint32_t>& groups, std::vector<std::uint32_t>& others);
    /// Brings the groups of these keys back, as far as they have left. Then find() is right for their rows.
    Status load(std::span<const StoreKey> keys);
    /// Rows of these groups have come: they are not the first to leave.
    void used(std::span<const std::uint32_t> groups);
    /// How many bytes more they take with so many new ones, at most; what lies on heaps comes besides.
    std::size_t growth(std::size_t groups) const;
    /// Begins to let groups leave, so that at most `most` stay, and those without rows besides. `keepsRoom`:
    /// others will come for the room of those that leave.
    void beginLeaving(std::size_t most, bool keepsRoom);
    /// Whether some are leaving: no other call is allowed that changes something, but leave(), writePiece().
    bool leaving() const;
    /// Goes on with it. `moment`: rows that may find a group in a file are judged by it, or a later one. An
    /// error where files can't be written: the run ends, or stay() is called.
    Status leave(CallBudget& budget, Instant moment);
    /// No group leaves any more, and those that were leaving stay.
    void stay();
    /// Whether so many have no rows that leaving is worth the work for them alone.
    bool wantsLeaving() const;
    std::size_t away() const;           ///< groups that are in files alone, whether or not they are over
    std::size_t bytesForFiles() const;  ///< of memory, besides memoryBytes()
    std::uint64_t bytesInFiles() const;

    // `moment`: as leave() has it.
    Status snapshot(StateWriter& out, Instant moment) const;
    // As ChangingState has them.
    void freeze(bool whole, Instant moment);
    bool writePiece(StateWriter& out);
    const Status& writing() const { return m_writing; }
    /// Takes over the groups of `own` that either of these wrote, which are new here. `between`: called again
    /// and again, may let groups leave.
    Status restore(const StateReader& state, const KeyGroups& own, const std::function<Status()>& between);
    std::size_t memoryBytes() const;
    std::size_t tableBytes() const;  ///< of that, without what is there for a checkpoint

 private:
    static constexpr std::size_t kTolerated = 4096;  ///< groups without rows that are not worth the work
    struct Changes;
    struct Away;

    /// Makes room for the groups that have keys.
    void makeRoom();
    /// Takes over groups that have rows, whose keys are new here.
    void adopt(const KeyedGroups& other, std::span<const std::uint32_t> groups);
    /// They are about to change.
    void willChange(std::span<const std::uint32_t> groups);
    /// tidy() gives groups with rows the numbers from `to` on, and takes others out.
    void renumberChanges(std::span<const std::uint32_t> standing, std::uint32_t to,
                         std::span<const std::uint32_t> others);
    /// It has come to its end: those of `before`, with the new numbers.
    void adoptChanges(KeyedGroups& before);
    /// By key group. `isNew`: no earlier record has them.
    void writeStanding(std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const;
    /// Keys of `keys`, a table like that of this.
    void writeGone(const KeyTable& keys, std::vector<std::uint32_t> groups, StateWriter& out) const;
    void writeGroups(std::span<const std::uint32_t> groups, StateWriter& record) const;
    bool writeTable(StateWriter& out);
    Status writeFrozenAway(StateWriter& out);
    // Groups in files.
    bool stays(std::uint32_t group) const;
    void sortLeaving();
    Status leaveSome(CallBudget& budget);
    Status appendLeaving(std::span<const std::uint32_t> groups);
    void finishLeaving();
    void keepAlone(std::span<const std::uint32_t> groups, bool keepsRoom);
    void shrink();
    Status tidyBesideFiles();
    Status loadThose(const KeyTable& keys);
    Status adoptStored(const KeyBytes& coder, std::span<const StoreKey> keys,
                       std::span<const std::string_view> states);
    Status addAway(int keyGroup, Instant moment, KeyedGroups& all) const;
    bool isOver(std::string_view state, Instant moment) const;
    KeyTable tableOf(std::span<const StoreKey> keys) const;
    void absent(std::span<const StoreKey> keys, std::vector<std::size_t>& places) const;
    Status restoreGroups(const StateReader& record, int keyGroup);
    Status restoreChanges(const StateReader& record, int keyGroup);

    const GroupPlan* m_plan;
    const StateTtl* m_ttl;
    GroupState m_state;
    TtlIndex m_lives;
    std::vector<std::int64_t> m_rows{};  ///< of each group; never less than 0
    std::size_t m_standing = 0;
    std::unique_ptr<KeyedGroups> m_fresh{};  ///< while this is being tidied: takes over the groups with rows
    std::uint32_t m_next = 0;                ///< groups before it have been taken over
    std::vector<std::uint32_t> m_some{};     ///< of one call; kept for its memory
    std::unique_ptr<Changes> m_changes{};    ///< from the first freeze on
    std::vector<std::uint32_t> m_marked{};   ///< while it is tidied: new numbers of groups that have changed
    std::unique_ptr<Away> m_away{};          ///< null: none can leave
    bool m_anyLeft = false;
    Status m_writing{};  ///< why a state could not be written
};

}  // namespace rw
