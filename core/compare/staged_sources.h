// The valid rows of sources, written so that another engine reads the same rows in its own CSV.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/status.h"
#include "core/cluster/change_row.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Why there can be no copy of the rows of a source: it has no end, is no file, or has other rows each time.
/// Success: there can. Names the node.
Status stageable(const Node& source, const BoundNode& bound);

/// Writes rows of `source` as such a copy; an error where one has a text that stands for NULL there.
Status writeStaged(const std::vector<ChangeRow>& rows, const NodeId& source, const std::string& path);

/// Writes the file stagedFileOf() of each source that runs into the folder `staged`, which is made: no
/// header, every value in quotes, NULL as <NULL>, rows in the order in which they are read here. A source
/// that is not stageable() is an error. `files`: that are read; null: the machine's.
Status stageSources(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                    const std::string& staged, const std::atomic<bool>* cancelled = nullptr,
                    const std::shared_ptr<const Files>& files = nullptr);

}  // namespace rw
