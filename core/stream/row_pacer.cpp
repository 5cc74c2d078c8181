#include "core/stream/row_pacer.h"

#include <algorithm>
#include <cmath>

namespace rw {

std::int64_t RowPacer::due(std::optional<Instant> eventTime, std::int64_t now) {
    constexpr double kMadeUp = 1'000;   // milliseconds
    constexpr double kFarthest = 9e15;  // milliseconds; what is due later will not be seen
    if (unpaced()) return now;
    if (!m_running) {
        m_running = true;
        m_started = static_cast<double>(now);
    }
    double after = 0;  // milliseconds since the first row
    if (m_rate > 0) after = static_cast<double>(m_rows) * 1'000 / m_rate;
    if (m_speed > 0 && eventTime && m_first) {
        const Instant largest = std::max(*eventTime, *m_largest);
        after = std::max(after, static_cast<double>(largest - *m_first) / m_speed);
    }
    m_started = std::max(m_started, static_cast<double>(now) - after - kMadeUp);
    return static_cast<std::int64_t>(std::ceil(std::min(m_started + after, kFarthest)));
}

void RowPacer::sent(std::optional<Instant> eventTime) {
    ++m_rows;
    if (!eventTime) return;
    if (!m_first) m_first = m_largest = eventTime;
    m_largest = std::max(m_largest, eventTime);
}

}  // namespace rw
