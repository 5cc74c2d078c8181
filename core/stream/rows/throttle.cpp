#include "core/stream/rows/throttle.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/window_assigner.h"

namespace rw {

Throttle::Throttle(double rate, const StreamType& input, const MakeContext& context)
    : m_input(input),
      m_wanted(context.wanted),
      m_batchRows(context.batchRows),
      m_clock(context.clock),
      m_stopping(context.stopping),
      m_pacer(Pace{.rate = rate}) {}

Status Throttle::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    hold(batch);
    m_held.back().watermark = kMinTimestamp;  // that of the node comes behind it, if it rises
    return m_until == 0 ? resume(out) : Status();
}

Status Throttle::onWatermark(Instant watermark, Output& out) {
    if (m_held.empty()) return Operator::onWatermark(watermark, out);
    m_held.back().watermark = watermark;
    return {};
}

void Throttle::onPartition(WireNumber wire, Instant raise, Output& out) {
    if (m_held.empty()) return out.passAdvance(wire, raise);
    Batch mark;
    mark.control = Control::WatermarkAdvance;
    mark.wire = wire;
    mark.raise = raise;
    hold(std::move(mark));
}

void Throttle::hold(Batch batch) {
    m_size.bytes += batch.memoryBytes();
    m_size.keys += batch.rows;
    m_held.push_back(std::move(batch));
}

Status Throttle::resume(Output& out) {
    m_until = 0;
    for (CallBudget budget(m_batchRows); !m_held.empty() && !budget.spent();) {
        if (!goOn(budget, out)) break;
    }
    if (hasMore() || m_passed == kMinTimestamp) return {};
    return Operator::onWatermark(std::exchange(m_passed, kMinTimestamp), out);
}

bool Throttle::goOn(CallBudget& budget, Output& out) {
    const Batch& first = m_held.front();
    if (first.control == Control::WatermarkAdvance) {
        budget.spend(1);
        out.passAdvance(first.wire, first.raise);
    } else {
        const std::size_t rows = admit(first.rows - m_sent, std::min(budget.left(), m_batchRows));
        if (rows == 0) return false;
        budget.spend(rows);
        out.emit(0, first.slice(m_sent, rows));
        m_sent += rows;
    }
    if (m_sent < first.rows) return true;
    m_passed = std::max(m_passed, first.watermark);
    m_size.bytes -= first.memoryBytes();
    m_size.keys -= first.rows;
    m_held.pop_front();
    m_sent = 0;
    return true;
}

std::size_t Throttle::admit(std::size_t left, std::size_t most) {
    most = std::min(left, most);
    if (m_stopping()) return withPartner(most);
    for (;;) {
        const std::uint64_t due = m_pacer.acquire(m_clock->steadyMillis(), most + m_ahead, m_until);
        if (due == 0) return 0;
        const std::uint64_t gone = std::min(due, m_ahead);
        m_ahead -= gone;
        if (due == gone) continue;
        const auto rows = static_cast<std::size_t>(due - gone);
        const std::size_t all = withPartner(rows);
        m_ahead += all - rows;
        return all;
    }
}

/// Without it, whoever looks meanwhile would find no such row.
std::size_t Throttle::withPartner(std::size_t rows) const {
    const Batch& batch = m_held.front();
    const std::size_t next = m_sent + rows;
    const bool parts = next < batch.rows && batch.kind(next - 1) == RowKind::UpdateBefore &&
                       batch.kind(next) == RowKind::UpdateAfter;
    return parts ? rows + 1 : rows;
}

std::int64_t Throttle::wakesAt() const {
    if (m_held.empty() || m_until == 0) return kNever;
    return m_stopping() ? 0 : m_until;
}

Status Throttle::snapshot(StateWriter& out) const {
    for (std::size_t i = 0; i < m_held.size(); ++i) {
        const Batch& held = m_held[i];
        const std::size_t sent = i == 0 ? m_sent : 0;
        out.record("held", 1, [&](StateWriter& record) {
            if (held.control == Control::WatermarkAdvance) {
                record.i64("wire", held.wire);
                record.i64("raise", held.raise);
                record.i64("watermark", held.watermark);
            } else {
                record.batch("rows", held.slice(sent, held.rows - sent));
                record.i64("arrived", held.arrived);  // what a replay looks rows up by
            }
        });
    }
    return {};
}

Status Throttle::restore(const StateReader& state, const KeyGroups&) {
    RW_TRY_ASSIGN(const std::vector<StateReader> held, state.records("held"));
    for (const StateReader& record : held) {
        RW_TRY_ASSIGN(Batch one, restored(record));
        hold(std::move(one));
    }
    return {};
}

Result<Batch> Throttle::restored(const StateReader& record) const {
    if (record.has("raise")) {
        Batch mark;
        mark.control = Control::WatermarkAdvance;
        RW_TRY_ASSIGN(mark.wire, record.i64("wire"));
        RW_TRY_ASSIGN(mark.raise, record.i64("raise"));
        RW_TRY_ASSIGN(mark.watermark, record.i64("watermark"));
        if (mark.wire < 0 || mark.wire > WindowAssigner::kFarthest)
            return brokenState("a partition between rows that wait for their time");
        return mark;
    }
    RW_TRY_ASSIGN(Batch rows, record.batch("rows"));
    fitColumns(rows, m_input.schema);
    RW_TRY(check(rows));
    RW_TRY_ASSIGN(rows.arrived, record.i64("arrived", kMinTimestamp));
    rows.schema = m_input.schema;
    return rows;
}

Status Throttle::check(const Batch& held) const {
    if (held.rows == 0 || (held.kinds && !m_input.updating))
        return brokenState("rows that wait for their time");
    if (held.wire < 0 || held.wire > WindowAssigner::kFarthest ||
        held.positions.first > WindowAssigner::kFarthest)
        return brokenState("the origin of rows that wait for their time");
    for (std::size_t i = 0; i < held.columns.size(); ++i) {
        const bool wanted = static_cast<int>(i) == m_input.eventTime || (i < m_wanted.size() && m_wanted[i]);
        if (wanted && !held.columns[i]) return brokenState("columns of rows that wait for their time");
    }
    return {};
}

Operator::StateSize Throttle::stateSize() const {
    return {m_size.bytes, m_size.keys - m_sent};
}

}  // namespace rw
