#include "core/pipeline/column_def.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/data/trim.h"

namespace rw {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// Reads a back-quoted name, in which `` stands for one; empty when it does not end.
std::string quotedName(std::string_view text, std::size_t& at) {
    std::string name;
    for (++at; at < text.size(); ++at) {
        if (text[at] != '`') {
            name += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '`') {
            name += text[at++];
        } else {
            ++at;
            return name;
        }
    }
    return {};
}

/// Where the word FROM begins behind a type; npos when there is none. An expression follows “=”.
std::size_t findFrom(std::string_view rest) {
    constexpr std::string_view kFrom = "from";
    for (std::size_t at = 1; at + kFrom.size() <= rest.size(); ++at) {
        const char before = rest[at - 1];
        if (before == '=' || before == '\'') break;
        if (!isBlank(before) && before != ')') continue;
        const std::string_view word = rest.substr(at, kFrom.size());
        const bool same = std::equal(word.begin(), word.end(), kFrom.begin(),
                                     [](char a, char b) { return static_cast<char>(a | 0x20) == b; });
        const std::string_view behind = rest.substr(at + kFrom.size());
        if (same && (behind.empty() || isBlank(behind.front()) || behind.front() == '\'')) return at;
    }
    return std::string_view::npos;
}

/// The text of a literal in single quotes, in which two stand for one; empty when it is none.
std::string unquoted(std::string_view literal) {
    std::string text;
    if (literal.size() < 2 || literal.front() != '\'' || literal.back() != '\'') return text;
    literal = literal.substr(1, literal.size() - 2);
    for (std::size_t at = 0; at < literal.size(); ++at) {
        if (literal[at] == '\'' && literal.substr(++at, 1) != "'") return {};
        text += literal[at];
    }
    return text;
}

/// The part of a message that the text begins with, in capitals; empty when it begins with none.
std::string partOfMessage(std::string_view text) {
    constexpr std::array<std::string_view, 6> kParts{"KEY",       "HEADER", "TIMESTAMP",
                                                     "PARTITION", "OFFSET", "TOPIC"};
    const auto end = std::find_if_not(text.begin(), text.end(), isAsciiLetter);
    std::string word = inAsciiCapitals(text.substr(0, static_cast<std::size_t>(end - text.begin())));
    const bool alone = end == text.end() || isBlank(*end) || *end == '\'';
    if (!alone || std::find(kParts.begin(), kParts.end(), word) == kParts.end()) word.clear();
    return word;
}

}  // namespace

std::optional<ColumnDef> splitColumnDef(std::string_view text) {
    std::size_t at = text.find_first_not_of(kBlanks);
    if (at == std::string_view::npos) return std::nullopt;
    ColumnDef def;
    if (text[at] == '`') {
        def.name = quotedName(text, at);
    } else {
        const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
        def.name = text.substr(at, end - at);
        at = end;
    }
    def.typeAt = std::min(text.find_first_not_of(kBlanks, at), text.size());
    def.type = text.substr(def.typeAt);
    if (const std::size_t from = findFrom(def.type); from != std::string_view::npos) {
        const std::string_view behind = def.type.substr(from + 4);
        def.pathAt = text.size() - behind.size() + std::min(behind.find_first_not_of(kBlanks), behind.size());
        def.part = partOfMessage(trimmed(behind));
        const std::string_view literal = trimmed(trimmed(behind).substr(def.part.size()));
        if (def.part.empty() || !literal.empty()) def.path = unquoted(literal);
        def.type = def.type.substr(0, from);
    }
    def.type = def.type.substr(0, def.type.find_last_not_of(kBlanks) + 1);
    if (def.name.empty() || def.type.empty()) return std::nullopt;
    return def;
}

Schema declaredColumns(const Json& params) {
    Schema schema;
    const auto columns = params.find("columns");
    if (columns == params.end() || !columns->is_array()) return schema;
    for (const Json& entry : *columns) {
        if (!entry.is_string()) continue;
        const auto& text = entry.get_ref<const std::string&>();
        const auto def = splitColumnDef(text);
        if (!def) continue;
        const Result<Type> type = parseType(trimmed(def->type.substr(0, def->type.find('='))));
        if (type.ok()) schema.fields.push_back({def->name, *type});
    }
    return schema;
}

}  // namespace rw
