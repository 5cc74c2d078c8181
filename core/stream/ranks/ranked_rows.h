// Rows that are kept and compared with each other: by chosen columns, and where those are equal in the order
// that decides ties (event-time rules, 9).
#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/stream/rows/held_state.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// A column to sort by. NULL is lowest: first, or last where it is descending.
struct SortColumn {
    int column = -1;
    bool descending = false;
};

/// Decides the order of rows that are equal in all sort columns, before their other columns do.
struct TieBreak {
    int eventTime = -1;  ///< the column whose earlier value comes first; -1: none does
    bool places = true;  ///< then the lower wire, then the lower position; rows that are taken back have none
};

/// Where the columns `by` are equal `ties` decides, then the columns from left to right. As SQL compares,
/// −0.0 equals 0.0 in `by`; NaN is above all numbers. Single-threaded.
class RankedRows {
 public:
    /// `shape`: of the rows, as a state has them.
    RankedRows(HeldShape shape, TieBreak ties, std::vector<SortColumn> by);
    ~RankedRows();

    RowSlot add(const Batch& batch, std::uint32_t row);
    void remove(RowSlot slot);
    std::size_t size() const { return m_rows.size(); }
    bool before(RowSlot a, RowSlot b) const;
    bool before(const Batch& batch, std::uint32_t row, RowSlot slot) const;
    /// The same as an order of all slots: of rows that are equal in everything the lower slot comes first.
    bool precedes(RowSlot a, RowSlot b) const;
    /// Whether the rows are equal in all columns, to the last bit.
    bool same(RowSlot a, RowSlot b) const;
    bool same(const Batch& batch, std::uint32_t row, RowSlot slot) const;

    /// For an index over these rows.
    const RowStore& store() const { return m_rows; }
    Batch batchOf(std::span<const RowSlot> slots) const { return m_rows.batchOf(slots); }
    std::size_t textBytes(RowSlot slot) const { return m_rows.textBytes(slot); }
    std::size_t memoryBytes() const;

    /// Writes all rows with wires and positions, the same however they came.
    void write(StateWriter& out) const;
    // By change, as ChangingState has them. Of rows with places nothing tells which are gone: only better
    // ones may displace them, and do so again where they are restored, and who removes others knows which
    // these are.
    void freeze(bool whole);
    bool anyFrozen() const;
    void writePiece(StateWriter& out);
    /// The rows of `own` that either of these wrote, in batches of one wire each; among them may be ones with
    /// places that were gone.
    Result<std::vector<Batch>> read(const StateReader& state, const KeyGroups& own) const;

 private:
    struct Changes;
    struct Origin {
        WireNumber wire = 0;
        std::int64_t position = -1;  ///< -1: unknown
    };
    // A row in its slot, and one of a batch.
    struct Kept;
    struct Given;

    template <class A, class B>
    std::strong_ordering compare(const A& a, const B& b) const;
    template <class A, class B>
    std::strong_ordering compareTied(const A& a, const B& b) const;
    template <class A, class B>
    std::strong_ordering compareColumns(const A& a, const B& b) const;
    Origin originOf(const Batch& batch, std::uint32_t row) const;
    /// Batches of one wire each, of rows with these origins in their order: rowsOf(from, count) gives some.
    template <class RowsOf>
    static std::vector<Batch> placed(std::span<const Origin> origins, RowsOf rowsOf);
    Type typeOf(int column) const { return m_rows.schema()->fields[static_cast<std::size_t>(column)].type; }

    const HeldShape m_shape;
    TieBreak m_ties;
    std::vector<SortColumn> m_by;
    RowStore m_rows;
    std::vector<Origin> m_origins{};       ///< by slot
    std::unique_ptr<Changes> m_changes{};  ///< from the first freeze on
};

}  // namespace rw
