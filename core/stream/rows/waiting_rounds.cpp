#include "core/stream/rows/waiting_rounds.h"

#include <algorithm>
#include <utility>

namespace rw {

WaitingRounds::WaitingRounds(HeldShape shape, ColumnSet kept, std::uint64_t bytes, const MakeContext& context)
    : m_shape(std::move(shape)),
      m_kept(std::move(kept)),
      m_bytes(bytes),
      m_batchRows(context.batchRows),
      m_clock(context.clock),
      m_stopping(context.stopping) {}

WaitingRows& WaitingRounds::rows() {
    if (!m_rows) m_rows = std::make_unique<WaitingRows>(m_shape, m_kept, m_bytes, m_batchRows);
    return *m_rows;
}

void WaitingRounds::add(const Batch& batch, std::span<const Column* const> keys,
                        std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> some,
                        std::span<const Instant> moments) {
    rows().add(batch, keys, hashes, some, moments, m_clock->steadyMillis());
}

std::int64_t WaitingRounds::wakesAt() const {
    if (m_isTaking) return m_goesOnAt;
    if (!any()) return Operator::kNever;
    return m_stopping() ? 0 : m_rows->dueAt();
}

void WaitingRounds::beginIfDue(Instant reached) {
    if (m_isTaking || !any()) return;
    // A run that is stopped has no second left.
    const bool atOnce = m_takesAll || m_stopping();
    if (!atOnce && !m_rows->due(m_clock->steadyMillis())) return;
    m_rows->close();
    m_isTaking = true;
    m_closedAt = m_watermark;
    m_closedMoment = reached;
}

bool WaitingRounds::next(Instant reached, int ports, Output& out) {
    if (m_isTaking && !m_rows->hasMore()) {
        m_isTaking = false;
        m_takenUpTo = m_closedAt;
        m_takenMoment = m_closedMoment;
        passWatermark(ports, out);
        m_takesAll = m_takesAll && any();  // some have come meanwhile
    }
    beginIfDue(reached);
    if (!m_isTaking) m_takesAll = false;
    return m_isTaking;
}

void WaitingRounds::setWatermark(Instant watermark) {
    m_watermark = std::max(m_watermark, watermark);
    m_forward = watermark;
    if (watermark == kMaxTimestamp) takeAll();
}

/// As far as no row waits that came before it.
void WaitingRounds::passWatermark(int ports, Output& out) {
    if (!m_forward) return;
    const Instant upTo = any() ? std::min(*m_forward, m_takenUpTo) : *m_forward;
    if (upTo == *m_forward) m_forward.reset();
    if (upTo <= m_passed) return;
    m_passed = upTo;
    for (int port = 0; port < ports; ++port) out.watermark(port, upTo);
}

Status WaitingRounds::restore(const StateReader& state, const KeyGroups& own) {
    if (!state.has(kHeldRecords)) return {};
    RW_TRY(rows().restore(state, own, m_clock->steadyMillis()));
    takeAll();
    return {};
}

}  // namespace rw
