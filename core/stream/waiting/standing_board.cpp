#include "core/stream/waiting/standing_board.h"

#include <utility>

namespace rw {

void StandingBoard::reached() {
    if (m_reached) return;
    const std::lock_guard lock(m_mutex);
    m_standing = {};
    m_reached = true;
}

void StandingBoard::away(Text why, Millis pause) {
    const Instant next = systemClock()->now() + pause;
    const std::lock_guard lock(m_mutex);
    m_standing = {PartitionState::Disconnected, std::move(why), next};
    m_reached = false;
}

void StandingBoard::blocked(Text why) {
    const std::lock_guard lock(m_mutex);
    m_standing = {PartitionState::Blocked, std::move(why), 0};
    m_reached = false;
}

SinkStanding StandingBoard::now() const {
    const std::lock_guard lock(m_mutex);
    return m_standing;
}

}  // namespace rw
