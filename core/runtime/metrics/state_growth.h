// How fast the state in files of a run grows.
#pragma once
#include <cstdint>
#include <deque>

namespace rw {

/// Single-threaded. Files come and go with the windows that they are of, so that it compares the most that
/// there was in one half of the time with the most in the half before. It sees the last hour.
class StateGrowth {
 public:
    /// The files have so many bytes; `millis`: the run's steady time.
    void add(std::int64_t millis, std::uint64_t bytes);
    /// Bytes an hour; 0: they do not grow, or were not seen for two minutes yet.
    double perHour() const;

 private:
    /// The most that was seen from `at` on, up to the next one.
    struct Seen {
        std::int64_t at;
        std::uint64_t most;
    };
    std::deque<Seen> m_seen{};
};

}  // namespace rw
