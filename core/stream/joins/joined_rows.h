// Pairs of a left and a right row whose keys are equal: tried against the further condition of a join, a batch
// at a time, and made rows.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/stream/joins/join_plan.h"
#include "core/stream/joins/pair_evaluator.h"
#include "core/stream/operator.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// Where the rows of one side lie: in a batch, by their numbers, or in a store, by their slots. A view.
class PairSide {
 public:
    explicit PairSide(const Batch& batch) : m_batch(&batch) {}
    explicit PairSide(const RowStore& store) : m_store(&store) {}
    /// Columns that were not built stay so.
    std::vector<ColumnRef> gather(std::span<const std::uint32_t> rows) const;

 private:
    const Batch* m_batch = nullptr;
    const RowStore* m_store = nullptr;
};

/// Pairs for which everything is true that the join asks.
struct Joined {
    Batch batch{};  ///< the columns of JoinPlan::both, a row a pair; kinds, when some are taken back
    /// By JoinPort: the row of each pair on that side.
    std::array<std::vector<std::uint32_t>, 2> rows{};
};

/// Single-threaded. Use: add() pairs until full() or there are no more, then take().
class JoinedRows {
 public:
    /// The plan outlives this.
    JoinedRows(const JoinPlan& plan, const MakeContext& context);

    /// A pair whose keys are equal: one that comes to be, or with Delete one that is taken back.
    void add(std::uint32_t left, std::uint32_t right, RowKind kind = RowKind::Insert) {
        m_pairs[kLeft].push_back(left);
        m_pairs[kRight].push_back(right);
        if (kind != RowKind::Insert || !m_kinds.empty()) addKind(kind);
    }
    std::size_t size() const { return m_pairs[kLeft].size(); }
    /// There are as many as a batch may have rows.
    bool full() const { return size() >= m_batchRows; }
    /// Of the pairs added, which are forgotten, those that hold, in their order. One for which that can't be
    /// computed is rejected as a row of both sides' columns, or with on_error null does not hold; it was
    /// rejected when it came to be, and is not again when it is taken back.
    Result<Joined> take(const PairSide& left, const PairSide& right, Output& out);
    /// Rows of side `port` that have no partner: the columns of the other side are NULL.
    Batch alone(JoinPort port, const PairSide& side, std::span<const std::uint32_t> rows) const;
    /// Rows of two stores side by side, by JoinPort, of which nothing is asked; the columns of kNoRow are
    /// NULL.
    Batch sideBySide(const RowStore& left, const RowStore& right,
                     const std::array<std::vector<RowSlot>, 2>& rows) const;

 private:
    void addKind(RowKind kind);
    Batch sides(std::vector<ColumnRef> left, std::vector<ColumnRef> right, std::size_t rows) const;

    const JoinPlan& m_plan;
    PairEvaluator m_rest;
    const std::size_t m_batchRows;
    std::array<std::vector<std::uint32_t>, 2> m_pairs{};
    std::vector<RowKind> m_kinds{};  ///< of the pairs; empty: all of them come to be
};

}  // namespace rw
