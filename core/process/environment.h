// The environment that programs of others are started with.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace rw {

/// “name=value” of each variable of this process but those of these names. Any thread, while none changes the
/// environment.
std::vector<std::string> environmentWithout(const std::set<std::string, std::less<>>& names);

}  // namespace rw
