// The clock of a test: it stands still while anything happens, and goes on only as far as a step lets it.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>

#include "core/base/time.h"

namespace rw {

/// For a run on the seeded executor, whose thread asks for time to pass when no task is ready. Once the clock
/// is as far as it may go it says that a millisecond has passed, so that Run::waitFor() comes back; hold()
/// takes that back: nothing has run since. Single-threaded.
class StepClock final : public Clock {
 public:
    /// `cancelled` is asked between any two tasks: Run::waitFor() comes back then. It may be null.
    StepClock(Instant start, const std::atomic<bool>* cancelled) : m_start(start), m_cancelled(cancelled) {}

    Instant now() const override { return m_start + m_passed; }
    std::int64_t steadyMillis() const override {
        if (isCancelled()) return m_limit + 1;
        return m_atLimit ? m_passed + 1 : m_passed;
    }
    bool skipTo(std::int64_t steadyMillis) override {
        if (m_passed >= m_limit) {
            m_atLimit = true;
        } else {
            m_passed = std::min(std::max(steadyMillis, m_passed + m_leap), m_limit);
        }
        return true;
    }

    /// Lets `millis` pass from here on, in at most kLeaps leaps: a source that is idle is looked at twenty
    /// times a second, and ten years have too many of them.
    void allow(Millis millis) {
        m_atLimit = false;
        m_limit = saturatingAdd(m_passed, millis);
        m_leap = std::max<Millis>(1, millis / kLeaps);
    }
    /// As much time passes as there is to wait for.
    void allowAll() {
        m_atLimit = false;
        m_limit = saturatingAdd(m_passed, kForGood);
        m_leap = 1;
    }
    /// No time passes from here on.
    void hold() {
        m_atLimit = false;
        m_limit = m_passed;
    }

    bool isCancelled() const { return m_cancelled != nullptr && *m_cancelled; }

    static constexpr Millis kLeaps = 10'000, kForGood = Millis{1'000} * 366 * 86'400'000;

 private:
    const Instant m_start;
    const std::atomic<bool>* const m_cancelled;
    std::int64_t m_passed = 0, m_limit = 0;
    Millis m_leap = 1;
    bool m_atLimit = false;
};

}  // namespace rw
