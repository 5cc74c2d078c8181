#include "core/stream/lookups/lookup_join.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

constexpr Millis kMostWait = 2'000;  // of rows that have a table, for the next one

/// Reads a table to its end.
class TableRead final : public Request {
 public:
    TableRead(std::shared_ptr<LookupTables> tables, Instant moment, Millis patience)
        : Request(patience), m_tables(std::move(tables)), m_moment(moment) {}
    Result<Step> step() override {
        RW_TRY_ASSIGN(const bool more, m_tables->read(m_moment));
        return more ? Step::Again : Step::Done;
    }

 private:
    const std::shared_ptr<LookupTables> m_tables;
    const Instant m_moment;
};

/// Whether these are all `rows` rows, each once.
bool isEveryRow(const std::vector<std::uint32_t>& ascending, std::size_t rows) {
    if (ascending.size() != rows) return false;
    for (std::size_t i = 0; i < rows; ++i) {
        if (ascending[i] != i) return false;
    }
    return true;
}

}  // namespace

LookupJoin::LookupJoin(const WaitingNode& node, const JoinPlan& plan, const MakeContext& context,
                       ColumnSet read, std::shared_ptr<LookupTables> tables)
    : AsyncOperator(node, context, std::move(read), {}),
      m_plan(plan),
      m_rest(plan.rest, context),
      m_counts(context.instance == 0),
      m_batchRows(context.batchRows),
      m_stopping(context.stopping),
      m_tables(std::move(tables)),
      m_by(m_tables->by()),
      m_eventTime(context.inputs.front().type.eventTime) {}

RequestRef LookupJoin::readFor(Instant moment, Millis patience) {
    m_reading = std::make_shared<TableRead>(m_tables, moment, patience);
    return m_reading;
}

Result<RequestRef> LookupJoin::ask(const Batch& rows, std::size_t from) {
    if (m_tables->missing()) return RequestRef();
    // Any reading under way comes first: rows that need another table ask again after it.
    if (m_reading) return m_reading;
    const Instant moment = momentOf(rows, from);
    return m_tables->at(moment) ? RequestRef() : readFor(moment, Request::kForEver);
}

Result<bool> LookupJoin::settle() {
    if (!m_reading || !m_reading->isAnswered()) return false;
    RW_TRY_ASSIGN(const bool more, m_tables->adopt());
    if (more) return true;
    const RequestRef read = std::exchange(m_reading, nullptr);
    RW_TRY(read->status());
    return false;
}

Result<AsyncOperator::Gone> LookupJoin::goOn(const Batch& rows, std::size_t from, const RequestRef&,
                                             Output& out) {
    if (m_tables->missing()) return Gone{rows.rows - from, false};
    if (!m_batch && !take(rows, from)) return Gone{0, true};
    const std::size_t taken = m_batch->rows;
    RW_TRY(join(out));
    if (m_batch) return Gone{};
    if (from + taken == rows.rows && !m_reading && m_tables->due())
        RW_TRY(begin(readFor(kNoMoment, kMostWait)));
    return Gone{taken, false};
}

bool LookupJoin::take(const Batch& rows, std::size_t from) {
    Instant moment = momentOf(rows, from);
    m_table = m_tables->at(moment);
    if (!m_table) return false;
    std::size_t until = m_by == LookupBy::EventTime ? from + 1 : rows.rows;
    for (; until < rows.rows; ++until) {
        const Instant next = momentOf(rows, until);
        if (next != moment && m_tables->at(next) != m_table) break;
        moment = next;
    }
    m_batch = rows.slice(from, until - from);
    m_row = 0;
    m_keys.clear();
    for (const int key : m_plan.leftKeys) m_keys.push_back(&m_batch->column(key));
    hashKeys(*m_batch, m_plan.leftKeys, m_hashes);
    return true;
}

Instant LookupJoin::momentOf(const Batch& rows, std::size_t row) const {
    if (m_by == LookupBy::Nothing) return kNoMoment;
    if (m_by == LookupBy::Arrival) return rows.arrived;
    const Instant time = rows.column(m_eventTime).at<Instant>(row);
    return rows.stamps ? std::max(time, (*rows.stamps)[row]) : time;
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

Operator::StateSize LookupJoin::kept() const {
    const LookupTableRef table = m_counts ? m_tables->newest() : nullptr;
    if (!table) return {};
    return {table->memoryBytes(), table->rows().size()};
}

}  // namespace rw
