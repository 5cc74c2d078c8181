// Sinks that decide which checkpoints count.
#pragma once
#include <vector>

#include "core/pipeline/graph.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Reports each sink that runs and decides with something else than the first that does
/// (BoundNode::decidesWith), with the way to let it not decide, and one that would wait for checkpoints for
/// another time than those with which it decides; and warns of each for which checkpoints come too late.
/// `typed` has an entry for each node of the graph.
void checkDecisions(const Graph& graph, const std::vector<TypedNode>& typed, const Settings& settings,
                    std::vector<Issue>& issues);

}  // namespace rw
