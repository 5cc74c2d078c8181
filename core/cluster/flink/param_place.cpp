#include "core/cluster/flink/param_place.h"

#include <algorithm>

namespace rw {

namespace {

/// A name, number, text in quotes or sign of SQL.
struct SqlWord {
    std::string text{};  ///< a name without its back-quotes, in small letters
    std::size_t begin = 0, end = 0;
    bool backQuoted = false;
};

bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

std::string inSmallLetters(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

/// The end of a text that begins with a quote, behind the closing quote; two quotes are one of the text.
std::size_t endOfQuoted(std::string_view text, std::size_t begin) {
    const char quote = text[begin];
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (text[at] != quote) continue;
        if (at + 1 == text.size() || text[at + 1] != quote) return at + 1;
        ++at;
    }
    return text.size();
}

std::vector<SqlWord> sqlWords(std::string_view text) {
    constexpr std::string_view kSigns = "<>=!|";
    std::vector<SqlWord> out;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at;
            continue;
        }
        SqlWord word;
        word.begin = at;
        if (c == '`' || c == '\'') {
            at = endOfQuoted(text, at);
            word.backQuoted = c == '`' && at - word.begin > 2;
            word.text = std::string(word.backQuoted ? text.substr(word.begin + 1, at - word.begin - 2)
                                                    : text.substr(word.begin, at - word.begin));
            if (word.backQuoted) word.text = inSmallLetters(word.text);
        } else {
            ++at;
            if (isWordCharacter(c)) {
                while (at < text.size() && isWordCharacter(text[at])) ++at;
            } else if (kSigns.find(c) != std::string_view::npos) {
                while (at < text.size() && kSigns.find(text[at]) != std::string_view::npos) ++at;
            }
            word.text = inSmallLetters(text.substr(word.begin, at - word.begin));
        }
        word.end = at;
        out.push_back(std::move(word));
    }
    return out;
}

/// The byte at which a column of a line begins; columns are UTF-16 units, as Java counts.
std::size_t byteOf(std::string_view text, int line, int column) {
    std::size_t at = 0;
    for (int passed = 1; passed < line; ++passed) {
        at = text.find('\n', at);
        if (at == std::string_view::npos) return text.size();
        ++at;
    }
    for (int passed = 1; passed < column && at < text.size() && text[at] != '\n'; ++passed) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (bytes == 4) ++passed;
        at = std::min(at + bytes, text.size());
    }
    return at;
}

/// Collects where words stand in the texts of a node.
class PlaceFinder {
 public:
    explicit PlaceFinder(std::vector<SqlWord> wanted) : m_wanted(std::move(wanted)) {}

    void look(const std::string& param, int item, const std::string& text) {
        const std::vector<SqlWord> there = sqlWords(text);
        for (std::size_t i = 0; i + m_wanted.size() <= there.size(); ++i) {
            const bool same =
                std::equal(m_wanted.begin(), m_wanted.end(), there.begin() + static_cast<std::ptrdiff_t>(i),
                           [](const SqlWord& a, const SqlWord& b) { return a.text == b.text; });
            if (!same) continue;
            const SqlWord& last = there[i + m_wanted.size() - 1];
            m_found.push_back({param, item, there[i].begin, last.end - there[i].begin});
        }
    }

    std::optional<ParamPlace> place() const {
        if (m_found.empty()) return std::nullopt;
        ParamPlace out = m_found.front();
        for (const ParamPlace& other : m_found) {
            if (other.param != out.param) return std::nullopt;
            if (other.item != out.item) out.item = -1;
        }
        if (m_found.size() > 1) out.position = out.length = 0;
        return out;
    }

 private:
    const std::vector<SqlWord> m_wanted;
    std::vector<ParamPlace> m_found{};
};

}  // namespace

std::string textAt(std::string_view statement, const SqlPlace& place) {
    const std::size_t begin = byteOf(statement, place.line, place.column);
    std::size_t end = byteOf(statement, place.endLine, place.endColumn + 1);
    if (begin >= statement.size()) return {};
    if (place.line == place.endLine && place.column == place.endColumn) {
        const std::vector<SqlWord> words = sqlWords(statement.substr(begin));
        if (!words.empty() && words.front().begin == 0) end = begin + words.front().end;
    }
    return end > begin ? std::string(statement.substr(begin, end - begin)) : std::string();
}

std::optional<ParamPlace> placeOfWords(const Node& node, std::string_view words) {
    std::vector<SqlWord> wanted = sqlWords(words);
    if (wanted.empty() || !node.params.is_object()) return std::nullopt;
    PlaceFinder finder(std::move(wanted));
    for (const auto& [param, value] : node.params.items()) {
        if (param == "path" || param == "file") continue;
        if (value.is_string()) finder.look(param, -1, value.get_ref<const std::string&>());
        if (!value.is_array()) continue;
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i].is_string())
                finder.look(param, static_cast<int>(i), value[i].get_ref<const std::string&>());
        }
    }
    return finder.place();
}

std::vector<std::string> quotedNames(std::string_view sql) {
    std::vector<std::string> out;
    for (const SqlWord& word : sqlWords(sql)) {
        if (word.backQuoted) out.push_back(word.text);
    }
    return out;
}

}  // namespace rw
