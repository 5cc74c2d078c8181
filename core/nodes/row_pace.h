// The pace of a source: how many rows are due by now.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace rw {

/// Hands out row numbers evenly at `rate` rows a second, in pieces that last about 10 ms. What could not be
/// handed out in time (a pause, a slow sink) is made up for up to a second's worth.
class RowPace {
 public:
    RowPace(double rate, std::uint64_t maxPiece) : m_rate(rate), m_maxPiece(maxPiece) {}

    void start(std::int64_t steadyMillis) { m_start = steadyMillis; }

    /// Rows to hand out now, at most `most` (from 1 on); 0: ask again at `until`.
    std::uint64_t take(std::int64_t steadyMillis, std::uint64_t most, std::int64_t& until) {
        if (m_rate <= 0) return std::min(m_maxPiece, most);
        const double elapsed = static_cast<double>(steadyMillis - m_start) / 1000;
        double due = std::floor(elapsed * m_rate) - m_given;
        if (due > std::max(m_rate, 1.0)) {
            m_given += due - std::max(m_rate, 1.0);
            due = std::max(m_rate, 1.0);
        }
        const double limit = static_cast<double>(std::min(m_maxPiece, most));
        const double piece = std::clamp(m_rate * kPieceSeconds, 1.0, limit);
        if (due < std::floor(piece)) {
            const double at = std::min((m_given + std::floor(piece)) / m_rate * 1000, kFarthest);
            until = std::max(steadyMillis + 1, m_start + static_cast<std::int64_t>(std::ceil(at)));
            return 0;
        }
        const double rows = std::min({due, std::floor(2 * piece), std::max(limit, 1.0)});
        m_given += rows;
        return static_cast<std::uint64_t>(rows);
    }

 private:
    static constexpr double kPieceSeconds = 0.01;
    static constexpr double kFarthest = 9e15;  ///< milliseconds; what is due later will not be seen
    double m_rate;
    std::uint64_t m_maxPiece;
    std::int64_t m_start = 0;
    double m_given = 0;  ///< rows handed out, or given up
};

}  // namespace rw
