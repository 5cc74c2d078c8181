// The clusters that commands name.
#pragma once
#include <string>
#include <vector>

#include "core/cluster/target.h"

namespace rw::cli {

/// Stands for the Flink that `app/cluster flink up` starts, unless a target has this name.
inline constexpr const char* kLocalTarget = "local";
/// Whether that Flink runs and no target has its name.
bool localRuns(const std::vector<Target>& targets);
Target localTarget();

/// Environment and keyring.
SecretSource secretSource();

/// The target of that name to run on; an error lists those that there are. “local” is asked whether it runs.
Result<Target> targetToRunOn(const std::string& name);
/// The target that a deployment names. Asks no cluster.
Result<Target> targetOfRecord(const std::vector<Target>& targets, const std::string& name);

}  // namespace rw::cli
