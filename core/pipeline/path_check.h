// Files that nodes of a pipeline would write over each other, or while another reads them.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/graph.h"
#include "core/pipeline/variables.h"

namespace rw {

/// Reports, at the node that writes, a file that a node before it in the pipeline writes too (unless both may
/// share it) and one that any node reads.
void checkPaths(const Graph& graph, const Variables& variables, const std::string& folder,
                std::vector<Issue>& issues);

}  // namespace rw
