// Finds rows in source files that Flink would misread without an error, before a job is submitted.
#pragma once
#include <vector>

#include "core/cluster/source_check.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// Reads the CSV files of the pipeline's sources to their ends, those that this program reaches. Flink finds
/// columns by their place alone, restarts a job for ever that met a row with another number of cells, and
/// takes `""` for NULL: each is an error at its node, with an action. No file, no issue: a file may be where
/// the cluster alone sees it. Some seconds a gigabyte.
std::vector<Issue> checkFlinkSources(const Pipeline& pipeline, const Catalogue& catalogue,
                                     const SourceCheck& check);

/// The same, and surveys of these files, with each of their columns.
SeenSources seeFlinkSources(const Pipeline& pipeline, const Catalogue& catalogue, const SourceCheck& check);

}  // namespace rw
