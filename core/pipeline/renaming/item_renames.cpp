#include "core/pipeline/renaming/item_renames.h"

#include <optional>
#include <utility>
#include <variant>

#include "core/pipeline/column_def.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

/// A named column taken apart: the name, and all that says what it is.
struct NamedItem {
    std::string name, meaning;
};

std::optional<NamedItem> fromDefinition(const std::string& text) {
    const auto def = splitColumnDef(text);
    if (!def) return std::nullopt;
    return NamedItem{def->name, text.substr(def->typeAt)};
}

std::optional<NamedItem> fromSql(const std::string& text) {
    const std::string readable = withoutNamesOfVariables(text);
    const auto parsed = sql::parseSelectItem(readable);
    const auto* item = std::get_if<sql::SelectItem>(&parsed);
    if (item == nullptr || !item->expr) return std::nullopt;
    const sql::Expr& expr = *item->expr;
    NamedItem out{item->alias, text.substr(expr.span.begin, expr.span.end - expr.span.begin)};
    if (out.name.empty() && expr.kind == sql::Expr::Kind::Column) out.name = expr.name;
    return out.name.empty() ? std::nullopt : std::optional(std::move(out));
}

std::optional<NamedItem> itemOf(ParamKind kind, const Json& value) {
    if (!value.is_string()) return std::nullopt;
    const std::string text = value.get<std::string>();
    const bool defines = kind == ParamKind::ColumnDefs || kind == ParamKind::GeneratorColumns;
    return defines ? fromDefinition(text) : fromSql(text);
}

bool namesColumns(ParamKind kind) {
    return kind == ParamKind::ColumnDefs || kind == ParamKind::GeneratorColumns ||
           kind == ParamKind::SelectItems || kind == ParamKind::Aggregates;
}

}  // namespace

ColumnRenames renamedItems(const NodeKind& kind, const Json& before, const Json& after) {
    ColumnRenames renames;
    for (const ParamSpec& spec : kind.params) {
        const Json &old = paramValue(spec, before), &now = paramValue(spec, after);
        // “arrival_time” is the name of a column itself; of other texts no column is called so.
        if (spec.kind == ParamKind::String && old.is_string() && now.is_string() && old != now &&
            !old.get<std::string>().empty() && !now.get<std::string>().empty()) {
            renames.push_back({old.get<std::string>(), now.get<std::string>()});
        }
        if (!namesColumns(spec.kind) || !old.is_array() || !now.is_array() || old.size() != now.size())
            continue;
        for (std::size_t i = 0; i < old.size(); ++i) {
            if (old[i] == now[i]) continue;
            const auto was = itemOf(spec.kind, old[i]), is = itemOf(spec.kind, now[i]);
            if (was && is && was->name != is->name && was->meaning == is->meaning)
                renames.push_back({was->name, is->name});
        }
    }
    return renames;
}

}  // namespace rw
