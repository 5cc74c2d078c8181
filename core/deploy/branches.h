// The conditions of a route's branches, in an engine's words.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/form.h"

namespace rw {

/// For each output of a route but the rejected one the condition of its rows: the branch's own, and none of
/// those before it.
std::vector<std::string> branchConditions(NodeForm& form);

}  // namespace rw
