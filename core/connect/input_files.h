// The files that a path names: one file, a folder or a pattern.
#pragma once
#include <string>
#include <vector>

#include "core/base/status.h"

namespace rw {

/// All files that `path` names, absolute or not as it is, in the order of their names: itself when it is a
/// file, the regular files of a folder (hidden ones and sub-folders left out), or those that a pattern with *
/// ? [ ] matches. At least one, or an error that says what is there instead.
Result<std::vector<std::string>> inputFiles(const std::string& path);

}  // namespace rw
