// The best rows of each partition so far, numbered, as an updating stream.
#pragma once
#include <cstdint>
#include <vector>

#include "core/stream/ranks/named_rows.h"
#include "core/stream/ranks/sorted_slots.h"
#include "core/stream/ranks/top_n.h"

namespace rw {

/// Of an append-only input the best `limit` rows of each partition are kept: one that falls out never comes
/// back. Of an updating input all rows are, for where one is taken back others move up. Behind each batch a
/// partition shows one change for each rank that has another row than before; changes between rows of one
/// batch are left out. Nothing is ever late.
class UpdatingTopN final : public Operator, public ChangingState {
 public:
    UpdatingTopN(TopNPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    bool hasMore() const override { return m_shown < m_changes.size(); }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    /// All of it belongs to partitions.
    void writeRest(StateWriter&) const override {}
    void freeze(bool whole) override { m_rows.freeze(whole); }
    bool writePiece(StateWriter& out) override;

 private:
    static constexpr std::uint32_t kUnchanged = 0xffffffff;
    struct Partition {
        SortedSlots rows{};
        std::uint32_t change = kUnchanged;  ///< its place in m_changes
    };
    /// A partition that this batch has changed.
    struct Change {
        std::uint32_t partition = 0;
        std::size_t before = 0, count = 0;  ///< the rows that it shows: so many, from there on in m_before
        std::size_t from = 0;  ///< ranks before this one (they count from 0) have their rows still
    };

    struct Sent {
        std::size_t rows = 0, textBytes = 0;
        Sent& operator+=(const Sent& more) {
            rows += more.rows;
            textBytes += more.textBytes;
            return *this;
        }
    };

    void take(const Batch& batch);
    /// A row that stays as it is.
    void offer(const Batch& batch, std::uint32_t row);
    /// A row of an updating stream.
    void apply(const Batch& batch, std::uint32_t row);
    RowSlot add(const Batch& batch, std::uint32_t row);
    void withdraw(RowSlot slot, std::uint32_t partition);
    Change& changeOf(std::uint32_t partition);
    /// Goes on with showing a change, as far as the budget goes.
    void show(const Change& change, CallBudget& budget, Output& out);
    /// Emits the change of one rank.
    Sent showRank(RowSlot before, RowSlot now, Output& out);
    Sent send(RowSlot slot, RowKind kind, Output& out);
    void flush(Output& out);
    /// All changes are emitted: removes the rows that were kept for that alone.
    void settle();
    void dropEmpty();

    const TopNPlanRef m_plan;
    const bool m_updating;  ///< the input
    const bool m_whole;     ///< rows have all their columns
    const std::size_t m_batchRows;
    KeyTable m_keys;  ///< of partitions
    RankedRows m_rows;
    NamedRows m_names;
    std::vector<Partition> m_partitions{};  ///< by group of m_keys
    std::size_t m_filled = 0;               ///< of these, with rows

    // Of the batch whose changes are being shown
    std::vector<Change> m_changes{};
    std::vector<RowSlot> m_before{};
    std::vector<RowSlot> m_gone{};   ///< rows that are in no partition any more
    std::size_t m_shown = 0;         ///< changes that are shown
    std::size_t m_rank = 0;          ///< of the next one, ranks that are
    std::vector<RowSlot> m_ready{};  ///< rows of the next batch
    std::vector<RowKind> m_kinds{};
    std::vector<std::int64_t> m_ranks{};
    std::size_t m_readyBytes = 0;  ///< of their texts

    // Of one call; kept for their memory
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
    std::vector<std::uint32_t> m_found{};
    std::vector<RowSlot> m_now{};
};

}  // namespace rw
