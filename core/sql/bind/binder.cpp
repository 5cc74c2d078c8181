#include "core/sql/bind/binder.h"

#include <algorithm>
#include <limits>

#include "core/data/text.h"
#include "core/sql/coercion.h"
#include "core/sql/eval/slices.h"

namespace rw::sql {

namespace {

bool isLiteral(const BoundExpr& expr) {
    return expr.kind == BoundExpr::Kind::Literal;
}
bool isLiteral(const BoundRef& expr) {
    return isLiteral(*expr);
}

std::shared_ptr<BoundExpr> makeNode(BoundExpr::Kind kind, Type type, std::vector<BoundRef> args) {
    auto expr = std::make_shared<BoundExpr>();
    expr->kind = kind;
    expr->type = type;
    expr->args = std::move(args);
    return expr;
}

/// Whether a list of IN is looked up: literals of the value's type, which compares bytewise. To compare with
/// a few numbers is quicker.
bool isSet(const std::vector<BoundRef>& args) {
    const Type type = args[0]->type;
    const bool text = type.is(TypeId::String);
    const TypeKind kind = kindOf(type.id);
    if (!text && !type.isInteger() && kind != TypeKind::Time && kind != TypeKind::Interval) return false;
    if (args.size() - 1 < (text ? 2U : 4U)) return false;
    const auto isOne = [type](const BoundRef& item) {
        const bool narrower = type.is(TypeId::Bigint) && item->type.is(TypeId::Int);
        return isLiteral(item) && (item->type == type || narrower || item->type.is(TypeId::Null));
    };
    return std::all_of(args.begin() + 1, args.end(), isOne) &&
           std::any_of(args.begin() + 1, args.end(),
                       [](const BoundRef& item) { return !isNull(item->value); });
}

/// Bytes of text that computing a call of literals may read, and make. Binding happens with every key that
/// is pressed, and when a foreign file is opened: larger calls are left to the run.
constexpr std::size_t kLongestFolded = 1024;

std::size_t textSize(const BoundExpr& expr) {
    const auto* const text = isLiteral(expr) ? std::get_if<std::string>(&expr.value) : nullptr;
    return text != nullptr ? text->size() : 0;
}

/// The value of an expression of literals, or the expression where it has none.
BoundRef computed(BoundRef expr) {
    Batch one;
    one.rows = 1;
    Work work(std::numeric_limits<std::size_t>::max(), kLongestFolded);
    const Vector result = evaluate(*expr, one, {}, work);
    if (result.errors) return expr;  // it will fail its rows, where it is evaluated at all
    return makeLiteral(valueAt(*result.column, 0), expr->type);
}

}  // namespace

BoundRef makeLiteral(Value value, Type type) {
    ColumnBuilder builder(type);
    appendValue(builder, value);
    auto expr = makeNode(BoundExpr::Kind::Literal, type, {});
    expr->value = std::move(value);
    expr->prepared = builder.finish();
    return expr;
}

BoundRef makeColumn(int index, Type type) {
    auto expr = makeNode(BoundExpr::Kind::Column, type, {});
    expr->column = index;
    return expr;
}

BoundRef makeCast(BoundRef expr, Type type, bool tryCast) {
    if (expr->type == type) return expr;
    if (isLiteral(expr) && isNull(expr->value)) return makeLiteral({}, type);
    auto cast = makeNode(BoundExpr::Kind::Cast, type, {std::move(expr)});
    cast->tryCast = tryCast;
    return isLiteral(cast->args.front()) ? computed(std::move(cast)) : BoundRef(std::move(cast));
}

BoundRef makeShared(const BoundRef& expr) {
    if (expr->args.empty() || expr->shared) return expr;
    auto copy = std::make_shared<BoundExpr>(*expr);
    copy->shared = true;
    return copy;
}

BoundRef Binder::folded(std::shared_ptr<BoundExpr> expr) {
    if (!std::all_of(expr->args.begin(), expr->args.end(),
                     [](const BoundRef& arg) { return isLiteral(arg); }))
        return expr;
    if (expr->kind == BoundExpr::Kind::Call && !expr->function->pure) return expr;
    std::size_t texts = 0;
    for (const BoundRef& arg : expr->args) texts += textSize(*arg);
    if (texts > std::min(kLongestFolded, m_foldable)) return expr;
    BoundRef made = computed(std::move(expr));
    texts += textSize(*made);
    m_foldable -= std::min(texts, m_foldable);
    return made;
}

BoundRef Binder::fail(Text message, Text fix, Span where, std::string replacement) {
    if (!m_error) {
        m_error = SqlError{std::move(message), std::move(fix), where.begin, where.end - where.begin,
                           std::move(replacement)};
    }
    return nullptr;
}

BoundRef Binder::fail(SqlError error, const Expr& call) {
    const bool argument = error.position > 0 && error.position <= call.args.size();
    const Span where = argument ? call.args[error.position - 1]->span : call.span;
    return fail(std::move(error.message), std::move(error.fix), where);
}

BoundRef Binder::bind(const Expr& expr) {
    if (m_error) return nullptr;
    BoundRef bound = bindKind(expr);
    if (bound && m_parts != nullptr) note(expr, *bound);
    return bound;
}

BoundRef Binder::bindKind(const Expr& expr) {
    switch (expr.kind) {
        case Expr::Kind::Column:
            return column(expr);
        case Expr::Kind::Literal:
            return makeLiteral(expr.value, expr.literalType);
        case Expr::Kind::Call:
            return call(expr);
        case Expr::Kind::Case:
            return caseWhen(expr);
        case Expr::Kind::Cast:
            return cast(expr);
        case Expr::Kind::Aggregate:
            break;
    }
    return fail(RW_TEXT("sql", "%1 works on many rows; here stands a value of one row.").with(expr.name),
                RW_TEXT("sql", "Use it in the aggregates of a window_aggregate node."), expr.span);
}

std::vector<BoundRef> Binder::bindAll(const Expr& expr) {
    std::vector<BoundRef> args;
    for (const ExprPtr& arg : expr.args) {
        args.push_back(bind(*arg));
        if (m_error) return {};
    }
    return args;
}

/// CAST(FROM_BASE64(…) AS BYTES).
BoundRef Binder::castFromBase64(const Expr& expr) {
    const Expr& inner = *expr.args[0];
    if (!countFits(bytesFromBase64(), inner)) return nullptr;
    std::vector<BoundRef> args = bindAll(inner);
    BoundRef bytes = m_error ? nullptr : apply(bytesFromBase64(), std::move(args), inner);
    // The call by itself is a text, to those who write it for other engines.
    if (bytes && m_parts != nullptr) {
        TypedPart& part = (*m_parts)[&inner];
        part.type = part.as = Type::of(TypeId::String);
    }
    return bytes;
}

BoundRef Binder::cast(const Expr& expr) {
    const Expr& inner = *expr.args[0];
    if (expr.castType.is(TypeId::Bytes) && inner.kind == Expr::Kind::Call && inner.name == "FROM_BASE64")
        return castFromBase64(expr);
    BoundRef value = bind(*expr.args[0]);
    if (!value) return nullptr;
    if (!castable(value->type, expr.castType)) {
        return fail(
            RW_TEXT("sql", "%1 can't become %2.").with(toString(value->type), toString(expr.castType)), {},
            expr.span);
    }
    noteFailing(expr, !expr.tryCast && castCanFail(value->type, expr.castType));
    return makeCast(std::move(value), expr.castType, expr.tryCast);
}

void Binder::note(const Expr& expr, const BoundExpr& bound) {
    TypedPart& part = (*m_parts)[&expr];
    part.type = part.as = bound.type;
    if (expr.kind == Expr::Kind::Column) part.column = bound.column;
    if (bound.kind == BoundExpr::Kind::Literal) part.canFail = false;  // it was computed
}

void Binder::noteFailing(const Expr& expr, bool canFail) {
    if (m_parts != nullptr && canFail) (*m_parts)[&expr].canFail = true;
}

void Binder::noteConversion(const BoundRef& value, Type type, const Expr& part, const Expr& around) {
    if (m_parts == nullptr) return;
    TypedPart& noted = (*m_parts)[&part];
    const bool again = noted.as != noted.type;
    noted.as = again ? commonType(noted.as, type).value_or(type) : type;
    noteFailing(around, !isLiteral(value) && castCanFail(value->type, type));
}

BoundRef Binder::converted(BoundRef expr, Type type, Span where, const Expr& part, const Expr& around) {
    noteConversion(expr, type, part, around);
    if (expr->type == type) return expr;
    const bool literal = isLiteral(expr);
    const std::string written = literal ? toText(expr->value, expr->type) : std::string();
    BoundRef result = makeCast(std::move(expr), type, false);
    if (literal && !isLiteral(result)) {
        return fail(RW_TEXT("sql", "“%1” can't be read as %2.").with(written, toString(type)), {}, where);
    }
    return result;
}

bool Binder::countFits(const ScalarFunction& function, const Expr& expr) {
    const auto count = static_cast<int>(expr.args.size());
    if (count >= function.minArgs && (function.maxArgs < 0 || count <= function.maxArgs)) return true;
    fail(RW_TEXT("sql", "%1 does not take so many arguments: %2.").with(function.name, count),
         RW_TEXT("sql", "Write it as %1.").with(function.signature), expr.span);
    return false;
}

BoundRef Binder::call(const Expr& expr) {
    if (expr.name == "BETWEEN") return between(expr);
    if (expr.name == "IN") return inList(expr);
    const ScalarFunction* const found = function(expr);
    if (found == nullptr || !countFits(*found, expr)) return nullptr;
    if (expr.name == "NULLIF") return nullIf(expr);
    std::vector<BoundRef> args = bindAll(expr);
    return m_error ? nullptr : apply(*found, std::move(args), expr);
}

BoundRef Binder::apply(const ScalarFunction& function, std::vector<BoundRef> args, const Expr& expr,
                       std::size_t second) {
    std::vector<ArgInfo> infos;
    for (const BoundRef& arg : args) infos.push_back({arg->type, isLiteral(arg) ? &arg->value : nullptr});
    auto resolved = function.resolve(infos, expr.unit);
    if (auto* const error = std::get_if<SqlError>(&resolved)) return fail(std::move(*error), expr);
    auto& typed = std::get<Resolved>(resolved);
    noteFailing(expr, function.canFail && !typed.safe);
    for (std::size_t i = 0; i < args.size(); ++i) {
        const Span where = args.size() == expr.args.size() ? expr.args[i]->span : expr.span;
        const Expr& part = *expr.args[i == 1 ? second : i];
        args[i] = converted(std::move(args[i]), typed.params[i], where, part, expr);
        if (!args[i]) return nullptr;
    }
    using Kind = BoundExpr::Kind;
    const Kind kind = function.name == "AND"        ? Kind::And
                      : function.name == "OR"       ? Kind::Or
                      : function.name == "COALESCE" ? Kind::Coalesce
                      : function.name == "IF"       ? Kind::Case
                                                    : Kind::Call;
    auto node = makeNode(kind, typed.result, std::move(args));
    if (kind == Kind::Call) {
        node->function = &function;
        node->prepared = std::move(typed.prepared);
        node->canFail = function.canFail && !typed.safe;
        node->site = ++m_sites;
    }
    return folded(std::move(node));
}

BoundRef Binder::compare(std::string_view name, const BoundRef& value, const BoundRef& other,
                         const Expr& expr, std::size_t second) {
    if (m_error || !value || !other) return nullptr;
    return apply(*findFunction(name), {value, other}, expr, second);
}

BoundRef Binder::between(const Expr& expr) {
    std::vector<BoundRef> args = bindAll(expr);
    if (m_error) return nullptr;
    const BoundRef value = makeShared(args[0]);
    BoundRef low = compare(">=", value, args[1], expr, 1);
    BoundRef high = compare("<=", value, args[2], expr, 2);
    if (m_error) return nullptr;
    return folded(
        makeNode(BoundExpr::Kind::And, Type::of(TypeId::Boolean), {std::move(low), std::move(high)}));
}

BoundRef Binder::inList(const Expr& expr) {
    std::vector<BoundRef> args = bindAll(expr);
    if (m_error) return nullptr;
    if (isSet(args)) return apply(*findFunction("IN"), std::move(args), expr);
    const BoundRef value = makeShared(args[0]);
    std::vector<BoundRef> tests;
    for (std::size_t i = 1; i < args.size(); ++i) tests.push_back(compare("=", value, args[i], expr, i));
    if (m_error) return nullptr;
    if (tests.size() == 1) return tests[0];
    return folded(makeNode(BoundExpr::Kind::Or, Type::of(TypeId::Boolean), std::move(tests)));
}

BoundRef Binder::nullIf(const Expr& expr) {
    std::vector<BoundRef> args = bindAll(expr);
    if (m_error) return nullptr;
    const BoundRef value = makeShared(args[0]);
    BoundRef same = compare("=", value, args[1], expr, 1);
    if (m_error) return nullptr;
    const Type type = value->type;
    return folded(makeNode(BoundExpr::Kind::Case, type, {std::move(same), makeLiteral({}, type), value}));
}

BoundRef Binder::caseWhen(const Expr& expr) {
    std::vector<BoundRef> args = bindAll(expr);
    if (m_error) return nullptr;
    std::size_t first = 0;
    const BoundRef value = expr.simple ? makeShared(args[first++]) : nullptr;
    const auto span = [&expr](std::size_t i) { return expr.args[i]->span; };
    const auto convertedPart = [&](std::size_t i, Type wanted) {
        return converted(std::move(args[i]), wanted, span(i), *expr.args[i], expr);
    };
    Type type = Type::of(TypeId::Null);
    const auto meet = [&](std::size_t i) {
        const auto common = commonType(type, args[i]->type);
        if (common) {
            type = *common;
        } else {
            fail(RW_TEXT("sql", "The branches of CASE give %1 and %2.")
                     .with(toString(type), toString(args[i]->type)),
                 RW_TEXT("sql", "Convert one of them with CAST."), span(i));
        }
    };
    for (std::size_t i = first; i + 1 < args.size(); i += 2) {
        if (value) {
            args[i] = compare("=", value, args[i], expr, i);
            if (m_error) return nullptr;
        } else if (!args[i]->type.is(TypeId::Boolean) && !args[i]->type.is(TypeId::Null)) {
            return fail(
                RW_TEXT("sql", "A condition is true or false; this gives %1.").with(toString(args[i]->type)),
                RW_TEXT("sql", "Compare it with something."), span(i));
        }
        if (!value) args[i] = convertedPart(i, Type::of(TypeId::Boolean));
        meet(i + 1);
        if (m_error) return nullptr;
    }
    meet(args.size() - 1);
    if (m_error) return nullptr;
    for (std::size_t i = first + 1; i < args.size(); i += 2) {
        args[i] = convertedPart(i, type);
    }
    args.back() = convertedPart(args.size() - 1, type);
    if (m_error) return nullptr;
    args.erase(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(first));
    return folded(makeNode(BoundExpr::Kind::Case, type, std::move(args)));
}

}  // namespace rw::sql
