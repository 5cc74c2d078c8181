#include "core/stream/rows/throttle.h"

#include <algorithm>
#include <utility>

namespace rw {

Throttle::Throttle(double rate, const StreamType& input, const MakeContext& context)
    : m_batchRows(context.batchRows),
      m_clock(context.clock),
      m_stopping(context.stopping),
      m_pacer(Pace{.rate = rate}),
      m_held(input, context.wanted) {}

Status Throttle::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    m_held.hold(batch);
    m_held.follow(kMinTimestamp);  // that of the node comes behind it, if it rises
    return m_until == 0 ? resume(out) : Status();
}

Status Throttle::onWatermark(Instant watermark, Output& out) {
    if (m_held.empty()) return Operator::onWatermark(watermark, out);
    m_held.follow(watermark);
    return {};
}

void Throttle::onPartition(WireNumber wire, Instant advancedTo, Output& out) {
    if (m_held.empty()) return out.passAdvance(wire, advancedTo);
    m_held.holdMark(wire, advancedTo);
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
    if (HeldBatches::isMark(first)) {
        budget.spend(1);
        out.passAdvance(first.wire, first.advancedTo);
    } else {
        const std::size_t rows = admit(m_held.left(), std::min(budget.left(), m_batchRows));
        if (rows == 0) return false;
        budget.spend(rows);
        out.emit(0, first.slice(m_held.sent(), rows));
        m_held.send(rows);
    }
    if (m_held.left() > 0) return true;
    m_passed = std::max(m_passed, m_held.pop());
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

/// Without it, a look in between would find no such row.
std::size_t Throttle::withPartner(std::size_t rows) const {
    const Batch& batch = m_held.front();
    const std::size_t next = m_held.sent() + rows;
    const bool parts = next < batch.rows && batch.kind(next - 1) == RowKind::UpdateBefore &&
                       batch.kind(next) == RowKind::UpdateAfter;
    return parts ? rows + 1 : rows;
}

std::int64_t Throttle::wakesAt() const {
    if (m_held.empty() || m_until == 0) return kNever;
    return m_stopping() ? 0 : m_until;
}

Status Throttle::snapshot(StateWriter& out) const {
    m_held.snapshot(out);
    return {};
}

Status Throttle::restore(const StateReader& state, const KeyGroups&) {
    return m_held.restore(state);
}

}  // namespace rw
