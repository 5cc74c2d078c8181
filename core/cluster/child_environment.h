// What programs of others, which this one starts, get of its environment.
#pragma once
#include <string>
#include <vector>

namespace rw {

/// “name=value” of each variable of this process but those that hold tokens: the ones that targets name (in
/// `targets`, the path of their list) and those that keepFromChildren() was told. Reads the list. Any thread.
std::vector<std::string> childEnvironment(const std::string& targets);
std::vector<std::string> childEnvironment();  ///< with the person's own list

/// The variable of that name holds a token: no program that is started from now on gets it. Any thread.
void keepFromChildren(const std::string& name);

}  // namespace rw
