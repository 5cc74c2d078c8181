#include "core/stream/state_ttl.h"

#include <algorithm>

namespace rw {

StateTtl::StateTtl(Millis ttl, const MakeContext& context)
    : m_ttl(ttl),
      m_inputs(context.inputs),
      m_timed(std::all_of(m_inputs.begin(), m_inputs.end(),
                          [](const InputInfo& input) { return input.type.eventTime >= 0; })),
      m_clock(context.clock) {}

void StateTtl::take(int port, const Batch& batch) {
    if (!on()) return;
    takeTimes(port, batch);
    m_stamps = batch.stamps;
    m_moments = nullptr;
    m_read = std::max(m_read, batch.arrived);
    m_arrived = now();
}

void StateTtl::takeWaited(int port, const Batch& batch) {
    if (!on()) return;
    takeTimes(port, batch);
    m_moments = batch.stamps;
}

void StateTtl::takeTimes(int port, const Batch& batch) {
    const int eventTime = m_inputs[static_cast<std::size_t>(port)].type.eventTime;
    if (m_timed && batch.rows > 0) m_times = batch.column(eventTime).values<Instant>();
}

Instant StateTtl::timeOf(std::uint32_t row) const {
    return m_timed ? m_times[row] : momentOf(row);
}

/// A key is dropped by the watermark, so that no row finds it that comes behind this one, whatever its stamp.
Instant StateTtl::momentOf(std::uint32_t row) const {
    if (m_moments) return (*m_moments)[row];
    if (!m_timed) return m_arrived;
    return m_stamps ? std::max((*m_stamps)[row], m_watermark) : m_watermark;
}

bool StateTtl::ended(Instant newest, std::uint32_t row) const {
    return on() && endedBy(newest, momentOf(row));
}

bool StateTtl::over(Instant newest) const {
    return on() && now() >= saturatingAdd(newest, m_ttl);
}

Instant StateTtl::now() const {
    if (m_timed) return m_watermark;
    return m_read == kMinTimestamp ? m_clock->now() : m_read;
}

}  // namespace rw
