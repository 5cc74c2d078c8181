#include "core/sql/eval/slices.h"

#include <algorithm>

#include "core/data/visit_type.h"

namespace rw::sql {

namespace {

/// How many rows from `from` on have about kTextAtOnce bytes of text, at most `most`; one at least.
std::size_t rowsAtOnce(const Batch& batch, std::size_t from, std::size_t most) {
    std::size_t bytes = 0, count = 0;
    for (; count < most; ++count) {
        for (const ColumnRef& column : batch.columns) {
            if (column && isReference(column->type().id)) bytes += column->string(from + count).size();
        }
        if (count > 0 && bytes > kTextAtOnce) break;
    }
    return count;
}

}  // namespace

bool hasLargeTexts(const Batch& batch) {
    std::size_t bytes = 0;
    for (const ColumnRef& column : batch.columns) {
        if (!column || !isReference(column->type().id)) continue;
        for (const BytesRef& heap : column->heaps()) bytes += heap.size();
    }
    return batch.rows > 1 && bytes > kTextAtOnce;
}

Slices::Slices(Batch batch, std::size_t most) : m_batch(std::move(batch)), m_large(hasLargeTexts(m_batch)) {
    begin(most);
}

void Slices::begin(std::size_t most) {
    m_count = std::min(most, m_batch.rows - m_from);
    if (m_large && m_count > 1) m_count = rowsAtOnce(m_batch, m_from, m_count);
    const std::size_t last = m_from + m_count;
    const bool parts = last < m_batch.rows && m_batch.kind(last - 1) == RowKind::UpdateBefore;
    if (parts) m_count = m_count > 1 ? m_count - 1 : 2;
}

Work Slices::work() const {
    // A slice that can't be made smaller is computed, however large it is.
    const bool pair = m_count == 2 && m_batch.kind(m_from) == RowKind::UpdateBefore;
    return m_count == 1 || pair ? Work() : Work(kTextAtOnce);
}

EvalContext Slices::context(const EvalContext& batch) const {
    EvalContext own = batch;
    own.firstRow += static_cast<std::int64_t>(m_from);
    return own;
}

bool Slices::take(const Work& work) {
    if (work.givenUp()) {
        m_taken = 0;
        begin(m_count / 2);
        return false;
    }
    // The rows that follow are likely to be as large.
    constexpr int kBeforeMore = 8;
    std::size_t next = m_count;
    if (++m_taken % kBeforeMore == 0) next *= 2;
    m_from += m_count;
    begin(next);
    return true;
}

}  // namespace rw::sql
