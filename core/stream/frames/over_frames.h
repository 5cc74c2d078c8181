// The frames of an over aggregation: for each partition the rows that a frame to come may reach back to, and
// the aggregates over them.
//
// A row enters the frame of its partition, the aggregates are read, and rows leave it again. Bounded frames
// use the accumulators that rows can be taken back from, whose results depend on the rows in them alone, to
// the last bit: so a snapshot keeps the rows only. Unbounded frames keep no rows.
#pragma once
#include <functional>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include "core/stream/aggregates/group_state.h"
#include "core/stream/call_budget.h"
#include "core/stream/frames/over_plan.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/row_store.h"
#include "core/stream/rows/rows_by_change.h"

namespace rw {

/// Rows that the watermark let go, in their order.
struct OverRows {
    Batch rows{};                       ///< with the columns OverColumns::waiting
    Batch operands{};                   ///< with the columns OverColumns::kept
    std::vector<RowSlot> partitions{};  ///< of each row
};

/// Partitions are named by slots, which are used again when a partition is forgotten. Single-threaded.
class OverFrames {
 public:
    /// The arguments outlive this.
    OverFrames(const OverPlan& plan, const OverColumns& columns);

    /// Finds the partitions of rows that come next, and begins those that are new.
    OverRows place(Batch rows);
    /// RANGE: removes the rows too far before the rows `rows`, as far as the budget goes; false: not all.
    bool makeRoom(const OverRows& placed, std::span<const std::uint32_t> rows, CallBudget& budget);
    /// Adds these rows to the frames of their partitions.
    void enter(const OverRows& placed, std::span<const std::uint32_t> rows);
    /// The aggregates over the frames of these partitions as they are.
    std::vector<sql::Vector> results(std::span<const RowSlot> partitions) const {
        return m_aggregates.finish(partitions);
    }
    /// The cost of a partition's result, in units of a budget.
    std::size_t costOf(RowSlot partition) const;
    /// ROWS: removes the rows that the next row will not reach, of partitions that took one row each.
    void leave(std::span<const RowSlot> partitions);
    /// Forgets those of these partitions in which no row is left.
    void forgetEmpty(std::span<const RowSlot> partitions);

    /// RANGE: whether rows are kept that no frame behind this watermark reaches.
    bool anyPassed(Instant watermark) const;
    /// Takes such rows out, and partitions with them, as far as the budget goes.
    void forgetPassed(Instant watermark, CallBudget& budget);

    /// Keyed records “partitions”.
    void snapshot(StateWriter& out) const;
    // As ChangingState has them, when no rows are anyPassed(); the first freeze is of the whole.
    void freeze(bool whole);
    bool anyFrozen() const { return m_changes && m_changes->rows.anyFrozen(); }
    /// Writes some of what is frozen.
    void writePiece(StateWriter& out);
    /// Takes over the partitions of `own` that either of these wrote; by change, when the watermark was
    /// `passed`.
    Status restore(const StateReader& state, const KeyGroups& own, Instant passed);
    std::size_t partitions() const { return m_keys.size(); }
    /// Partitions have slots below this.
    std::size_t slots() const { return m_keys.slots(); }
    std::size_t memoryBytes() const;

 private:
    struct Partition {
        RowSlot oldest = kNoRow, newest = kNoRow;  ///< of the rows that are kept
        std::int64_t rows = 0;                     ///< in its frame
        Instant time = kMinTimestamp;              ///< of the row that came last,
        std::uint32_t sequence = 0;                ///< and its place among those of that time
        bool queued = false;                       ///< is in m_oldest
    };
    /// Of a row that is kept.
    struct Link {
        RowSlot next = kNoRow;  ///< in its partition,
        RowSlot partition = kNoRow;
        std::uint32_t sequence = 0;  ///< where this is its place among those of its time
    };
    /// For a state by change. Of bounded frames the rows are written, which only come and go; of unbounded
    /// ones the partitions, which only come and change.
    struct Changes {
        Changes(const OverPlan& bound, const OverColumns& columns, const RowStore& of);
        void forgetCopies();
        std::size_t memoryBytes() const;

        const OverPlan& plan;
        RowsByChange rows;
        // Beside the rows that it has copied, by their number. Of bounded frames:
        RowStore keys;
        std::vector<std::uint32_t> sequences{};
        // Of unbounded ones:
        std::vector<std::int64_t> counts{};
        Aggregates sums;
    };

    std::vector<RowSlot> find(const Batch& keys);
    Instant timeOf(RowSlot row) const { return m_kept.value<Instant>(0, row); }
    /// The last instant that a frame at `time` does not reach.
    Instant lastBefore(Instant time) const;
    Instant lastPassed(Instant watermark) const;
    void keep(RowSlot partition, RowSlot row, Instant time);
    /// Takes rows up to `last` out of a partition, as far as the budget goes; false: not all.
    bool takeOut(RowSlot partition, Instant last, CallBudget& budget);
    void takeOldest(RowSlot partition);
    /// Removes the rows that takeOldest() chose from the aggregates and the store.
    void retract();
    template <class Give>
    void hand(const Batch& operands, std::span<const std::uint32_t> rows, Give give);

    Batch stateOf(std::span<const RowSlot> partitions) const;
    /// The batch “rows” of a record of either kind, checked.
    Result<Batch> savedOf(const StateReader& record) const;
    /// The partitions of its rows, begun where they are new.
    Result<std::vector<RowSlot>> partitionsOf(const Batch& saved, int keyGroup);
    Status restoreRows(const Batch& saved, std::vector<RowSlot> partitions);
    Status restoreSums(const Batch& saved, std::span<const RowSlot> partitions, const StateReader& record);

    // Where m_changes is not null:
    /// Unbounded frames: rows are about to enter these partitions.
    void willChange(std::span<const RowSlot> partitions);
    /// The rows m_leaving are about to be removed.
    void willLeave();
    void writeRows(const RowsByChange::Taken& taken, StateWriter& out) const;
    void writeSums(const RowsByChange::Taken& taken, StateWriter& out) const;
    template <class Write>
    void writeChanged(Batch saved, StateWriter& out, Write write) const;

    struct Standing;
    Status restoreChanges(const StateReader& state, const KeyGroups& own, Instant passed);
    Status readChangedRows(const StateReader& record, int keyGroup, Instant passed, Standing& standing);
    Status enterStanding(Standing& standing);
    Status restoreChangedSums(const StateReader& record, int keyGroup);

    const OverPlan& m_plan;
    const OverColumns& m_columns;
    std::size_t m_scans = 0;                ///< aggregates whose results look at every row of a frame
    RowStore m_keys;                        ///< a row for each partition
    RowsByKey m_index;                      ///< of m_keys
    std::vector<Partition> m_partitions{};  ///< by slot
    Aggregates m_aggregates;                ///< by slot
    RowStore m_kept;                        ///< bounded frames only
    std::vector<Link> m_links{};            ///< by slot of m_kept
    /// RANGE: partitions with rows by a time that is not later than that of their oldest.
    using Oldest = std::pair<Instant, RowSlot>;
    std::priority_queue<Oldest, std::vector<Oldest>, std::greater<>> m_oldest{};

    std::vector<RowSlot> m_leaving{};      ///< rows on their way out
    std::unique_ptr<Changes> m_changes{};  ///< from the first freeze on
    // Of one call; kept for their memory
    std::vector<std::uint64_t> m_hashes{};
    std::vector<std::uint32_t> m_groups{};
    std::vector<sql::RowOrder> m_orders{};
};

}  // namespace rw
