// The clock of a look: nobody waits for a pace.
#pragma once
#include <atomic>
#include <memory>
#include <utility>

#include "core/base/time.h"

namespace rw {

/// Goes as another clock does, and jumps where nothing is to be done before a time. Any thread.
class LookClock final : public Clock {
 public:
    explicit LookClock(std::shared_ptr<Clock> real) : m_real(std::move(real)) {}

    Instant now() const override { return m_real->now() + m_skipped; }
    std::int64_t steadyMillis() const override { return m_real->steadyMillis() + m_skipped; }
    bool skipTo(std::int64_t steadyMillis) override {
        const std::int64_t ahead = steadyMillis - this->steadyMillis();
        if (ahead > 0) m_skipped += ahead;
        return true;
    }

 private:
    const std::shared_ptr<Clock> m_real;
    std::atomic<std::int64_t> m_skipped{0};
};

}  // namespace rw
