#include "core/stream/joins/temporal_join.h"

#include <algorithm>
#include <utility>

#include "core/stream/call_budget.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {
constexpr std::string_view kHeldPassed = "held_passed";  // of a state by change
}

TemporalJoin::TemporalJoin(TemporalJoinPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_batchRows(context.batchRows),
      m_rest(m_plan->rest, context),
      m_versions(m_plan->right, m_plan->rightKeys, m_plan->looksAt[kTemporalRight]),
      m_held(HeldUntil::EventTime, m_plan->left.eventTime, m_batchRows),
      m_lateLeft(lateStream(m_plan->left, false).schema, kTemporalLateLeft),
      m_lateRight(lateStream(m_plan->right, false).schema, kTemporalLateRight),
      m_disorder(context) {}

Status TemporalJoin::onBatch(int port, const Batch& batch, Output& out) {
    const bool left = port == kTemporalLeft;
    LateRows& late = left ? m_lateLeft : m_lateRight;
    const int eventTime = left ? m_plan->left.eventTime : m_plan->right.eventTime;
    if (m_disorder.on()) m_disorder.addTimes(port, batch, eventTime, 0);
    late.addPassed(batch, eventTime, m_inTime);
    late.emit(batch, out);
    if (left) return takeLeft(batch, out);
    m_versions.add(batch, m_inTime);
    return {};
}

/// Rows that need not wait are joined at once: when the right input has ended, all of them.
Status TemporalJoin::takeLeft(const Batch& batch, Output& out) {
    const std::span<const Instant> times = batch.column(m_plan->left.eventTime).values<Instant>();
    m_ready.clear();
    m_waiting.clear();
    for (const std::uint32_t row : m_inTime)
        (times[row] <= m_rightWatermark ? m_ready : m_waiting).push_back(row);
    m_held.hold(batch, m_waiting);
    const std::span<const std::uint32_t> ready = m_ready;
    for (std::size_t from = 0; from < ready.size(); from += m_batchRows) {
        const auto some = ready.subspan(from, std::min(m_batchRows, ready.size() - from));
        RW_TRY(join(some.size() == batch.rows ? batch : batch.select(some), out));
    }
    return {};
}

Status TemporalJoin::onPortWatermark(int port, Instant watermark, Output& out) {
    if (port != kTemporalRight) return {};
    m_rightWatermark = watermark;
    return resume(out);
}

Status TemporalJoin::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    return resume(out);
}

bool TemporalJoin::hasMore() const {
    return m_held.due(m_rightWatermark) || m_versions.due(m_watermark);
}

Status TemporalJoin::resume(Output& out) {
    CallBudget budget(m_batchRows);
    while (m_held.due(m_rightWatermark)) {
        if (budget.spent()) return {};
        const Batch due = m_held.release(m_rightWatermark, m_batchRows).gathered();
        budget.spend(due.rows);
        RW_TRY(join(due, out));
    }
    m_versions.drop(m_watermark, budget);
    // After a restart the watermark sent before is not known at first.
    if (hasMore() || m_watermark == kMinTimestamp) return {};
    out.watermark(kTemporalOut, saturatingAdd(m_watermark, -1));
    out.watermark(kTemporalLateLeft, m_watermark);
    out.watermark(kTemporalLateRight, m_watermark);
    return {};
}

/// Emits the pairs of the rows of `left`, none of which waits any longer.
Status TemporalJoin::join(const Batch& left, Output& out) {
    m_versions.find(left, m_plan->leftKeys, m_plan->left.eventTime, m_found);
    if (m_rest.hasCondition()) RW_TRY(checkPairs(left, out));
    m_rows.clear();
    for (std::uint32_t row = 0; row < left.rows; ++row) {
        const RowSlot found = m_found[row];
        m_hasPair = m_hasPair || (found != kFailed && found != kNoRow);
        if (found != kFailed && (found != kNoRow || m_plan->keepsLeft)) m_rows.push_back(row);
    }
    if (!m_rows.empty()) out.emit(kTemporalOut, paired(left, m_rows));
    return {};
}

/// Takes versions away from rows with which they do not meet the condition. An older version that would meet
/// it is no longer valid, and not looked for.
Status TemporalJoin::checkPairs(const Batch& left, Output& out) {
    m_rows.clear();
    for (std::uint32_t row = 0; row < left.rows; ++row) {
        if (m_found[row] != kNoRow) m_rows.push_back(row);
    }
    if (m_rows.empty()) return {};
    const Batch pairs = paired(left, m_rows);
    m_rest.evaluate(pairs);
    RW_TRY(m_rest.reject(pairs, out));
    std::vector<RowSlot> found(left.rows, kNoRow);
    for (const std::uint32_t pair : m_rest.holds()) found[m_rows[pair]] = m_found[m_rows[pair]];
    for (const sql::RowError& failure : m_rest.failed()) found[m_rows[failure.row]] = kFailed;
    m_found.swap(found);
    return {};
}

/// Rows `rows` of `left` with the versions in m_found.
Batch TemporalJoin::paired(const Batch& left, std::span<const std::uint32_t> rows) const {
    Batch pairs;
    pairs.schema = m_plan->joined;
    pairs.rows = rows.size();
    pairs.columns = rows.size() == left.rows ? left.columns : left.select(rows).columns;
    std::vector<RowSlot> versions;
    versions.reserve(rows.size());
    for (const std::uint32_t row : rows) versions.push_back(m_found[row]);
    for (ColumnRef& column : m_versions.gather(versions)) pairs.columns.push_back(std::move(column));
    return pairs;
}

Status TemporalJoin::snapshot(StateWriter& out) const {
    m_versions.snapshot(out);
    writeHeld(m_held, heldShape(), out);
    return {};
}

void TemporalJoin::writeRest(StateWriter& out) const {
    m_versions.writeRest(m_watermark, out);
    out.i64(kHeldPassed, m_rightWatermark);
}

void TemporalJoin::freeze(bool whole) {
    m_versions.freeze(whole);
    m_held.freeze(whole, m_rightWatermark);
}

bool TemporalJoin::writePiece(StateWriter& out) {
    if (!m_versions.anyFrozen()) return writeHeldPiece(m_held, heldShape(), out);
    m_versions.writePiece(out);
    return m_versions.anyFrozen() || m_held.anyFrozen();
}

Status TemporalJoin::restore(const StateReader& state, const KeyGroups& own) {
    m_hasPair = true;
    RW_TRY(m_versions.restore(state, own));
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, heldShape(), own));
    // Among the changes since the whole was written are rows that were joined later. They are those that the
    // right watermark had reached at the barrier: all others still waited for it.
    RW_TRY_ASSIGN(const Instant passed, state.i64(kHeldPassed, kMinTimestamp));
    for (const Batch& batch : held) m_held.hold(batch, m_held.waitingFor(batch, passed));
    return {};
}

HeldShape TemporalJoin::heldShape() const {
    return {m_plan->left.schema, m_plan->leftKeys, m_plan->looksAt[kTemporalLeft], false};
}

Operator::StateSize TemporalJoin::stateSize() const {
    return {m_versions.memoryBytes() + m_held.memoryBytes(), m_versions.keys()};
}

}  // namespace rw
