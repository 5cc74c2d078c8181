// The environment variables that child processes get.
#pragma once
#include <string>
#include <vector>

namespace rw {

/// “name=value” of each variable of this process but those that hold secrets: the ones that targets and
/// connections name (in the lists at these paths) and those that were asked for one (secretVariables()). Reads
/// the lists. Any thread.
std::vector<std::string> childEnvironment(const std::string& targets, const std::string& connections);
std::vector<std::string> childEnvironment();  ///< with the person's own lists

}  // namespace rw
