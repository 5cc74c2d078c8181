// The conditions of a route's branches, in an engine's words.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/form.h"

namespace rw {

/// For each output of a route but the rejected one what its rows fulfil: the branch's condition, and none
/// before it.
std::vector<std::string> branchConditions(NodeForm& form);

}  // namespace rw
