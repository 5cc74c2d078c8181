// A target's answer to the question whether a pipeline could run there.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw {

/// The room that a cluster has for jobs.
struct TargetRoom {
    std::int64_t taskManagers = 0, freeSlots = 0, allSlots = 0;
};

struct TargetReport {
    std::string version{};  ///< “2.3.0”
    Millis latency = 0;     ///< of the slower of its servers, one small request
    std::optional<TargetRoom> room{};
    std::string plans{};  ///< the folder of compiled plans; empty: there is none
    Text title{};         ///< “Flink 2.3.0 answers in 12 ms.”
    /// Reasons against a run there, with an action: no free slot, another version than was tried.
    std::vector<Text> warnings{};
};

/// Raises the latency to the time that one request takes, and gives its result.
template <class Ask>
auto timed(Millis& latency, Ask ask) {
    const auto clock = systemClock();
    const std::int64_t began = clock->steadyMillis();
    auto result = ask();
    latency = std::max(latency, clock->steadyMillis() - began);
    return result;
}

}  // namespace rw
