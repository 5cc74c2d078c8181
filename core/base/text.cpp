#include "core/base/text.h"

#include <string_view>

namespace rw {

bool Text::operator==(const Text& other) const {
    return std::string_view(context) == other.context && std::string_view(key) == other.key &&
           args == other.args;
}

std::string fillIn(const std::string& pattern, const std::vector<std::string>& args) {
    std::string out;
    out.reserve(pattern.size() + 32);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool marker =
            pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
        if (!marker) {
            out += pattern[i];
            continue;
        }
        const auto n = static_cast<std::size_t>(pattern[++i] - '1');
        if (n < args.size()) out += args[n];
    }
    return out;
}

std::string english(const Text& text) {
    return fillIn(text.key, text.args);
}

}  // namespace rw
