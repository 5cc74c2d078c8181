#include "core/sql/aggregates/typed_aggregate.h"

#include "core/sql/aggregates/bind_call.h"

namespace rw::sql {

Parsed<TypedAggregate> typeAggregate(std::string_view text, const Scope& scope) {
    auto parsed = parseSelectItem(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    auto& item = std::get<SelectItem>(parsed);
    AggregateParts parts;
    auto called = bindCall(item, text.size(), scope, &parts);
    if (auto* const error = std::get_if<SqlError>(&called)) return std::move(*error);

    auto& bound = std::get<BoundAggregate>(called);
    Expr& call = *item.expr;
    TypedAggregate out;
    out.name = std::move(bound.name);
    out.function = std::move(bound.function);
    if (!call.args.empty()) out.argument = TypedTree(std::move(call.args.front()), std::move(parts.argument));
    if (call.filter) out.filter = TypedTree(std::move(call.filter), std::move(parts.filter));
    out.distinct = call.distinct;
    out.fraction = bound.fraction;
    out.separator = std::move(bound.separator);
    out.type = bound.type;
    return out;
}

}  // namespace rw::sql
