#include "core/stream/lookups/lookup_join.h"

#include <utility>

#include "core/stream/lookups/row_moment.h"

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

}  // namespace

LookupJoin::LookupJoin(const WaitingNode& node, const JoinPlan& plan, const MakeContext& context,
                       ColumnSet read, std::shared_ptr<LookupTables> tables)
    : AsyncOperator(node, context, std::move(read), {}),
      m_pairs(plan, context),
      m_counts(context.instance == 0),
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
    const Instant moment = momentOf(m_by, rows, from, m_eventTime);
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
    if (!m_pairs.isBusy() && !take(rows, from)) return Gone{0, true};
    const std::size_t taken = m_pairs.rows();
    RW_TRY(m_pairs.step(out));
    if (m_pairs.isBusy()) return Gone{};
    if (from + taken == rows.rows && !m_reading && m_tables->due())
        RW_TRY(begin(readFor(kNoMoment, kMostWait)));
    return Gone{taken, false};
}

bool LookupJoin::take(const Batch& rows, std::size_t from) {
    Instant moment = momentOf(m_by, rows, from, m_eventTime);
    const LookupTableRef table = m_tables->at(moment);
    if (!table) return false;
    std::size_t until = m_by == LookupBy::EventTime ? from + 1 : rows.rows;
    for (; until < rows.rows; ++until) {
        const Instant next = momentOf(m_by, rows, until, m_eventTime);
        if (next != moment && m_tables->at(next) != table) break;
        moment = next;
    }
    m_pairs.begin(rows.slice(from, until - from), table);
    return true;
}

Operator::StateSize LookupJoin::kept() const {
    const LookupTableRef table = m_counts ? m_tables->newest() : nullptr;
    if (!table) return {};
    return {table->memoryBytes(), table->rows().size()};
}

}  // namespace rw
