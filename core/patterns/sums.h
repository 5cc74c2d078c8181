// The aggregates that conditions look at, over the rows that an attempt has taken so far.
#pragma once
#include <memory>
#include <vector>

#include "core/patterns/attempt.h"
#include "core/patterns/terms.h"
#include "core/stream/rows/row_store.h"

namespace rw::patterns {

/// A value of one row of the store; NULL for kNoRow.
ColumnRef keptColumn(const RowStore& kept, const Terms& terms, int column, std::span<const RowSlot> slots);

/// Rows are added as the attempt takes them and taken out as it gives them back, so that a result costs no
/// second look at the rows before. Single-threaded.
class RunningSums {
 public:
    /// The arguments outlive this.
    RunningSums(const Terms& terms, const RowStore& kept);

    void clear();
    /// Adds what the path has and this has not; `rows` are the attempt's. Gives the number of rows added.
    std::size_t follow(const Path& path, std::span<const RowSlot> rows);
    /// Takes out all rows but the first `size`.
    void cut(std::size_t size);
    /// The row behind the path as `variable`: in between, results count it.
    void push(RowSlot row, int variable);
    std::size_t size() const { return m_rows.size(); }
    sql::Vector result(int aggregate) const;
    std::size_t memoryBytes() const;

 private:
    struct Row {
        RowSlot slot;
        int variable;
    };
    template <class Give>
    void hand(const Row& row, Give give);

    const Terms& m_terms;
    const RowStore& m_kept;
    std::vector<std::unique_ptr<sql::RetractingAccumulator>> m_sums{};
    std::vector<Row> m_rows{};
};

}  // namespace rw::patterns
