// Literals: by their value, or with the variables that stand in them.
#include <algorithm>

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

/// “${” that names no variable, as files write it.
std::string withEscapedNames(std::string text) {
    for (std::size_t at = 0; (at = text.find("${", at)) != std::string::npos; at += 3)
        text.insert(at, 1, '$');
    return text;
}

/// A sign makes it less than a word.
Written looseNumber(std::string text, bool maybeSigned) {
    const bool loose = maybeSigned || text.starts_with('-');
    return {std::move(text), loose ? Binding::Unary : Binding::Call};
}

}  // namespace

std::string keptText(const sql::Expr& literal, const WriteScope& scope) {
    const auto [begin, end] = literal.span;
    const auto touches = [&](const VariableSpan& span) { return span.begin < end && span.end > begin; };
    const auto inside = [&](const VariableSpan& span) { return span.begin >= begin && span.end <= end; };
    const auto& variables = scope.variables;
    if (std::none_of(variables.begin(), variables.end(), touches)) return {};
    if (!std::all_of(variables.begin(), variables.end(),
                     [&](const VariableSpan& span) { return !touches(span) || inside(span); })) {
        return {};
    }
    // Goes along both texts: the file's, and that with the values, which spans count in.
    std::string kept;
    auto variable = variables.begin();
    std::size_t at = 0;
    for (std::size_t place = 0; place < end && at < scope.raw.size();) {
        const std::string_view rest = scope.raw.substr(at);
        std::size_t taken = 1, given = 1;
        if (variable != variables.end() && variable->begin == place && rest.starts_with("${")) {
            taken = variable->name.size() + 3;
            given = variable->end - variable->begin;
            ++variable;
        } else if (rest.starts_with("$${")) {
            taken = 3, given = 2;
        }
        if (place >= begin) kept += rest.substr(0, taken);
        at += taken, place += given;
    }
    return kept;
}

std::optional<Written> writeLiteral(const Dialect& dialect, const sql::Expr& literal, Type type,
                                    const WriteScope& scope) {
    const auto write = dialect.words().literal;
    const std::string kept = keptText(literal, scope);
    if (!kept.empty()) {
        if (type != literal.literalType) return std::nullopt;
        if (type.is(TypeId::String)) return Written{write(insideQuotes(kept), type)};
        return looseNumber(kept, type.isNumeric());
    }
    const auto converted = sql::makeCast(sql::makeLiteral(literal.value, literal.literalType), type, false);
    if (converted->kind != sql::BoundExpr::Kind::Literal) return std::nullopt;
    std::string text = write(converted->value, type);
    return looseNumber(scope.raw.empty() ? std::move(text) : withEscapedNames(std::move(text)), false);
}

}  // namespace rw
