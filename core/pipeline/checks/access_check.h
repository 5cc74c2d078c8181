// Accesses that nodes of one run exclude each other from.
#pragma once
#include <vector>

#include "core/pipeline/graph.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Reports each node that runs and accesses a resource that only one can have (Access::alone), but for the
/// first. `typed` has an entry for each node of the graph. Looks at no file.
void checkAccesses(const Graph& graph, const std::vector<TypedNode>& typed, std::vector<Issue>& issues);

}  // namespace rw
