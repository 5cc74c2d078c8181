// A clock that moves when it is told to.
#pragma once
#include "core/base/time.h"

namespace rw::test {

class ManualClock final : public Clock {
 public:
    Instant wall = 1'700'000'000'000;
    std::int64_t steady = 0;
    Instant now() const override { return wall; }
    std::int64_t steadyMillis() const override { return steady; }
    void advance(Millis by) {
        wall += by;
        steady += by;
    }
};

}  // namespace rw::test
