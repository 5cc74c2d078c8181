// The metrics of a run as JSON, for --metrics.
#pragma once
#include <string>
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/diagnose/finding.h"
#include "core/runtime/metrics/metrics.h"

namespace rw::cli {

/// Of the rows kept, the newest late ones are told, with the cause.
std::string metricsJson(const Evidence& evidence, const std::vector<Finding>& findings,
                        const std::vector<KeptRow>& kept);
Status writeMetrics(const Evidence& evidence, const std::vector<Finding>& findings,
                    const std::vector<KeptRow>& kept, const std::string& path);

}  // namespace rw::cli
