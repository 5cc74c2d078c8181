#include "core/sql/functions/json_elements.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/sql/functions/json_scan.h"

namespace rw::sql {

namespace {

/// For callers that only ask whether it is JSON.
class Unheard final : public JsonEvents {
 public:
    void open(bool) override {}
    void close() override {}
    void key(const std::string&) override {}
    void scalar(std::string_view) override {}
    void null() override {}
};

std::string_view withoutBlanks(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\n\r";
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

/// Where the string ends that begins with the quote at `at`: the place behind it.
std::size_t behindString(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

/// The size of the element that `text` begins with: up to a comma or bracket that is not its own.
std::size_t elementSize(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            at = behindString(text, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == ']')) return at;
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        ++at;
    }
    return text.size();
}

}  // namespace

bool isJson(std::string_view text) {
    Unheard nobody;
    return scanJson(text, kDeepestJson, nobody);
}

JsonElements::JsonElements(std::string_view text) : m_rest(withoutBlanks(text)) {
    m_array = m_rest.starts_with('[');
    if (m_array) m_rest = withoutBlanks(m_rest.substr(1, m_rest.size() - 2));
    if (!m_array && m_rest == "null") m_rest = {};
}

std::optional<std::string_view> JsonElements::next() {
    if (m_rest.empty()) return std::nullopt;
    if (!m_array) return std::exchange(m_rest, {});
    const std::size_t size = elementSize(m_rest);
    const std::string_view element = withoutBlanks(m_rest.substr(0, size));
    m_rest.remove_prefix(std::min(size + 1, m_rest.size()));
    return element;
}

}  // namespace rw::sql
