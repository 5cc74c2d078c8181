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

/// A number with variables, in brackets: a negative value behind another sign would begin a comment.
Written keptNumber(const Dialect& dialect, const std::string& kept, Type type) {
    const std::string signedText = kept.front() == '-' ? "-(" + kept.substr(1) + ")" : kept;
    if (dialect.words().decimalsByCast && type.is(TypeId::Decimal))
        return {"CAST(" + signedText + " AS " + dialect.words().type(type) + ")"};
    return {"(" + signedText + ")"};
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
        if (type.isNumeric()) return keptNumber(dialect, kept, type);
        // Alone it would be a BINARY of so many bytes.
        if (type.is(TypeId::Bytes))
            return Written{"CAST(" + kept + " AS " + dialect.words().type(type) + ")"};
        return Written{kept};
    }
    const auto converted = sql::makeCast(sql::makeLiteral(literal.value, literal.literalType), type, false);
    if (converted->kind != sql::BoundExpr::Kind::Literal) return std::nullopt;
    std::string text = write(converted->value, type);
    // A sign makes it less than a word.
    const Binding binding = text.starts_with('-') ? Binding::Unary : Binding::Call;
    return Written{std::move(text), binding};
}

}  // namespace rw
