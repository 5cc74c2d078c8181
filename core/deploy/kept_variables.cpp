#include "core/deploy/kept_variables.h"

#include <algorithm>

namespace rw {

namespace {

/// Names that artefacts put in by themselves, whether the pipeline has such variables or not.
bool isOwnName(std::string_view name) {
    return name == "folder" || name == "staged";
}

bool isShellName(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    if (name.empty() || !letter(name.front())) return false;
    return std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

bool isKept(std::string_view name, std::string_view value, const TranslateOptions& options) {
    if (isOwnName(name) || !isShellName(name)) return false;
    if (value.find_first_of("'\\") != std::string_view::npos) return false;
    return options.validate.variables.count(std::string(name)) == 0;
}

// Goes through the text as substitute() does, which has to come to the same `value`.
KeptText keptText(std::string_view text, const Variables& variables, const TranslateOptions& options) {
    KeptText out;
    const auto add = [&out](std::string_view piece) {
        out.value.append(piece);
        out.raw.append(piece);
    };
    for (;;) {
        const std::size_t begin = text.find("${");
        const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
        const bool escaped = begin != std::string_view::npos && begin > 0 && text[begin - 1] == '$';
        if (!escaped && end == std::string_view::npos) {
            add(text);
            return out;
        }
        const std::string name = end == std::string_view::npos
                                     ? std::string()
                                     : std::string(text.substr(begin + 2, end - begin - 2));
        const auto variable = variables.find(name);
        const bool kept = variable != variables.end() && isKept(name, variable->second, options);
        if (escaped) {
            add(text.substr(0, begin - 1));
            add("${");
            if (kept || isOwnName(name)) out.mistakable.push_back(name);
            text.remove_prefix(begin + 2);
            continue;
        }
        add(text.substr(0, begin));
        const std::string_view named = text.substr(begin, end + 1 - begin);
        if (variable == variables.end()) {
            add(named);
        } else if (!kept) {
            add(variable->second);
        } else {
            out.kept.push_back({out.value.size(), out.value.size() + variable->second.size(), name});
            out.value.append(variable->second);
            out.raw.append(named);
        }
        text.remove_prefix(end + 1);
    }
}

}  // namespace rw
