#include "core/sql/bind/bind.h"

#include "core/sql/bind/binder.h"
#include "core/sql/coercion.h"

namespace rw::sql {

Parsed<BoundRef> bind(const Expr& expr, const Scope& scope) {
    Binder binder(scope);
    BoundRef bound = binder.bind(expr);
    if (!bound) return binder.error();
    return bound;
}

Parsed<BoundRef> bindText(std::string_view text, const Scope& scope) {
    auto parsed = parseExpression(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    return bind(*std::get<ExprPtr>(parsed), scope);
}

Parsed<BoundRef> bindCondition(std::string_view text, const Scope& scope) {
    auto parsed = parseExpression(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    const Expr& expr = *std::get<ExprPtr>(parsed);
    auto bound = bind(expr, scope);
    auto* const ref = std::get_if<BoundRef>(&bound);
    if (ref == nullptr) return bound;
    if (auto error = checkCondition((*ref)->type, expr.span)) return std::move(*error);
    return convert(*ref, Type::of(TypeId::Boolean), expr.span);
}

std::optional<SqlError> checkCondition(Type type, Span where) {
    if (type.is(TypeId::Boolean) || type.is(TypeId::Null)) return std::nullopt;
    SqlError error;
    error.message = RW_TEXT("sql", "A condition is true or false; this gives %1.").with(toString(type));
    error.fix = RW_TEXT("sql", "Compare it with something.");
    error.position = where.begin;
    error.length = where.end - where.begin;
    return error;
}

Parsed<std::string> resultName(const SelectItem& item) {
    if (!item.alias.empty()) return item.alias;
    if (item.expr->kind == Expr::Kind::Column) return item.expr->name;
    SqlError error;
    error.message = RW_TEXT("sql", "The result has no name.");
    error.fix = RW_TEXT("sql", "Write AS and a name at the end.");
    error.position = item.span.end;
    error.replacement = " AS result";
    return error;
}

Parsed<std::vector<BoundItem>> bindSelectItem(std::string_view text, const Scope& scope) {
    auto parsed = parseSelectItem(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    const auto& item = std::get<SelectItem>(parsed);
    std::vector<BoundItem> items;
    if (!item.expr) {
        for (std::size_t i = 0; i < scope.schema->size(); ++i) {
            const Field& field = scope.schema->fields[i];
            items.push_back({makeColumn(static_cast<int>(i), field.type), field.name});
        }
        return items;
    }
    auto bound = bind(*item.expr, scope);
    if (auto* const error = std::get_if<SqlError>(&bound)) return std::move(*error);
    auto name = resultName(item);
    if (auto* const error = std::get_if<SqlError>(&name)) return std::move(*error);
    items.push_back({std::get<BoundRef>(std::move(bound)), std::get<std::string>(std::move(name))});
    return items;
}

Parsed<BoundRef> convert(BoundRef expr, Type type, Span where) {
    if (expr->type == type) return expr;
    if (!castable(expr->type, type)) {
        SqlError error;
        error.message = RW_TEXT("sql", "%1 can't become %2.").with(toString(expr->type), toString(type));
        error.position = where.begin;
        error.length = where.end - where.begin;
        return error;
    }
    return makeCast(std::move(expr), type, false);
}

}  // namespace rw::sql
