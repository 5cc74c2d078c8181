// Files that nodes of a pipeline would write over each other, over an input, or over something of another
// kind.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/file_reach.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/validate.h"
#include "core/pipeline/variables.h"

namespace rw {

/// Reports, at the node that writes, a file that a node before it in the pipeline writes too (unless both
/// write parts of it, and not the same part, or both only add), one that any node reads, the pipeline's own
/// file, and a database that would be overwritten by another format. Files are the same when their paths are,
/// links followed, or their device and inode. The files of ValidateOptions::alsoWritten are held to the same
/// rules; issues about them name no node.
/// A file out of the reach of `look` is known by its name alone.
void checkPaths(const Graph& graph, const Variables& variables, const ValidateOptions& options,
                FileLook& look, std::vector<Issue>& issues);

}  // namespace rw
