// Files that an export must leave alone.
#pragma once
#include <string>

#include "core/pipeline/validate.h"

namespace rw {

/// Why nothing else may be written to `path`: a node reads or writes it, also one that is disabled, it is the
/// pipeline's own file, or a database. `title` says in the error what would be written. Looks at files.
Status checkExport(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                   const std::string& title, const std::string& path);

}  // namespace rw
