// Which node a failure of a Flink job is about.
#pragma once
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink_graph.h"
#include "core/cluster/layout/flink_layout.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// Goes by the names of tables and the operators in the name of the task, and by files and tables that the
/// message names. Empty: several nodes are in the task, and nothing tells which. `layout`: null, or that of
/// the graph.
NodeId flinkCulprit(const FlinkFailure& failure, const Pipeline& pipeline, const FlinkGraph& graph,
                    const FlinkLayout* layout);

}  // namespace rw
