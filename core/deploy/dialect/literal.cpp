// Literals: by their value, or with the variables that stand in them.
#include "core/deploy/dialect/writer.h"
#include "core/sql/bind/binder.h"

namespace rw {

namespace {

/// The text between the quotes of an SQL literal.
std::string insideQuotes(std::string_view literal) {
    std::string text;
    for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
        text += literal[i];
        if (literal[i] == '\'') ++i;
    }
    return text;
}

/// A sign makes it less than a word.
Written looseNumber(std::string text, bool maybeSigned) {
    const bool loose = maybeSigned || text.starts_with('-');
    return {std::move(text), loose ? Binding::Unary : Binding::Call};
}

}  // namespace

std::string keptLiteral(const sql::Expr& literal, const WriteScope& scope) {
    const auto [begin, end] = literal.span;
    bool any = false;
    std::size_t from = begin, to = end;  // in the raw text, where names stand for values
    for (const VariableSpan& variable : scope.variables) {
        // Wraps where the value is longer than the name, and back again in the sums.
        const std::size_t added = variable.name.size() + 3 - (variable.end - variable.begin);
        if (variable.begin < begin) from += added;
        if (variable.begin < end) to += added;
        if (variable.begin >= end || variable.end <= begin) continue;
        if (variable.begin < begin || variable.end > end) return {};
        any = true;
    }
    return any ? std::string(scope.raw.substr(from, to - from)) : std::string();
}

std::optional<Written> writeLiteral(const Dialect& dialect, const sql::Expr& literal, Type type,
                                    const WriteScope& scope) {
    const auto write = dialect.words().literal;
    const std::string kept = keptLiteral(literal, scope);
    if (!kept.empty()) {
        if (type != literal.literalType) return std::nullopt;
        if (type.is(TypeId::String)) return Written{write(insideQuotes(kept), type)};
        return looseNumber(kept, type.isNumeric());
    }
    const auto converted = sql::makeCast(sql::makeLiteral(literal.value, literal.literalType), type, false);
    if (converted->kind != sql::BoundExpr::Kind::Literal) return std::nullopt;
    return looseNumber(write(converted->value, type), false);
}

}  // namespace rw
