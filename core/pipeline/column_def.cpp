#include "core/pipeline/column_def.h"

#include <algorithm>

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
