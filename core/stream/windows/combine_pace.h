// Whether adding up rows before they are sent pays.
#pragma once
#include <algorithm>
#include <cstddef>

namespace rw {

/// Rows of which hardly two are added up cost less as rows. After batches of such it is left for some, then
/// tried again, and left for longer while that shows the same. Goes by numbers of batches, never by time.
class CombinePace {
 public:
    static constexpr std::size_t kFirstPause = 16, kLongestPause = 1024;  ///< batches

    /// Whether the next batch is to be added up.
    bool isTurn() {
        if (m_pause == 0) return true;
        --m_pause;
        return false;
    }
    /// Of `rows` rows partial sums were made that cost as much to send as `sums` rows. Older batches count half as
    /// with each one: the few rows at the end of a piece say little.
    void combined(std::size_t rows, std::size_t sums) {
        m_rows = m_rows / 2 + rows;
        m_sums = m_sums / 2 + sums;
        if (2 * m_sums <= m_rows) {
            m_nextPause = kFirstPause;
            return;
        }
        m_rows = m_sums = 0;
        m_pause = m_nextPause;
        m_nextPause = std::min(2 * m_nextPause, kLongestPause);
    }

 private:
    std::size_t m_rows = 0, m_sums = 0;
    std::size_t m_pause = 0;  ///< batches that are still left as they are
    std::size_t m_nextPause = kFirstPause;
};

}  // namespace rw
