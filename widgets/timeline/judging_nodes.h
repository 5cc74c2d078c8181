// The nodes that judge whether rows come too late: those with windows, and joins by time.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// In the order of the pipeline; `from` not empty: those that rows of that node come to with the event time
/// that it gave them. What is in a subflow is not known here.
std::vector<NodeId> judgingNodes(const Pipeline& pipeline, const Catalogue& catalogue,
                                 const NodeId& from = {});

}  // namespace rw::ui
