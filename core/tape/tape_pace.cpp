#include "core/tape/tape_pace.h"

#include <algorithm>
#include <cmath>

namespace rw {

namespace {

constexpr Millis kStoodStill = 500;  // who is so much too late was not late, but kept
// A source that waits asks so often, for it may be let go, or told to be faster.
constexpr Millis kHeldLook = 50, kLook = 200;

/// As double: it tells milliseconds apart in a tape of many years.
Millis slowed(Millis at, double speed) {
    return static_cast<Millis>(std::llround(static_cast<double>(at) / speed));
}

}  // namespace

void TapePace::holdAt(Millis at) {
    const std::lock_guard lock(m_mutex);
    m_hold = at;
}

void TapePace::goOn(double speed) {
    const std::lock_guard lock(m_mutex);
    m_hold.reset();
    m_speed = speed;
    m_start.reset();
    m_waits.clear();
}

std::int64_t TapePace::due(std::size_t source, Millis at, std::int64_t now) {
    const std::lock_guard lock(m_mutex);
    if (m_hold && at > *m_hold) return now + kHeldLook;
    if (m_speed <= 0) return now;
    passStandstill(now);
    m_waits.erase(source);
    if (!m_start) {
        m_start = now;
        m_from = at;
    }
    const std::int64_t moment = *m_start + slowed(at - m_from, m_speed);
    if (moment > now) m_waits[source] = moment;
    return std::min(moment, now + kLook);
}

void TapePace::passStandstill(std::int64_t now) {
    if (m_waits.empty()) return;
    const auto first = std::min_element(m_waits.begin(), m_waits.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    const Millis late = now - first->second;
    if (late <= kStoodStill) return;
    *m_start += late;
    for (auto& [source, moment] : m_waits) moment += late;
}

}  // namespace rw
