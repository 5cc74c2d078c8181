// How long a run that failed waits before it is tried again, and when it is given up.
#pragma once
#include <cstdint>
#include <optional>

#include "core/pipeline/restart_strategy.h"

namespace rw {

/// As Flink's strategies of the same names do. Single-threaded; a function of its strategy, its seed and the
/// times that it is told.
class RestartBackoff {
 public:
    RestartBackoff(const RestartStrategy& strategy, std::uint64_t seed)
        : m_strategy(strategy), m_seed(seed) {}

    /// The run has failed at `now` (steady milliseconds). How long to wait; nothing: it is given up.
    std::optional<Millis> failed(std::int64_t now);
    /// The try that failed() has spoken of last, from 1: since the run was calm, of a fixed delay since it
    /// began. Beyond the number of attempts where it was given up.
    int attempt() const { return m_attempt; }

 private:
    Millis jittered(Millis pause);

    const RestartStrategy m_strategy;
    const std::uint64_t m_seed;
    std::uint64_t m_dice = 0;
    int m_attempt = 0;
    Millis m_pause = 0;
    std::int64_t m_failedAt = 0;
};

}  // namespace rw
