// A batch taken some rows at a time, so that the texts of its expressions fit into memory.
#pragma once
#include <cstddef>

#include "core/data/batch.h"
#include "core/sql/eval/evaluate.h"
#include "core/sql/eval/work.h"

namespace rw::sql {

/// As evaluate() of all rows at once. Where `work` was given up, the result means nothing.
Vector evaluate(const BoundExpr& expr, const Batch& batch, const EvalContext& context, Work& work);

/// Whether several rows can have more than kTextAtOnce bytes of text, from a look at the heaps alone: false
/// nearly always.
bool hasLargeTexts(const Batch& batch);

/// For batches with large texts, and those that gave a Work up when they were evaluated as a whole. A slice
/// has about kTextAtOnce bytes, or is one row, or a change's two rows. The caller reports the outcome of each
/// evaluation:
///
///     while (!slices.done()) {
///         const Batch rows = slices.rows();
///         Work work = slices.work();
///         … evaluate(expr, rows, slices.context(eval), work) …
///         if (slices.take(work)) use the values;
///     }
class Slices {
 public:
    Slices() = default;
    /// `most`: rows of the first slice.
    Slices(Batch batch, std::size_t most);
    /// For a batch that is evaluated as a whole.
    static Work workOf(const Batch& batch) { return batch.rows > 1 ? Work(kTextAtOnce) : Work(); }

    bool done() const { return m_from == m_batch.rows; }
    std::size_t from() const { return m_from; }
    std::size_t count() const { return m_count; }
    Batch rows() const { return m_batch.slice(m_from, m_count); }
    Work work() const;
    /// For the slice's rows, which have numbers of their own.
    EvalContext context(const EvalContext& batch) const;
    /// Goes on to the next slice; false: `work` was given up, the same rows are taken again, fewer at once.
    bool take(const Work& work);

 private:
    void begin(std::size_t most);

    Batch m_batch{};
    std::size_t m_from = 0, m_count = 0;
    int m_taken = 0;       ///< slices since the last one that was too large
    bool m_large = false;  ///< its texts are measured row by row
};

}  // namespace rw::sql
