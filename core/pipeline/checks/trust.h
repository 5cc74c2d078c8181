// Validating a pipeline that the user may not have agreed to.
#pragma once
#include <functional>
#include <string>

#include "core/pipeline/file_reach.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Whether the files that a pipeline names may be looked at. By default they may.
struct Trust {
    /// The user agreed to the pipeline, or it is the user's own. Otherwise checks stay in its folder.
    bool agreed = true;
    /// The same of a subflow, by the text of its file, which names further files. Null: all may.
    std::function<bool(const std::string& text)> knows{};

    /// The files of a pipeline in `folder` that may be looked at.
    FileReach reachFrom(const std::string& folder) const {
        return agreed ? FileReach() : FileReach::below(folder);
    }
};

/// As validate() with ValidateOptions::files. A file out of reach is not looked at: a warning of the
/// parameter that names it says so.
Validated validate(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                   const Trust& trust);

/// As expand(): files out of `reach` are not read. The first file that `trust` does not know narrows it to
/// the pipeline's folder.
std::shared_ptr<const Expanded> expand(const Pipeline& pipeline, const Catalogue& catalogue,
                                       const ValidateOptions& options, const Trust& trust, FileReach& reach,
                                       std::vector<Issue>& issues);

/// The warning of `param` that `path` was not looked at.
Issue notLookedAt(const NodeId& node, const std::string& param, const std::string& path);
/// Whether it is that warning.
bool isNotLookedAt(const Issue& issue);

}  // namespace rw
