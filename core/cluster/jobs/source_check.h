// What Flink would read wrongly without a word, found in the files themselves before a job is given in.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"

namespace rw {

struct SourceCheck {
    ValidateOptions validate{};  ///< of the pipeline; its variables
    /// As Target::folder. Empty: validate.folder. One that is no folder of this computer: nothing is looked
    /// at.
    std::string folder{};
    std::function<bool()> cancelled{};  ///< asked again and again; then what was found so far is given
};

/// Reads the CSV files of the pipeline's sources to their ends, those that this program reaches. Flink finds
/// columns by their place alone, starts a job for ever again that met a row with another number of cells, and
/// takes `""` for NULL: each is an error at its node, with what to do. No file, no issue: a file may be where
/// the cluster alone sees it. Some seconds a gigabyte.
std::vector<Issue> checkFlinkSources(const Pipeline& pipeline, const Catalogue& catalogue,
                                     const SourceCheck& check);

}  // namespace rw
