// One question to a target: how long it takes, and which of its fields an error is of.
#pragma once
#include <algorithm>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw {

inline Status ofServer(const char* param, const Status& status) {
    Error error = status.error();
    error.param = param;
    return Status(std::move(error));
}

/// The time that one request takes, and its result.
template <class Ask>
auto timed(Millis& latency, Ask ask) {
    const auto clock = systemClock();
    const std::int64_t began = clock->steadyMillis();
    auto result = ask();
    latency = std::max(latency, clock->steadyMillis() - began);
    return result;
}

}  // namespace rw
