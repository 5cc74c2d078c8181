// Tests the connection to a Spark.
#pragma once
#include <atomic>

#include "core/cluster/target.h"
#include "core/cluster/target_report.h"

namespace rw {

/// Asks spark-submit for its version; as checkTarget().
Result<TargetReport> checkSpark(const Target& target, const std::atomic<bool>* cancelled);

}  // namespace rw
