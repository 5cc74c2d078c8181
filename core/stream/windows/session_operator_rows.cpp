// Taking rows: which session each joins, which sessions it makes one, and which rows leave as late or
// rejected.
#include "core/stream/windows/session_operator.h"

namespace rw {

namespace {

/// Two past its stamp, a row can't touch a session that has passed.
bool isClean(Instant time, Instant stamp) {
    return stamp == kCleanStamp || time >= saturatingAdd(stamp, 2);
}

constexpr std::size_t kExpected = 8;      // rows ahead whose sessions are fetched from memory
constexpr std::size_t kReleaseUnits = 4;  // of a call's budget, for a row that was held back

}  // namespace

SessionOperator::Taking::Taking(const WindowPlan& plan, const MakeContext& context)
    : input(plan.aggregates, plan.keys, plan.input.eventTime, context), late(plan.late.schema, kWindowLate) {}

Status SessionOperator::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    if (m_disorder.on()) {
        const Millis rest = saturatingAdd(m_plan->gap - 1, m_plan->allowedLateness);
        m_disorder.addTimes(0, batch, m_plan->input.eventTime, rest, true);
    }
    if (!mayWait(batch)) {
        const Batch& rows = m_taking.input.take(batch);
        return take(rows, allRows(rows.rows), out);
    }
    divide(batch);
    m_held.hold(batch, m_later);
    if (m_now.empty()) return {};
    const Batch& rows = m_taking.input.take(batch);
    if (rows.rows < batch.rows) divide(rows);
    return take(rows, m_now, out);
}

bool SessionOperator::mayWait(const Batch& batch) const {
    return m_context.inputs.front().severalProducers && batch.stamps;
}

void SessionOperator::divide(const Batch& batch) {
    const Column& times = batch.column(m_plan->input.eventTime);
    m_now.clear();
    m_later.clear();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const bool waits = !times.isNull(row) && !isClean(times.at<Instant>(row), (*batch.stamps)[row]);
        (waits ? m_later : m_now).push_back(row);
    }
}

Status SessionOperator::takeMore(Output& out) {
    if (!m_taking.input.hasMore()) {
        RW_TRY(takeRun(out));
    } else {
        const Batch& rows = m_taking.input.takeMore();
        const bool all = !m_released.order.empty() || !mayWait(rows);
        if (!all) divide(rows);
        RW_TRY(take(rows, all ? allRows(rows.rows) : std::span<const std::uint32_t>(m_now), out));
    }
    const bool done = !m_taking.input.hasMore() && m_nextReleased == m_released.order.size();
    if (!done) return {};
    m_released = {};
    m_nextReleased = 0;
    return {};
}

std::span<const std::uint32_t> SessionOperator::allRows(std::size_t count) {
    while (m_allRows.size() < count) m_allRows.push_back(static_cast<std::uint32_t>(m_allRows.size()));
    return std::span(m_allRows).first(count);
}

Status SessionOperator::take(const Batch& batch, std::span<const std::uint32_t> rows, Output& out) {
    if (rows.empty()) return {};
    begin(m_taking, rows);
    const Column& times = batch.column(m_plan->input.eventTime);
    const bool plain = !batch.stamps && m_taking.input.errors().empty() && times.validity().allValid();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + kExpected < rows.size()) m_sessions.expect(m_taking.keys[i + kExpected]);
        const Instant time = times.at<Instant>(rows[i]);
        if (plain && WindowAssigner::inRange(time)) {
            m_taking.add(joinOpen(m_taking.keys[i], {time + m_plan->gap, time}), rows[i]);
        } else {
            RW_TRY(joinRow(m_taking, batch, rows[i], m_taking.keys[i], out));
        }
    }
    m_taking.late.emit(batch, out);
    addUp(m_taking);
    return settle(out);
}

/// Rows join in their order, whichever batches they are in; then each batch is added up by itself, for sums
/// do not depend on the order.
Status SessionOperator::takeReleased(CallBudget& budget, Output& out) {
    const std::size_t atMost = std::max<std::size_t>(1, budget.left() / kReleaseUnits);
    HeldRows::Released released = m_held.release(m_watermark, atMost);
    budget.spend(kReleaseUnits * released.order.size());
    while (m_takingReleased.size() < released.batches.size()) {
        m_takingReleased.push_back(std::make_unique<Taking>(*m_plan, m_context));
    }
    sql::Work work(sql::kTextAtOnce);
    for (std::size_t i = 0; i < released.batches.size(); ++i) {
        if (m_takingReleased[i]->input.take(released.batches[i], work)) continue;
        m_released = std::move(released);
        m_nextReleased = 0;
        budget.spend(budget.left());  // large texts were made
        return {};
    }
    for (std::size_t i = 0; i < released.batches.size(); ++i)
        begin(*m_takingReleased[i], allRows(released.batches[i].rows));
    for (const auto& [batch, row] : released.order) {
        Taking& taking = *m_takingReleased[batch];
        RW_TRY(joinRow(taking, released.batches[batch], row, taking.keys[row], out));
    }
    for (std::size_t i = 0; i < released.batches.size(); ++i) {
        m_takingReleased[i]->late.emit(released.batches[i], out);
        addUp(*m_takingReleased[i]);
    }
    return settle(out);
}

/// The next of m_released that are of one batch.
Status SessionOperator::takeRun(Output& out) {
    const auto& order = m_released.order;
    const std::uint32_t batch = order[m_nextReleased].batch;
    std::vector<std::uint32_t> some;
    for (; m_nextReleased < order.size() && order[m_nextReleased].batch == batch; ++m_nextReleased)
        some.push_back(order[m_nextReleased].row);
    const Batch run = m_released.batches[batch].select(some);
    const Batch& rows = m_taking.input.take(run);
    return take(rows, allRows(rows.rows), out);
}

void SessionOperator::begin(Taking& taking, std::span<const std::uint32_t> rows) {
    m_keys.findOrInsert(taking.input.keyColumns(), taking.input.hashes(), rows, taking.keys);
    m_sessions.resizeKeys(m_keys.size());
    m_report.look();
    taking.count = 0;
    if (taking.joined.size() < rows.size()) {
        taking.joined.resize(rows.size());
        taking.joinedRows.resize(rows.size());
    }
    taking.nextError = 0;
}

void SessionOperator::addUp(Taking& taking) {
    if (m_changes) m_changes->copy();
    const auto joined = std::span<const std::uint32_t>(taking.joined).first(taking.count);
    if (!m_files) m_aggregates.resize(m_sessions.numbers());
    m_aggregates.update(taking.input, std::span(taking.joinedRows).first(taking.count), groupsOf(joined));
    if (m_report.on()) m_report.joined(joined);
    if (!m_plan->emitsUpdates()) return;
    for (const std::uint32_t session : joined) noteChange(session);
}

/// All rows are in the sessions that they joined: those that became one are merged, and changes are shown.
Status SessionOperator::settle(Output& out) {
    mergeAggregates();
    if (m_report.on()) {
        for (std::size_t i = 0; i < m_mergedFrom.size(); ++i)
            m_report.merged(m_mergedFrom[i], m_mergedInto[i], m_sessions, m_keys);
        m_report.flush(m_watermark);
    }
    if (m_plan->emitsUpdates()) {
        for (const std::uint32_t session : m_mergedFrom) retract(session, out);
        RW_TRY(showChanged(out));
    }
    m_sessions.release(m_mergedFrom);
    m_mergedFrom.clear();
    m_mergedInto.clear();
    if (m_files) m_files->spillBeyondShare(stateSize().bytes);
    return {};
}

void SessionOperator::mergeAggregates() {
    if (m_files) return m_files->merge(m_mergedFrom, m_mergedInto);
    m_aggregates.merge(m_aggregates, m_mergedFrom, m_mergedInto);
    m_aggregates.clear(m_mergedFrom);
}

Status SessionOperator::joinRow(Taking& taking, const Batch& batch, std::uint32_t row, std::uint32_t key,
                                Output& out) {
    const sql::RowErrors& errors = taking.input.errors();
    while (taking.nextError < errors.size() && errors[taking.nextError].row < row) ++taking.nextError;
    const bool failed = taking.nextError < errors.size() && errors[taking.nextError].row == row;
    std::uint32_t session = SessionStore::kNone;
    RW_TRY(join(taking, batch, row, key, failed ? &errors[taking.nextError] : nullptr, session, out));
    if (session != SessionStore::kNone) taking.add(session, row);
    return {};
}

Status SessionOperator::join(Taking& taking, const Batch& batch, std::uint32_t row, std::uint32_t key,
                             const sql::RowError* error, std::uint32_t& session, Output& out) {
    const Column& times = batch.column(m_plan->input.eventTime);
    if (times.isNull(row)) return out.reject(batch, row, RW_TEXT("window", "The event time is NULL"));
    const Instant time = times.at<Instant>(row);
    if (!WindowAssigner::inRange(time)) {
        return out.reject(batch, row, RW_TEXT("window", "The event time is too far from 1970"));
    }
    const Window window{time + m_plan->gap, time};
    const Instant stamp = batch.stamps ? (*batch.stamps)[row] : kCleanStamp;
    if (!isClean(time, stamp)) {
        seal(key, saturatingAdd(stamp, 1 - m_plan->allowedLateness));
        // A row that fails is late all the same: it would have been, had it not failed.
        if (saturatingAdd(window.end - 1, m_plan->allowedLateness) <= stamp &&
            m_sessions.touching(key, window).front() == SessionStore::kNone) {
            taking.late.add(row, stamp, window.end - 1, window.end);
            return {};
        }
    }
    if (error) return out.reject(batch, row, error->reason);
    session = joinOpen(key, window);
    return {};
}

void SessionOperator::seal(std::uint32_t key, Instant end) {
    if (m_changes) {
        m_sessions.findPassed(key, end, m_passed);
        for (const std::uint32_t session : m_passed) m_changes->willChange(session);
    }
    m_sessions.seal(key, end);
}

std::uint32_t SessionOperator::joinOpen(std::uint32_t key, const Window& window) {
    const auto [joined, other] = m_sessions.touching(key, window);
    if (joined == SessionStore::kNone) {
        const std::uint32_t made = m_sessions.add(key, window);
        if (m_changes) m_changes->came(made);
        if (m_plan->emitsUpdates()) m_shown.resize(m_sessions.numbers());
        if (m_report.on()) m_report.opened(made, m_sessions, m_keys);
        m_sessions.wake(made, nextLook(made));
        return made;
    }
    if (m_changes) m_changes->willChange(joined);
    if (other != SessionStore::kNone) absorb(joined, other);
    m_sessions.grow(joined, window);
    return joined;
}

/// `session` takes over `other`. The aggregates follow when all rows of the batch are in theirs.
void SessionOperator::absorb(std::uint32_t session, std::uint32_t other) {
    if (m_changes) m_changes->willGo(other);
    const Window taken = m_sessions.at(other).window;
    m_sessions.remove(other);
    m_sessions.grow(session, taken);
    m_mergedFrom.push_back(other);
    m_mergedInto.push_back(session);
}

void SessionOperator::noteChange(std::uint32_t session) {
    if (m_shown[session].changed) return;
    m_shown[session].changed = true;
    m_changed.push_back(session);
}

}  // namespace rw
