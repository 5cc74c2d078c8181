// The clock of the runs that are compared: it stands still while anything happens.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "core/base/time.h"

namespace rw {

/// For one run on the seeded executor, whose thread asks for time to pass when no task is ready. So paces and
/// arrival times go by what the run does and not by how long it takes. Single-threaded.
class StillClock final : public Clock {
 public:
    /// Longer than any run.
    static constexpr Millis kForGood = Millis{1'000} * 366 * 86'400'000;

    /// `stops` is asked between any two tasks: Run::waitFor(kForGood) comes back then.
    StillClock(Instant began, std::function<bool()> stops) : m_began(began), m_stops(std::move(stops)) {}

    Instant now() const override { return m_began + m_passed; }
    std::int64_t steadyMillis() const override { return m_stops() ? m_passed + 2 * kForGood : m_passed; }
    bool skipTo(std::int64_t steadyMillis) override {
        if (!m_stops()) m_passed = std::max(m_passed, steadyMillis);
        return true;
    }

 private:
    const Instant m_began;
    const std::function<bool()> m_stops;
    std::int64_t m_passed = 0;
};

}  // namespace rw
