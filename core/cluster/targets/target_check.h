// Asks a target whether a pipeline could run there: “Test connection”.
#pragma once
#include <atomic>

#include "core/cluster/target.h"
#include "core/cluster/target_report.h"

namespace rw {

/// Asks the gateway and the JobManager, or spark-submit for its version; some seconds at most. An error says
/// which of them does not answer, or is something else, or that the folder of plans can't be written to from
/// here. `cancelled`, when set, ends it soon. Any thread.
Result<TargetReport> checkTarget(const Target& target, const SecretSource& secrets,
                                 const std::atomic<bool>* cancelled = nullptr);

}  // namespace rw
