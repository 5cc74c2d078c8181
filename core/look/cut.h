// The part of a pipeline that lies upstream of some of its nodes.
#pragma once
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {

/// The nodes `below` and all from which rows come to them, with the wires between these; in the order of the
/// pipeline. Disabled nodes are kept, for rows pass them by. Variables and settings are kept; cards and
/// notes, which show other nodes, are not. Ids that the pipeline does not have are passed over. A pipeline
/// with loops has a cut, too.
Pipeline cutAbove(const Pipeline& pipeline, const std::vector<NodeId>& below);

}  // namespace rw
