#include "core/process/program.h"

#include <unistd.h>

#include <string_view>

namespace rw {

std::vector<std::string> environmentWithout(const std::set<std::string, std::less<>>& names) {
    std::vector<std::string> variables;
    for (char** each = ::environ; each != nullptr && *each != nullptr; ++each) {
        const std::string_view variable(*each);
        if (!names.contains(variable.substr(0, variable.find('=')))) variables.emplace_back(variable);
    }
    return variables;
}

}  // namespace rw
