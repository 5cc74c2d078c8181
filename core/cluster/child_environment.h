// The environment variables that child processes get.
#pragma once
#include <string>
#include <vector>

namespace rw {

/// “name=value” of each variable of this process but those that hold tokens: the ones that targets name (in
/// `targets`, the path of their list) and those that were asked for one (secretVariables()). Reads the list.
/// Any thread.
std::vector<std::string> childEnvironment(const std::string& targets);
std::vector<std::string> childEnvironment();  ///< with the person's own list

}  // namespace rw
