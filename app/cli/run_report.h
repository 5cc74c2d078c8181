// The findings on a run, in lines for people.
#pragma once
#include <string>
#include <vector>

#include "core/diagnose/evidence.h"
#include "core/runtime/metrics/metrics.h"

namespace rw::cli {

/// Of a run that ended: one that was stopped is explained as it stood then. Both must outlive the evidence.
Evidence evidenceOf(const Pipeline& pipeline, const RunMetrics& metrics);

/// Each node with its figures, the cause that holds its watermark, the rows that it dropped as NULL and its
/// newest late rows; then all findings.
std::string runReport(const Evidence& evidence, const std::vector<KeptRow>& kept);

}  // namespace rw::cli
