// Evaluating typed expressions over batches, a column at a time.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/data/batch.h"
#include "core/sql/bound.h"

namespace date {
class time_zone;
}

namespace rw::sql {

/// The context that expressions read: times and settings. Plain data; one per operator.
struct EvalContext {
    Instant runStart = 0;                   ///< CURRENT_TIMESTAMP
    const date::time_zone* zone = nullptr;  ///< for UNIX_TIMESTAMP of a text; null: UTC
    std::uint64_t seed = 0;  ///< generator functions: results depend on (seed, row number) and the place in
                             ///< the text alone; give every column its own
    std::int64_t firstRow = 0;  ///< generator functions: row number of the batch's first row
};

/// A row whose value could not be computed: its index in the batch, and why.
struct RowError {
    std::uint32_t row;
    Text reason;
};

/// Sorted by row, at most one per row. Empty nearly always.
using RowErrors = std::vector<RowError>;

/// A column being computed: flat, or one value for all rows. Rows in `errors` hold NULL.
struct Vector {
    ColumnRef column;  ///< rows() values, or exactly one when constant
    bool constant = false;
    std::shared_ptr<const RowErrors> errors{};  ///< null: none

    bool isNull(std::size_t row) const { return column->isNull(constant ? 0 : row); }
    /// How many of `rows` rows are NULL. Nothing is done per row.
    std::size_t nullCount(std::size_t rows) const {
        if (constant) return isNull(0) ? rows : 0;
        return column->validity().nullCount(rows);
    }
    template <class T>
    const T& at(std::size_t row) const {
        return column->at<T>(constant ? 0 : row);
    }
    /// The values as a flat column of `rows` rows.
    ColumnRef flat(std::size_t rows) const { return constant ? column->repeat(0, rows) : column; }
};

/// Evaluates over all rows of the batch. A failing row never fails the batch: it is NULL and listed in
/// errors. An error in a branch of CASE, COALESCE, IF, AND or OR that SQL would not have evaluated does not
/// count.
Vector evaluate(const BoundExpr& expr, const Batch& batch, const EvalContext& context);

/// Evaluates a condition and returns its values: `selected` gets the rows where it is true (NULL is false),
/// errors those that failed.
Vector filterRows(const BoundExpr& condition, const Batch& batch, const EvalContext& context,
                  std::vector<std::uint32_t>& selected, RowErrors& errors);

}  // namespace rw::sql
