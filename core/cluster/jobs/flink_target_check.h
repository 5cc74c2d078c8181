// Tests the connection to a Flink.
#pragma once
#include <atomic>

#include "core/cluster/target.h"
#include "core/cluster/target_report.h"

namespace rw {

/// Asks the gateway and the JobManager; as checkTarget().
Result<TargetReport> checkFlink(const Target& target, const SecretSource& secrets,
                                const std::atomic<bool>* cancelled);

}  // namespace rw
