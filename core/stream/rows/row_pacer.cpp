#include "core/stream/rows/row_pacer.h"

#include <algorithm>
#include <cmath>

namespace rw {

namespace {
constexpr double kPieceMillis = 10;
constexpr double kFarthest = 9e15;  // milliseconds; a later time will not be seen

std::int64_t wholeMillis(double time) {
    return static_cast<std::int64_t>(std::ceil(std::min(time, kFarthest)));
}
}  // namespace

RowPacer::RowPacer(const Pace& pace)
    : m_rows(pace.rate > 0 ? pace.rate : 1),
      m_span(pace.rate > 0 ? 1'000 : static_cast<double>(std::max<Millis>(pace.every, 0))),
      m_perRow(m_span / m_rows),
      m_speed(std::max(pace.replaySpeed, 0.0)),
      m_madeUp(static_cast<double>(pace.madeUp)) {}

void RowPacer::begin(std::int64_t now) {
    if (m_running) return;
    m_running = true;
    m_started = static_cast<double>(now);
}

void RowPacer::start(std::int64_t now) {
    begin(now);
    m_next = 1;
}

std::int64_t RowPacer::due(std::int64_t now, std::optional<Instant> eventTime) {
    if (unpaced()) return now;
    begin(now);
    const auto steady = static_cast<double>(now);
    if (!byEventTime()) {
        const double late = steady - m_started - after(m_next);
        if (late > m_madeUp) m_next += std::floor((late - m_madeUp) / m_perRow);
        return wholeMillis(m_started + after(m_next));
    }
    double sinceFirst = after(m_next);
    if (m_first) {  // a row without a time comes with those before it
        const Instant largest = std::max(eventTime.value_or(*m_largest), *m_largest);
        sinceFirst = std::max(sinceFirst, static_cast<double>(largest - *m_first) / m_speed);
    }
    m_started = std::max(m_started, steady - sinceFirst - m_madeUp);
    return wholeMillis(m_started + sinceFirst);
}

void RowPacer::sent(std::optional<Instant> eventTime) {
    ++m_next;
    if (!eventTime) return;
    if (!m_first) m_first = m_largest = eventTime;
    m_largest = std::max(m_largest, eventTime);
}

std::uint64_t RowPacer::acquire(std::int64_t now, std::uint64_t most, std::int64_t& until) {
    if (m_perRow <= 0) return most;
    begin(now);
    const double elapsed = static_cast<double>(now) - m_started;
    double waiting = std::floor(elapsed * m_rows / m_span) + 1 - m_next;
    const double madeUp = std::max(std::floor(m_madeUp * m_rows / m_span), 1.0);
    if (waiting > madeUp) {
        m_next += waiting - madeUp;
        waiting = madeUp;
    }
    const auto limit = static_cast<double>(most);
    const double piece = std::clamp(kPieceMillis / m_perRow, 1.0, limit);
    if (waiting < std::floor(piece)) {
        until = std::max(now + 1, wholeMillis(m_started + after(m_next + std::floor(piece) - 1)));
        return 0;
    }
    const double rows = std::min({waiting, std::floor(2 * piece), limit});
    m_next += rows;
    return static_cast<std::uint64_t>(rows);
}

}  // namespace rw
