#include "core/pipeline/column_def.h"

#include <algorithm>

#include "core/data/trim.h"

namespace rw {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// Reads what stands between two quotes as the one at `at`, in which two of them stand for one; empty when it
/// does not end.
std::string betweenQuotes(std::string_view text, std::size_t& at) {
    const char quote = text[at];
    std::string inside;
    for (++at; at < text.size(); ++at) {
        if (text[at] != quote) {
            inside += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == quote) {
            inside += text[at++];
        } else {
            ++at;
            return inside;
        }
    }
    return {};
}

/// Where the word FROM stands between a type and a quote; npos: nowhere. An expression may hold one, too.
std::size_t findFrom(std::string_view type) {
    const std::size_t quote = std::min(type.find('\''), type.find('='));
    if (quote == std::string_view::npos || type[quote] == '=') return std::string_view::npos;
    std::string_view before = trimmed(type.substr(0, quote));
    constexpr std::string_view kWord = "FROM";
    if (before.size() <= kWord.size()) return std::string_view::npos;
    const std::size_t at = before.size() - kWord.size();
    const bool isWord =
        std::equal(kWord.begin(), kWord.end(), before.begin() + static_cast<std::ptrdiff_t>(at),
                   [](char word, char c) { return word == (c & ~0x20); });
    const bool apart = kBlanks.find(before[at - 1]) != std::string_view::npos || before[at - 1] == ')';
    return isWord && apart ? at : std::string_view::npos;
}

/// Takes FROM and the path away from the type, when nothing is wrong with them.
void takeFrom(std::string_view text, ColumnDef& def) {
    const std::size_t from = findFrom(def.type);
    if (from == std::string_view::npos) return;
    const std::size_t fromAt = text.find('\'', def.typeAt + from);
    std::size_t end = fromAt;
    std::string path = betweenQuotes(text, end);
    if (path.empty() || !trimmed(text.substr(std::min(end, text.size()))).empty()) return;
    def.from = std::move(path);
    def.fromAt = fromAt;
    def.type = trimmed(def.type.substr(0, from));
}

}  // namespace

std::optional<ColumnDef> splitColumnDef(std::string_view text) {
    std::size_t at = text.find_first_not_of(kBlanks);
    if (at == std::string_view::npos) return std::nullopt;
    ColumnDef def;
    if (text[at] == '`') {
        def.name = betweenQuotes(text, at);
    } else {
        const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
        def.name = text.substr(at, end - at);
        at = end;
    }
    def.typeAt = std::min(text.find_first_not_of(kBlanks, at), text.size());
    def.type = text.substr(def.typeAt);
    def.type = def.type.substr(0, def.type.find_last_not_of(kBlanks) + 1);
    if (def.name.empty() || def.type.empty()) return std::nullopt;
    takeFrom(text, def);
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
