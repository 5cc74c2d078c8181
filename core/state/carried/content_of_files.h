// A state with its content in the place of the files that it names.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/store/saved_run.h"

namespace rw {

/// For those who change a state: all that it names in files is read, and is in memory then.
Result<std::string> withContent(std::string_view state, const SavedRuns& runs);

}  // namespace rw
