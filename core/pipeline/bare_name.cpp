#include "core/pipeline/bare_name.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/sql/parse/ast.h"
#include "core/sql/parse/keywords.h"

namespace rw {

namespace {

constexpr std::string_view kQuotes = "'\"`";

/// Not as a part of a longer word.
bool standsAt(std::string_view text, std::size_t begin, std::string_view name) {
    if (!sameAsciiWord(text.substr(begin, name.size()), name)) return false;
    const std::size_t end = begin + name.size();
    const bool joinsBefore =
        begin > 0 && sql::continuesName(text[begin - 1]) && sql::continuesName(name.front());
    const bool joinsBehind =
        end < text.size() && sql::continuesName(text[end]) && sql::continuesName(name.back());
    return !joinsBefore && !joinsBehind;
}

/// The error is in it, or at what follows it: of “total in > 5” the words read as the beginning of an IN
/// list.
bool isFault(const sql::SqlError& error, std::string_view text, std::size_t begin, std::size_t size) {
    const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", begin + size), text.size());
    return begin <= error.position && error.position <= next;
}

}  // namespace

std::optional<BareName> bareName(std::string_view text, const sql::SqlError& error, const Schema& schema) {
    std::optional<BareName> longest;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const Field& field : schema.fields) {
            const std::string& name = field.name;
            const bool ambiguous = name.find(' ') == std::string::npos && error.column.empty();
            if (name.empty() || ambiguous || (longest && longest->name.size() >= name.size()) ||
                !standsAt(text, at, name) || !isFault(error, text, at, name.size()))
                continue;
            if (sql::quoteIdentifier(name) != name) longest = BareName{name, at};
        }
        if (kQuotes.find(text[at]) == std::string_view::npos) continue;
        at = text.find(text[at], at + 1);
        if (at == std::string_view::npos) break;
    }
    return longest;
}

}  // namespace rw
