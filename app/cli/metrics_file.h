// The metrics of a run as JSON, for --metrics.
#pragma once
#include <string>
#include <vector>

#include "core/diagnose/finding.h"
#include "core/runtime/metrics.h"

namespace rw::cli {

std::string metricsJson(const RunMetrics& metrics, const std::vector<Finding>& findings);
Status writeMetrics(const RunMetrics& metrics, const std::vector<Finding>& findings, const std::string& path);

}  // namespace rw::cli
