// A clock that stands still while anything happens, and jumps when nothing does: runs of hours in no time,
// the same every time.
#pragma once
#include <atomic>

#include "core/base/time.h"

namespace rw::test {

/// For runs on the seeded executor, whose one thread lets time go on when no task is ready.
class SimulatedClock final : public Clock {
 public:
    /// `start`: wall time at which steadyMillis() is 0.
    explicit SimulatedClock(Instant start = 0) : m_start(start) {}

    Instant now() const override { return m_start + m_passed; }
    std::int64_t steadyMillis() const override { return m_passed; }
    bool skipTo(std::int64_t steadyMillis) override {
        if (steadyMillis > m_passed) m_passed = steadyMillis;
        return true;
    }

 private:
    const Instant m_start;
    std::atomic<std::int64_t> m_passed{0};
};

}  // namespace rw::test
