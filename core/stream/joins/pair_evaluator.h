// The condition of a join on a pair of rows besides equal keys, evaluated for many pairs at once. All joins
// with such a condition use it.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/sql/bound.h"
#include "core/stream/operator.h"
#include "core/stream/row_errors.h"

namespace rw {

/// Single-threaded. A pair for which the condition can't be computed is rejected, or with `on_error` null
/// does not hold.
class PairEvaluator {
 public:
    /// `condition` reads the columns of both sides, those of left first; null: every pair holds.
    PairEvaluator(sql::BoundRef condition, const MakeContext& context);

    bool hasCondition() const { return m_condition != nullptr; }
    /// Evaluates the condition, which must be there, for each row of `pairs`. Columns that it does not read
    /// may be missing. holds() and failed() tell of this call until the next.
    void evaluate(const Batch& pairs);
    /// The pairs for which the condition is true, ascending.
    std::span<const std::uint32_t> holds() const { return m_holds; }
    /// The pairs for which it can't be computed, ascending, one error each; none with `on_error` null.
    const sql::RowErrors& failed() const { return m_failures.errors(); }
    /// Rejects the rows of `pairs` that failed. A row that takes an earlier one back is not rejected again.
    Status reject(const Batch& pairs, Output& out) const { return m_failures.reject(pairs, out); }

 private:
    const sql::BoundRef m_condition;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    std::vector<std::uint32_t> m_holds{};
    RowFailures m_failures{};
};

}  // namespace rw
