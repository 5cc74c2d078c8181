// Binding of one aggregate call: its arguments, its filter and its options, with errors and their places.
#include "core/sql/aggregates/aggregates.h"

#include <cmath>
#include <optional>

#include "core/sql/aggregates/bind_call.h"
#include "core/sql/aggregates/registry.h"
#include "core/sql/bind/binder.h"

namespace rw::sql {

namespace {

Parsed<BoundRef> bindPart(const Expr& expr, const Scope& scope, TypedParts* parts) {
    Binder binder(scope, parts);
    BoundRef bound = binder.bind(expr);
    if (!bound) return binder.error();
    return bound;
}

SqlError errorAt(Span where, Text message, Text fix = {}) {
    return {std::move(message), std::move(fix), where.begin, where.end - where.begin, {}};
}

std::optional<double> numberOf(const BoundExpr& expr) {
    if (expr.kind != BoundExpr::Kind::Literal) return std::nullopt;
    if (const auto* i = std::get_if<std::int32_t>(&expr.value)) return *i;
    if (const auto* i = std::get_if<std::int64_t>(&expr.value)) return static_cast<double>(*i);
    if (const auto* d = std::get_if<double>(&expr.value)) return *d;
    if (const auto* d = std::get_if<Int128>(&expr.value)) {
        return static_cast<double>(*d) / std::pow(10.0, expr.type.scale);
    }
    return std::nullopt;
}

std::optional<SqlError> checkArgumentCount(const Expr& call, const AggregateFunction& function) {
    const auto given = static_cast<int>(call.args.size());
    if (given >= function.minArgs && given <= function.maxArgs) return std::nullopt;
    return errorAt(call.span, RW_TEXT("sql", "%1 does not take %2 arguments.").with(call.name, given),
                   RW_TEXT("sql", "It is written %1.").with(function.info.signature));
}

std::optional<SqlError> checkArgumentType(const Expr& call, const AggregateFunction& function, Type type) {
    using Accepts = AggregateFunction::Accepts;
    const Span where = call.args.front()->span;
    if (type.is(TypeId::Null)) {
        return errorAt(where, RW_TEXT("sql", "%1 of NULL has no type.").with(call.name),
                       RW_TEXT("sql", "Give the NULL a type: CAST(NULL AS INT)."));
    }
    if (type.is(TypeId::IntervalDay) || type.is(TypeId::IntervalMonth)) {
        return errorAt(where, RW_TEXT("sql", "%1 does not take intervals.").with(call.name),
                       RW_TEXT("sql", "Compute with TIMESTAMPDIFF, which gives a number."));
    }
    if (function.accepts == Accepts::Numbers && !type.isNumeric()) {
        return errorAt(where, RW_TEXT("sql", "%1 takes a number, not %2.").with(call.name, toString(type)),
                       RW_TEXT("sql", "Use CAST(… AS DOUBLE), or COUNT, MIN or MAX, which take every type."));
    }
    if (function.accepts == Accepts::Text && !type.is(TypeId::String)) {
        return errorAt(where, RW_TEXT("sql", "%1 takes a STRING, not %2.").with(call.name, toString(type)),
                       RW_TEXT("sql", "Use CAST(… AS STRING)."));
    }
    return std::nullopt;
}

/// The second argument: the share of PERCENTILE, the separator of LISTAGG.
std::optional<SqlError> bindOption(const Expr& call, const Scope& scope, BoundAggregate& out) {
    const Expr& option = *call.args[1];
    auto bound = bind(option, scope);
    if (auto* const error = std::get_if<SqlError>(&bound)) return std::move(*error);
    const BoundExpr& literal = *std::get<BoundRef>(bound);
    if (call.name == "PERCENTILE") {
        const auto share = numberOf(literal);
        if (!share || !(*share >= 0 && *share <= 1)) {
            return errorAt(option.span, RW_TEXT("sql", "The share of PERCENTILE is a number from 0 to 1."),
                           RW_TEXT("sql", "0.5 is the median, 0.95 leaves the largest twentieth above it."));
        }
        out.fraction = *share;
        return std::nullopt;
    }
    const auto* text = std::get_if<std::string>(&literal.value);
    if (literal.kind != BoundExpr::Kind::Literal || !literal.type.is(TypeId::String) || !text) {
        return errorAt(option.span, RW_TEXT("sql", "The separator of LISTAGG is a text in quotes."),
                       RW_TEXT("sql", "Write it so: LISTAGG(x, '; ')."));
    }
    out.separator = *text;
    return std::nullopt;
}

std::optional<SqlError> bindArguments(const Expr& call, const Scope& scope, const AggregateFunction& function,
                                      BoundAggregate& out, TypedParts* parts) {
    if (auto error = checkArgumentCount(call, function)) return error;
    if (call.args.empty()) {
        if (!call.distinct) return std::nullopt;
        return errorAt(call.span, RW_TEXT("sql", "COUNT(DISTINCT) needs something to count."),
                       RW_TEXT("sql", "Name a column: COUNT(DISTINCT x)."));
    }
    auto argument = bindPart(*call.args.front(), scope, parts);
    if (auto* const error = std::get_if<SqlError>(&argument)) return std::move(*error);
    out.argument = std::get<BoundRef>(std::move(argument));
    if (auto error = checkArgumentType(call, function, out.argument->type)) return error;
    if (function.asDouble) {
        auto converted = convert(out.argument, Type::of(TypeId::Double), call.args.front()->span);
        if (auto* const error = std::get_if<SqlError>(&converted)) return std::move(*error);
        if (parts != nullptr) (*parts)[call.args.front().get()].as = Type::of(TypeId::Double);
        const Type type = out.argument->type;
        const bool exact = function.exact && (type.isInteger() || type.is(TypeId::Decimal));
        if (!exact) out.argument = std::get<BoundRef>(std::move(converted));
    }
    if (call.args.size() > 1) return bindOption(call, scope, out);
    return std::nullopt;
}

std::optional<SqlError> bindFilter(const Expr& call, const Scope& scope, BoundAggregate& out,
                                   TypedParts* parts) {
    if (!call.filter) return std::nullopt;
    auto filter = bindPart(*call.filter, scope, parts);
    if (auto* const error = std::get_if<SqlError>(&filter)) return std::move(*error);
    out.filter = std::get<BoundRef>(std::move(filter));
    // NULL is a condition that never holds, as in a filter node.
    if (out.filter->type.is(TypeId::Null)) out.filter = makeLiteral({}, Type::of(TypeId::Boolean));
    if (parts != nullptr) (*parts)[call.filter.get()].as = out.filter->type;
    if (!out.filter->type.is(TypeId::Boolean)) {
        return errorAt(call.filter->span,
                       RW_TEXT("sql", "FILTER needs a condition, not %1.").with(toString(out.filter->type)),
                       RW_TEXT("sql", "Compare something: FILTER (WHERE price > 10)."));
    }
    return std::nullopt;
}

std::optional<SqlError> checkShape(const SelectItem& item, std::size_t length) {
    const Expr* call = item.expr.get();
    if (!call || call->kind != Expr::Kind::Aggregate || !findAggregate(call->name)) {
        return errorAt(call ? call->span : item.span, RW_TEXT("sql", "This is not an aggregate."),
                       RW_TEXT("sql",
                               "Write one aggregate and a name for it, such as COUNT(*) AS n; compute with "
                               "results in a “Select” node behind."));
    }
    if (!item.alias.empty()) return std::nullopt;
    SqlError error = errorAt({length, length}, RW_TEXT("sql", "The result has no name."),
                             RW_TEXT("sql", "Add AS and a name."));
    error.replacement = " AS result";
    return error;
}

}  // namespace

Parsed<BoundAggregate> bindAggregate(std::string_view text, const Scope& scope) {
    auto parsed = parseSelectItem(text);
    if (auto* const error = std::get_if<SqlError>(&parsed)) return std::move(*error);
    return bindCall(std::get<SelectItem>(parsed), text.size(), scope);
}

Parsed<BoundAggregate> bindCall(const SelectItem& item, std::size_t length, const Scope& scope,
                                AggregateParts* parts) {
    if (auto error = checkShape(item, length)) return std::move(*error);
    const Expr& call = *item.expr;
    const AggregateFunction& function = *findAggregate(call.name);
    BoundAggregate out;
    out.name = item.alias;
    out.function = call.name;
    TypedParts* const ofArgument = parts != nullptr ? &parts->argument : nullptr;
    TypedParts* const ofFilter = parts != nullptr ? &parts->filter : nullptr;
    if (auto error = bindArguments(call, scope, function, out, ofArgument)) return std::move(*error);
    if (auto error = bindFilter(call, scope, out, ofFilter)) return std::move(*error);
    using Distinct = AggregateFunction::Distinct;
    out.distinct = call.distinct && function.distinct != Distinct::Meaningless;
    out.ordered = function.ordered;
    out.scans = function.scans;
    out.type = function.result(out.argument ? out.argument->type : Type{});
    const bool filtered = out.distinct && function.distinct == Distinct::Filtered;
    out.folds = !filtered && function.folds && function.folds(out.argument ? out.argument->type : Type{});
    out.make = filtered ? makeDistinct : function.make;
    out.makeRetracting = filtered ? makeRetractingDistinct : function.makeRetracting;
    return out;
}

std::string aggregateCallText(std::string_view text) {
    const auto parsed = parseSelectItem(text);
    const auto* item = std::get_if<SelectItem>(&parsed);
    if (!item || !item->expr) return std::string(text);
    const Span span = item->expr->span;
    return std::string(text.substr(span.begin, span.end - span.begin));
}

}  // namespace rw::sql
