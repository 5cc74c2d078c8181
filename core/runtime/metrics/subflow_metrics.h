// The metrics of subflows, shown where their nodes run as one node.
#pragma once
#include <map>

#include "core/pipeline/subflow_files.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// Adds a node for each of the subflows: rows in by its inputs and out by its outputs. Late, rejected,
/// dropped, busy and kept are sums over all nodes inside, and it waits for whatever one of them waits for.
void addSubflows(const std::map<NodeId, SubflowFileRef>& subflows, RunMetrics& metrics);

}  // namespace rw
