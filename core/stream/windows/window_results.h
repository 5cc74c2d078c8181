// The rows that a window aggregation emits: window_start, window_end, window_time, keys, aggregates.
#pragma once
#include <vector>

#include "core/stream/aggregates/group_state.h"
#include "core/stream/operator.h"

namespace rw {

/// Gathers rows of small windows into batches; large windows pass as they are. Rows given to add() are
/// emitted at the latest by flush(). Rows whose aggregates failed are rejected instead (on_error "null": kept
/// with NULL).
class WindowResults {
 public:
    WindowResults(WindowPlanRef plan, const MakeContext& context);

    /// One inserted row for each group groups[i] of `aggregates`, whose key is keyGroups[i] and window
    /// windows[i].
    Status add(std::span<const Window> windows, const KeyTable& keys,
               std::span<const std::uint32_t> keyGroups, const Aggregates& aggregates,
               std::span<const std::uint32_t> groups, Output& out);
    /// One row of an updating result. `values` holds keys and aggregates.
    void add(RowKind kind, const Window& window, std::span<const ColumnRef> values, std::size_t row,
             Output& out);
    /// Takes a failed result out: rejects row `row` of keys and aggregates.
    Status reject(const Window& window, std::span<const ColumnRef> values, std::size_t row,
                  const Text& reason, Output& out) const;
    void flush(Output& out);

    std::size_t batchRows() const { return m_batchRows; }  ///< of an emitted batch, at most
    /// Keys and aggregates of some groups as columns; `errors` gets the rows that failed, when they count.
    std::vector<ColumnRef> values(const KeyTable& keys, std::span<const std::uint32_t> keyGroups,
                                  const Aggregates& aggregates, std::span<const std::uint32_t> groups,
                                  sql::RowErrors& errors) const;

 private:
    Batch batchOf(std::span<const Window> windows, std::vector<ColumnRef> values) const;
    Status push(Batch batch, const sql::RowErrors& errors, Output& out);
    /// Whether the rows, which are few, are there without a batch of their own; not where one failed.
    bool addFew(std::span<const Window> windows, const KeyTable& keys,
                std::span<const std::uint32_t> keyGroups, const Aggregates& aggregates,
                std::span<const std::uint32_t> groups, Output& out);

    WindowPlanRef m_plan;
    std::size_t m_batchRows;
    bool m_nullOnError;
    std::vector<ColumnBuilder> m_builders;
    std::vector<RowKind> m_kinds;
    bool m_onlyInserts = true;
};

}  // namespace rw
