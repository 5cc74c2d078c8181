#include "core/pipeline/merging/element_name.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "core/base/ascii.h"
#include "core/data/trim.h"
#include "core/pipeline/column_def.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

/// A select item is known by the column that it makes; one without a name by its text.
std::string selectedName(const std::string& text) {
    const sql::Parsed<sql::SelectItem> parsed = sql::parseSelectItem(text);
    const auto* const item = std::get_if<sql::SelectItem>(&parsed);
    if (item == nullptr || (item->alias.empty() && item->expr == nullptr)) return text;
    if (!item->alias.empty()) return item->alias;
    return item->expr->kind == sql::Expr::Kind::Column ? item->expr->name : text;
}

/// “total DESC” without its direction.
std::string sortedName(std::string_view text) {
    text = trimmed(text);
    const std::size_t blank = text.find_last_of(" \t");
    if (blank == std::string_view::npos) return std::string(text);
    const std::string_view last = text.substr(blank + 1);
    const bool direction = sameAsciiWord(last, "DESC") || sameAsciiWord(last, "ASC");
    return std::string(direction ? trimmed(text.substr(0, blank)) : text);
}

std::string branchName(std::string_view text) {
    return std::string(trimmed(text.substr(0, text.find(':'))));
}

std::string nameOf(ParamKind kind, const std::string& text) {
    switch (kind) {
        case ParamKind::SelectItems:
        case ParamKind::Aggregates:
            return selectedName(text);
        case ParamKind::SortItems:
            return sortedName(text);
        case ParamKind::Branches:
            return branchName(text);
        case ParamKind::ColumnDefs:
        case ParamKind::GeneratorColumns: {
            const std::optional<ColumnDef> column = splitColumnDef(text);
            return column ? column->name : text;
        }
        default:
            return text;
    }
}

bool haveNames(ParamKind kind) {
    constexpr std::array kNamed{ParamKind::ColumnNames, ParamKind::SelectItems,     ParamKind::Aggregates,
                                ParamKind::SortItems,   ParamKind::Branches,        ParamKind::ColumnDefs,
                                ParamKind::Connections, ParamKind::GeneratorColumns};
    return std::find(kNamed.begin(), kNamed.end(), kind) != kNamed.end();
}

}  // namespace

std::optional<MergeKeys> elementNames(ParamKind kind, const Json& list) {
    if (!haveNames(kind) || !list.is_array()) return std::nullopt;
    MergeKeys names;
    std::unordered_set<std::string> seen;
    for (const Json& element : list) {
        if (!element.is_string()) return std::nullopt;
        names.push_back(nameOf(kind, element.get_ref<const std::string&>()));
        if (!seen.insert(names.back()).second) return std::nullopt;
    }
    return names;
}

bool orderDecides(ParamKind kind) {
    return kind == ParamKind::Branches || kind == ParamKind::SortItems;
}

}  // namespace rw
