#include "core/base/text.h"

#include <string_view>

namespace rw {

TextArg::TextArg(const Text& text) : m_text(std::make_shared<const Text>(text)) {}

bool TextArg::operator==(const TextArg& other) const {
    if (!m_text || !other.m_text) return m_text == other.m_text && m_literal == other.m_literal;
    return *m_text == *other.m_text;
}

bool Text::operator==(const Text& other) const {
    return std::string_view(context) == other.context && std::string_view(key) == other.key &&
           args == other.args;
}

std::string fillIn(const std::string& pattern, const std::vector<TextArg>& args,
                   const std::function<std::string(const Text&)>& render) {
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
        if (n >= args.size()) continue;
        const Text* text = args[n].text();
        out += text ? render(*text) : args[n].literal();
    }
    return out;
}

std::string english(const Text& text) {
    return fillIn(text.key, text.args, [](const Text& inner) { return english(inner); });
}

std::string withoutCodeMarks(std::string_view text) {
    std::string out;
    for (;;) {
        const std::size_t begin = text.find('`');
        const std::size_t end = begin == std::string_view::npos ? begin : text.find('`', begin + 1);
        if (end == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, begin)).append("“").append(text.substr(begin + 1, end - begin - 1));
        out.append("”");
        text.remove_prefix(end + 1);
    }
}

}  // namespace rw
