#include "core/stream/lookups/table_pairs.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

/// Whether these are all `rows` rows, each once.
bool isEveryRow(const std::vector<std::uint32_t>& ascending, std::size_t rows) {
    if (ascending.size() != rows) return false;
    for (std::size_t i = 0; i < rows; ++i) {
        if (ascending[i] != i) return false;
    }
    return true;
}

}  // namespace

TablePairs::TablePairs(const JoinPlan& plan, const MakeContext& context)
    : m_plan(plan), m_rest(plan.rest, context), m_batchRows(context.batchRows) {}

void TablePairs::begin(Batch rows, LookupTableRef table) {
    m_table = std::move(table);
    m_batch = std::move(rows);
    m_row = 0;
    m_keys.clear();
    for (const int key : m_plan.leftKeys) m_keys.push_back(&m_batch->column(key));
    hashKeys(*m_batch, m_plan.leftKeys, m_hashes);
}

/// Pairs of the next rows whose keys are equal: as many as rows came, or a batch may have.
void TablePairs::collect() {
    m_pairs.left.clear();
    m_pairs.right.clear();
    std::size_t room = std::max(m_batchRows, m_batch->rows);
    while (m_row < m_batch->rows && room > 0) {
        if (!std::exchange(m_looked, true)) {
            m_table->find(m_hashes[m_row], m_keys, m_row, m_found);
            m_taken = 0;
        }
        const std::size_t until = std::min(m_found.size(), m_taken + room);
        room -= until - m_taken;
        for (; m_taken < until; ++m_taken) m_pairs.add(m_row, m_found[m_taken]);
        if (m_taken < m_found.size()) return;
        m_pairs.add(m_row++, kNoRow);
        m_looked = false;
    }
}

/// Fills m_kept from m_pairs: the pairs for which the rest of the condition is true, and left rows that met
/// none where those go on.
Status TablePairs::keepWhatHolds(Output& out) {
    if (m_rest.hasCondition()) {
        Pairs tried;
        for (std::size_t i = 0; i < m_pairs.size(); ++i) {
            if (m_pairs.right[i] != kNoRow) tried.add(m_pairs.left[i], m_pairs.right[i]);
        }
        const Batch batch = joined(tried);
        m_rest.evaluate(batch);
        RW_TRY(m_rest.reject(batch, out));
    }
    // Places among the pairs that are not ends of rows.
    const std::span<const std::uint32_t> holds = m_rest.holds();
    m_kept.left.clear();
    m_kept.right.clear();
    std::uint32_t place = 0;
    auto next = holds.begin();
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        const bool over = m_pairs.right[i] == kNoRow;
        bool keep = over && m_plan.keepsLeft() && !m_met;
        if (!over) {
            keep = !m_rest.hasCondition() || (next != holds.end() && *next == place);
            if (keep && m_rest.hasCondition()) ++next;
            ++place;
        }
        if (keep) m_kept.add(m_pairs.left[i], m_pairs.right[i]);
        m_met = !over && (m_met || keep);
    }
    return {};
}

Batch TablePairs::joined(const Pairs& pairs) const {
    Batch batch = isEveryRow(pairs.left, m_batch->rows) ? *m_batch : m_batch->select(pairs.left);
    batch.schema = m_plan.both;
    std::vector<ColumnRef> right = m_table->rows().gather(pairs.right);
    for (std::size_t i = 0; i < right.size(); ++i) {
        // Of an empty table nothing was ever built.
        if (!right[i]) right[i] = Column::nulls(m_plan.right.schema->fields[i].type, pairs.size());
        batch.columns.push_back(std::move(right[i]));
    }
    return batch;
}

Status TablePairs::step(Output& out) {
    collect();
    RW_TRY(keepWhatHolds(out));
    out.emit(0, joined(m_kept));
    if (m_row == m_batch->rows) m_batch.reset();
    return {};
}

}  // namespace rw
