#include "core/connect/tables/reconnection.h"

#include <algorithm>

namespace rw {

namespace {
constexpr Millis kFirstPause = 250, kLongestPause = 5'000;
}  // namespace

Status Reconnection::failed(const Status& why, ReadOutput& out) {
    if (why.error().code != ErrorCode::Io) return why;
    const std::int64_t now = m_clock->steadyMillis();
    if (m_since < 0) {
        m_since = now;
        m_pause = kFirstPause;
    }
    if (m_giveUpAfter && now - m_since >= *m_giveUpAfter) return why;
    m_tryAt = now + m_pause;
    m_pause = std::min(2 * m_pause, kLongestPause);
    out.tell(PartitionState::Disconnected, why.error().message);
    return {};
}

void Reconnection::answers(ReadOutput& out) {
    if (m_since < 0) return;
    m_since = -1;
    out.tell(PartitionState::Live);
}

}  // namespace rw
