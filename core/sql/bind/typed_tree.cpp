#include "core/sql/bind/typed_tree.h"

#include <algorithm>

#include "core/sql/bind/binder.h"

namespace rw::sql {

namespace {

Parsed<TypedTree> parseAndType(std::string_view text, const Scope& scope, bool condition) {
    auto parsed = parseExpression(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    return typeTree(std::get<ExprPtr>(std::move(parsed)), scope, condition);
}

}  // namespace

Parsed<TypedTree> typeTree(ExprPtr tree, const Scope& scope, bool condition) {
    TypedParts parts;
    Binder binder(scope, &parts);
    const BoundRef bound = binder.bind(*tree);
    if (!bound) return binder.error();
    if (condition) {
        if (auto error = checkCondition(bound->type, tree->span)) return std::move(*error);
        parts[tree.get()].as = Type::of(TypeId::Boolean);
    }
    return TypedTree(std::move(tree), std::move(parts));
}

bool TypedTree::canFail() const {
    return std::any_of(m_parts.begin(), m_parts.end(), [](const auto& part) { return part.second.canFail; });
}

Parsed<TypedTree> typeText(std::string_view text, const Scope& scope) {
    return parseAndType(text, scope, false);
}

Parsed<TypedTree> typeCondition(std::string_view text, const Scope& scope) {
    return parseAndType(text, scope, true);
}

Parsed<TypedItem> typeSelectItem(std::string_view text, const Scope& scope) {
    auto parsed = parseSelectItem(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    auto& item = std::get<SelectItem>(parsed);
    if (!item.expr) return TypedItem{};
    auto name = resultName(item);
    auto typed = typeTree(std::move(item.expr), scope);
    if (auto* const error = std::get_if<SqlError>(&typed)) return std::move(*error);
    if (auto* const error = std::get_if<SqlError>(&name)) return std::move(*error);
    return TypedItem{std::get<TypedTree>(std::move(typed)), std::get<std::string>(std::move(name))};
}

}  // namespace rw::sql
