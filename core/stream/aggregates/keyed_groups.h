// Groups whose rows come and go for as long as a run: their aggregates, how many rows each has, and until
// when it is kept.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/stream/aggregates/group_plan.h"
#include "core/stream/aggregates/group_state.h"
#include "core/stream/keys/ttl_index.h"

namespace rw {

/// A group without rows is as one that was never there. Groups are numbers, which hold until tidy().
/// Single-threaded.
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
    /// Takes all of their rows away.
    void forget(std::span<const std::uint32_t> groups);

    /// Whether the state of some groups may be over; dropOver() forgets them, as many as the budget allows.
    bool anyOver() const { return m_lives.due(); }
    void dropOver(CallBudget& budget);

    /// Whether most groups have no rows; tidy() then renumbers the others, some at a call. No other call is
    /// allowed before it is done.
    bool untidy() const;
    void tidy(CallBudget& budget);

    void snapshot(StateWriter& out) const;
    // As ChangingState has them.
    void freeze(bool whole);
    bool writePiece(StateWriter& out);
    /// Takes over the groups of `own` that either of these wrote, which are new here.
    Status restore(const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    static constexpr std::size_t kTolerated = 4096;  ///< groups without rows that are not worth the work
    struct Changes;

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
};

}  // namespace rw
