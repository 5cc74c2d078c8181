// The figures of subflows, for who shows one where its nodes run.
#pragma once
#include <map>

#include "core/pipeline/subflow_files.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// Adds a node for each of the subflows: rows in by its inputs and out by its outputs; late, rejected, busy
/// and kept are those of all nodes inside, and what one of them waits for it waits for.
void addSubflows(const std::map<NodeId, SubflowFileRef>& subflows, RunMetrics& metrics);

}  // namespace rw
