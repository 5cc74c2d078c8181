// Rows that are kept and compared with each other: by chosen columns, and where those are equal in the order
// that decides ties (event-time rules, 9).
#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

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
    bool places = true;  ///< then the lower wire, then the lower position
};

/// Where the columns `by` are equal `ties` decides, then the columns from left to right. As SQL compares,
/// −0.0 equals 0.0 in `by`; NaN is above all numbers. Single-threaded.
class RankedRows {
 public:
    RankedRows(SchemaRef schema, TieBreak ties, std::vector<SortColumn> by)
        : m_ties(ties), m_by(std::move(by)), m_rows(std::move(schema)) {}

    RowSlot add(const Batch& batch, std::uint32_t row);
    void remove(RowSlot slot) { m_rows.remove(slot); }
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
    /// All rows with wires and positions, in batches of one wire each, the same however the rows came.
    std::vector<Batch> batches() const;
    std::size_t memoryBytes() const { return m_rows.memoryBytes() + m_origins.capacity() * sizeof(Origin); }

 private:
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
    Type typeOf(int column) const { return m_rows.schema()->fields[static_cast<std::size_t>(column)].type; }

    TieBreak m_ties;
    std::vector<SortColumn> m_by;
    RowStore m_rows;
    std::vector<Origin> m_origins{};  ///< by slot
};

}  // namespace rw
