#include "core/tape/tape_pace.h"

#include <algorithm>
#include <cmath>

namespace rw {

namespace {

// A source that waits asks so often, for it may be let go, or told to be faster.
constexpr Millis kHeldLook = 50, kLook = 200, kStillLook = 2;
constexpr Millis kStoodStill = 500;  // without a request for so long: the run was paused, or held up

constexpr double kLongest = 9e18;  // milliseconds; llround() has no answer for much more

/// As double: it tells milliseconds apart in a tape of many years, and nothing is too large for it.
Millis slowed(Millis at, Millis from, double speed) {
    const double millis = (static_cast<double>(at) - static_cast<double>(from)) / speed;
    return static_cast<Millis>(std::llround(std::clamp(millis, -kLongest, kLongest)));
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
}

void TapePace::begins(std::size_t source) {
    const std::lock_guard lock(m_mutex);
    m_asked[source] = std::nullopt;
}

void TapePace::ends(std::size_t source) {
    const std::lock_guard lock(m_mutex);
    m_asked.erase(source);
}

bool TapePace::isHeld() const {
    const std::lock_guard lock(m_mutex);
    return m_hold && !m_asked.empty() && std::all_of(m_asked.begin(), m_asked.end(), [this](const auto& one) {
               return one.second && *one.second > *m_hold;
           });
}

std::int64_t TapePace::due(Millis at, std::int64_t now, std::size_t source) {
    const std::lock_guard lock(m_mutex);
    if (const auto asks = m_asked.find(source); asks != m_asked.end()) asks->second = at;
    if (m_still) return now + kStillLook;
    if (m_hold && at > *m_hold) return now + kHeldLook;
    const std::int64_t due = paced(at, now);
    if (due <= now) m_given = std::max(m_given.value_or(at), at);
    return due;
}

std::int64_t TapePace::paced(Millis at, std::int64_t now) {
    if (m_speed <= 0) return now;
    if (!m_start) {
        m_start = now;
        m_from = at;
    } else if (now - m_askedAt > kStoodStill) {
        *m_start += now - m_askedAt;
    }
    m_askedAt = now;
    return std::min(saturatingAdd(*m_start, slowed(at, m_from, m_speed)), now + kLook);
}

void TapePace::beginAt(Millis at) {
    const std::lock_guard lock(m_mutex);
    m_given = at;
}

std::optional<Millis> TapePace::given() const {
    const std::lock_guard lock(m_mutex);
    return m_given;
}

void TapePace::stopped() {
    const std::lock_guard lock(m_mutex);
    m_sawStop = true;
}

bool TapePace::sawStop() const {
    const std::lock_guard lock(m_mutex);
    return m_sawStop;
}

void TapePace::standStill() {
    const std::lock_guard lock(m_mutex);
    m_still = true;
}

void TapePace::endStill() {
    const std::lock_guard lock(m_mutex);
    m_still = false;
}

}  // namespace rw
