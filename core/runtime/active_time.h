// The steady time of a run, which stands still while it is paused.
#pragma once
#include <cstdint>
#include <mutex>

namespace rw {

/// Steady milliseconds. Any thread.
class ActiveTime {
 public:
    void pause(std::int64_t now) {
        const std::lock_guard hold(m_mutex);
        if (m_since < 0) m_since = now;
    }
    void goOn(std::int64_t now) {
        const std::lock_guard hold(m_mutex);
        if (m_since >= 0) m_paused += now - m_since;
        m_since = -1;
    }
    std::int64_t at(std::int64_t now) const {
        const std::lock_guard hold(m_mutex);
        return (m_since >= 0 ? m_since : now) - m_paused;
    }

 private:
    mutable std::mutex m_mutex;  ///< guards the members below
    std::int64_t m_since = -1;   ///< of the pause; -1: the run is not paused
    std::int64_t m_paused = 0;   ///< in pauses that are over
};

}  // namespace rw
