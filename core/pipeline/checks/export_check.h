// Files that an export must leave alone.
#pragma once
#include <string>

#include "core/pipeline/checks/trust.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Why a file must not be exported to `path`: a node reads or writes it, also one that is disabled, it is the
/// pipeline's own file, or a database. `title` names the exported file in the error. Looks at files, as far as
/// `trust` allows; others are compared by their names.
Status checkExport(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                   const std::string& title, const std::string& path, const Trust& trust = {});

}  // namespace rw
