// Counters of a job as figures of nodes: known counts are assigned to ports, and others are derived from them
// along the wires. A count that would be a guess stays unknown.
#pragma once
#include "core/cluster/layout/flink_layout.h"
#include "core/cluster/layout/layout_facts.h"

namespace rw {

/// `wires`: how many the pipeline has that is shown.
JobFigures figuresOf(const LayoutNet& net, const LayoutFacts& facts,
                     const std::vector<OperatorCounters>& counters, std::size_t wires);

}  // namespace rw
