// What nodes of one run can't have together.
#pragma once
#include <vector>

#include "core/pipeline/graph.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Reports each node that runs and wants what only one can have (Access::alone), but for the first. `typed`
/// has an entry for each node of the graph. Looks at no file.
void checkAccesses(const Graph& graph, const std::vector<TypedNode>& typed, std::vector<Issue>& issues);

}  // namespace rw
