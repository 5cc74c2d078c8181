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
    m_stamps = batch.stamps;
    m_read = std::max(m_read, batch.arrived);
    m_arrived = now();
    const int eventTime = m_inputs[static_cast<std::size_t>(port)].type.eventTime;
    if (m_timed && batch.rows > 0) m_times = batch.column(eventTime).values<Instant>();
}

Instant StateTtl::timeOf(std::uint32_t row) const {
    return m_timed ? m_times[row] : m_arrived;
}

bool StateTtl::ended(Instant newest, std::uint32_t row) const {
    if (!on()) return false;
    const Instant end = saturatingAdd(newest, m_ttl);
    if (!m_timed) return m_arrived >= end;
    return (m_stamps ? (*m_stamps)[row] : m_watermark) >= end;
}

bool StateTtl::over(Instant newest) const {
    return on() && now() >= saturatingAdd(newest, m_ttl);
}

Instant StateTtl::now() const {
    if (m_timed) return m_watermark;
    return m_read == kMinTimestamp ? m_clock->now() : m_read;
}

}  // namespace rw
