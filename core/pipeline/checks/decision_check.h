// Sinks that decide which checkpoints count.
#pragma once
#include <vector>

#include "core/pipeline/graph.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Reports each sink that runs and decides with something else than the first that does
/// (BoundNode::decidesWith), with the way to let it not decide. `typed` has an entry for each node of the
/// graph.
void checkDecisions(const Graph& graph, const std::vector<TypedNode>& typed, std::vector<Issue>& issues);

}  // namespace rw
