#include "core/stream/lookups/lookup_join.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {

constexpr Millis kReadsAtOnce = 2'000;  // rows that come wait so long at most

/// Whether these are all `rows` rows, each once.
bool isEveryRow(const std::vector<std::uint32_t>& ascending, std::size_t rows) {
    if (ascending.size() != rows) return false;
    for (std::size_t i = 0; i < rows; ++i) {
        if (ascending[i] != i) return false;
    }
    return true;
}

}  // namespace

LookupJoin::LookupJoin(const JoinPlan& plan, const MakeContext& context, std::shared_ptr<LookupTables> tables)
    : m_plan(plan),
      m_eval(context.eval),
      m_nullOnError(context.nullOnError),
      m_counts(context.instance == 0),
      m_batchRows(context.batchRows),
      m_clock(context.clock),
      m_stopping(context.stopping),
      m_tables(std::move(tables)),
      m_by(m_tables->by()),
      m_eventTime(context.inputs.front().type.eventTime) {}

Status LookupJoin::onBatch(int, const Batch& batch, Output& out) {
    m_input = batch;
    m_begun = 0;
    return resume(out);
}

Status LookupJoin::resume(Output& out) {
    if (!m_input) {
        RW_TRY_ASSIGN(const bool more, m_tables->read(kNoMoment));
        m_reading = more && m_clock->steadyMillis() < m_readUntil;
        return {};
    }
    if (!m_batch) {
        RW_TRY_ASSIGN(const bool begun, begin());
        if (!begun) return {};
    }
    RW_TRY(join(out));
    if (m_batch || m_begun < m_input->rows) return {};
    m_input.reset();
    m_reading = m_tables->due();
    m_readUntil = saturatingAdd(m_clock->steadyMillis(), kReadsAtOnce);
    return {};
}

Result<bool> LookupJoin::begin() {
    if (m_tables->missing()) {
        m_input.reset();
        return false;
    }
    Instant moment = momentOf(m_begun);
    m_table = m_tables->at(moment);
    if (!m_table) {
        RW_TRY(m_tables->read(moment).status());
        m_table = m_tables->at(moment);
        if (!m_table) return false;
    }
    std::size_t until = m_by == LookupBy::EventTime ? std::min(m_begun + 1, m_input->rows) : m_input->rows;
    for (; until < m_input->rows; ++until) {
        const Instant next = momentOf(until);
        if (next != moment && m_tables->at(next) != m_table) break;
        moment = next;
    }
    m_batch = m_input->slice(m_begun, until - m_begun);
    m_begun = until;
    m_row = 0;
    m_keys.clear();
    for (const int key : m_plan.leftKeys) m_keys.push_back(&m_batch->column(key));
    hashKeys(*m_batch, m_plan.leftKeys, m_hashes);
    return true;
}

Instant LookupJoin::momentOf(std::size_t row) const {
    if (m_by == LookupBy::Nothing || m_input->rows == 0) return kNoMoment;
    if (m_by == LookupBy::Arrival) return m_input->arrived;
    const Instant time = m_input->column(m_eventTime).at<Instant>(row);
    return m_input->stamps ? std::max(time, (*m_input->stamps)[row]) : time;
}

/// Pairs of the next rows whose keys are equal: as many as rows came, or a batch may have.
void LookupJoin::collect() {
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
Status LookupJoin::keepWhatHolds(Output& out) {
    std::vector<std::uint32_t> holds;  // places among the pairs that are not ends of rows
    if (m_plan.rest) {
        Pairs tried;
        for (std::size_t i = 0; i < m_pairs.size(); ++i) {
            if (m_pairs.right[i] != kNoRow) tried.add(m_pairs.left[i], m_pairs.right[i]);
        }
        const Batch batch = joined(tried);
        sql::RowErrors errors;
        sql::filterRows(*m_plan.rest, batch, m_eval, holds, errors);
        if (!errors.empty() && !m_nullOnError) {
            RowFailures failures;
            failures.add(errors);
            RW_TRY(failures.reject(batch, out));
        }
    }
    m_kept.left.clear();
    m_kept.right.clear();
    std::uint32_t place = 0;
    auto next = holds.begin();
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        const bool over = m_pairs.right[i] == kNoRow;
        bool keep = over && m_plan.keepsLeft() && !m_met;
        if (!over) {
            keep = !m_plan.rest || (next != holds.end() && *next == place);
            if (keep && m_plan.rest) ++next;
            ++place;
        }
        if (keep) m_kept.add(m_pairs.left[i], m_pairs.right[i]);
        m_met = !over && (m_met || keep);
    }
    return {};
}

Batch LookupJoin::joined(const Pairs& pairs) const {
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

Status LookupJoin::join(Output& out) {
    collect();
    RW_TRY(keepWhatHolds(out));
    out.emit(0, joined(m_kept));
    if (m_row == m_batch->rows) m_batch.reset();
    return {};
}

Operator::StateSize LookupJoin::stateSize() const {
    const LookupTableRef table = m_counts ? m_tables->newest() : nullptr;
    if (!table) return {};
    return {table->memoryBytes(), table->rows().size()};
}

}  // namespace rw
