// What the rows that made one come to together, by the aggregates of the node that they went into: so that
// people see that the rows are the value.
#pragma once
#include <cstdint>
#include <vector>

#include "core/base/text.h"
#include "core/data/batch.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Of the rows that made a row of a window or a group.
struct WindowTotal {
    /// One row, with a column for each COUNT, SUM, MIN, MAX and AVG that can be computed, by the names of the
    /// aggregates; no rows: there is none, or not all rows are there.
    Batch values{};
    bool tooMany = false;  ///< not all rows are there: what they come to can't be told
    bool empty() const { return values.rows == 0 && !tooMany; }
};

/// Those of `aggregates` over `rows`, each one row with the columns of the node's input, of `count` that
/// there are. An aggregate that is none of these five, or that overflows, is left out; what can't be computed
/// of a row is NULL. Any thread.
WindowTotal windowTotal(const std::vector<sql::BoundAggregate>& aggregates, const std::vector<Batch>& rows,
                        std::uint64_t count, const sql::EvalContext& eval);

/// “Together: orders = 100, total = 435.5”, or why that can't be told; empty: there is nothing to tell.
Text totalWords(const WindowTotal& total);

}  // namespace rw
