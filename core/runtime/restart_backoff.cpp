#include "core/runtime/restart_backoff.h"

#include <algorithm>
#include <limits>

#include "core/base/random.h"

namespace rw {

std::optional<Millis> RestartBackoff::failed(std::int64_t now) {
    if (m_strategy.kind == RestartStrategy::Kind::None) return std::nullopt;
    const bool exponential = m_strategy.kind == RestartStrategy::Kind::Exponential;
    const bool calm =
        exponential && m_attempt > 0 && now - m_failedAt >= saturatingAdd(m_strategy.calm, m_pause);
    if (calm) m_attempt = 0;
    m_failedAt = now;
    if (m_attempt < std::numeric_limits<int>::max()) ++m_attempt;
    if (m_strategy.tries > 0 && m_attempt > m_strategy.tries) return std::nullopt;
    if (!exponential) return m_strategy.first;
    // Without end the exponent would overflow long before the attempts do.
    m_pause = m_attempt == 1 ? m_strategy.first
                             : std::min(m_strategy.longest, m_pause * RestartStrategy::kMultiplier);
    return jittered(m_pause);
}

/// Programs that failed together are not to come back together; bounds hold.
Millis RestartBackoff::jittered(Millis pause) {
    const auto most = static_cast<Millis>(static_cast<double>(pause) * RestartStrategy::kJitter);
    const auto faces = static_cast<std::uint64_t>(2 * most + 1);
    const Millis offset = static_cast<Millis>(splitMix64(m_seed, m_dice++) % faces) - most;
    return std::clamp(pause + offset, m_strategy.first, m_strategy.longest);
}

}  // namespace rw
