// Running a plan to its end in the foreground.
#pragma once
#include <memory>

#include "core/runtime/run.h"

namespace rw::cli {

/// Starts the plan and waits until it ends by itself, after `duration` (-1: no limit), or on SIGINT or
/// SIGTERM, with progress on standard error. Null when it could not start; what went wrong was printed either
/// way.
std::unique_ptr<Run> runToEnd(std::shared_ptr<const Plan> plan, const RunOptions& options, Millis duration);

}  // namespace rw::cli
