// What a target answers when it is asked whether a pipeline could run there: “Test connection”.
#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "core/cluster/target.h"

namespace rw {

struct TargetReport {
    std::string version{};  ///< “2.3.0”
    Millis latency = 0;     ///< of the slower of its servers, one small request
    /// Flink alone.
    std::int64_t taskManagers = 0, freeSlots = 0, allSlots = 0;
    /// What speaks against a run there, with what to do: no free slot, another version than was tried.
    std::vector<Text> warnings{};
};

/// Asks the gateway and the JobManager, or spark-submit for its version; some seconds at most. An error says
/// which of them does not answer, or is something else, or that the folder of plans can't be written to from
/// here. `cancelled`, when set, ends it soon. Any thread.
Result<TargetReport> checkTarget(const Target& target, const SecretSource& secrets,
                                 const std::atomic<bool>* cancelled = nullptr);

}  // namespace rw
