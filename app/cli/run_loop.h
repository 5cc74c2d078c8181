// Running a plan to its end in the foreground.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/diagnose/finding.h"
#include "core/runtime/run.h"

namespace rw::cli {

struct RunEnd {
    std::unique_ptr<Run> run{};  ///< null: it did not start
    bool cancelled = false;      ///< … because it was stopped before
};

/// Starts the plan and waits until it ends by itself, after `duration` (-1: no limit), or on a signal
/// (catchSignals()), with progress on standard error. A second signal prints the work that is not done yet, a
/// third one ends the process at once. Errors were printed.
///
/// `findings` explains the counters at the end; advice among it is printed. None: nothing is.
RunEnd runToEnd(std::shared_ptr<const Plan> plan, RunOptions options, Millis duration,
                const std::function<std::vector<Finding>(const RunMetrics&)>& findings = {});

}  // namespace rw::cli
