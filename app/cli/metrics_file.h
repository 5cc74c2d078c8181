// The metrics of a run as JSON, for --metrics.
#pragma once
#include <string>

#include "core/runtime/metrics.h"

namespace rw::cli {

std::string metricsJson(const RunMetrics& metrics);
Status writeMetrics(const RunMetrics& metrics, const std::string& path);

}  // namespace rw::cli
