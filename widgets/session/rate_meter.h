// Rows per second from a counter that is looked at now and then: over the last second, or longer when few
// rows come.
#pragma once
#include <cstdint>
#include <deque>
#include <vector>

namespace rw::ui {

class RateMeter {
 public:
    /// The counter stood at `rows` at `millis` (rising).
    void add(std::int64_t millis, std::uint64_t rows);
    double perSecond() const { return m_rate; }
    /// Two looks at the least were taken: before, perSecond() is 0 in any case.
    bool hasRate() const { return m_samples.size() > 1; }
    /// One value for each of the last 60 seconds, oldest first; fewer when it is younger.
    const std::vector<float>& history() const { return m_history; }

 private:
    struct Sample {
        std::int64_t millis;
        std::uint64_t rows;
    };
    double rateOver(std::int64_t window) const;

    std::deque<Sample> m_samples{};
    double m_rate = 0;
    std::vector<float> m_history{};
    std::int64_t m_nextSecond = 0;
};

}  // namespace rw::ui
