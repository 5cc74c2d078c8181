#include <charconv>

#include "core/data/text.h"
#include "core/sql/parse/keywords.h"
#include "core/sql/parse/parser.h"

namespace rw::sql {

namespace {

Text operandFix() {
    return RW_TEXT("sql", "Write a column, a value or a function here.");
}

/// The digits of a decimal literal as one number, or nothing when there are more than fit. They count as
/// written, zeros in front and all.
std::optional<std::pair<Int128, Type>> decimalOf(std::string_view written) {
    Int128 unscaled = 0;
    int digits = 0, scale = 0;
    bool fraction = false;
    for (const char c : written) {
        if (c == '.') {
            fraction = true;
            continue;
        }
        if (++digits > kMaxPrecision) return std::nullopt;
        unscaled = unscaled * 10 + (c - '0');
        if (fraction) ++scale;
    }
    return std::pair{unscaled, Type::decimal(digits, scale)};
}

}  // namespace

ExprPtr Parser::literal(Value value, Type type, std::size_t begin) {
    ExprPtr expr = node(Expr::Kind::Literal, {}, {}, begin);
    expr->value = std::move(value);
    expr->literalType = type;
    return expr;
}

ExprPtr Parser::number(bool negative, std::size_t begin) {
    const Token token = advance();
    const std::string_view written = token.text;
    if (written.find_first_of("eE") != std::string_view::npos) {
        const auto value = parseDouble(written);
        if (!value || *value > std::numeric_limits<double>::max()) {
            return fail(RW_TEXT("sql", "%1 is too large for a DOUBLE.").with(written), {}, token.span);
        }
        return literal(negative ? -*value : *value, Type::of(TypeId::Double), begin);
    }
    const bool whole = written.find('.') == std::string_view::npos;
    std::int64_t integer = 0;
    // The sign is read with the digits: the smallest INT has no positive counterpart.
    const std::string digits = (negative ? "-" : "") + token.text;
    if (whole && std::from_chars(digits.data(), digits.data() + digits.size(), integer).ec == std::errc()) {
        if (integer >= std::numeric_limits<std::int32_t>::min() &&
            integer <= std::numeric_limits<std::int32_t>::max()) {
            return literal(static_cast<std::int32_t>(integer), Type::of(TypeId::Int), begin);
        }
        return literal(integer, Type::of(TypeId::Bigint), begin);
    }
    const auto decimal = decimalOf(written);
    if (!decimal) {
        return fail(RW_TEXT("sql", "%1 has more than %2 digits.").with(written, kMaxPrecision),
                    RW_TEXT("sql", "Write fewer digits, or a DOUBLE with an exponent: 1.5e0."), token.span);
    }
    return literal(negative ? -decimal->first : decimal->first, decimal->second, begin);
}

ExprPtr Parser::timeLiteral(TypeId id) {
    const std::size_t begin = advance().span.begin;
    const Token text = advance();
    if (id == TypeId::Date) {
        if (const auto days = parseDate(text.text)) return literal(*days, Type::of(TypeId::Date), begin);
        return fail(RW_TEXT("sql", "“%1” is not a DATE.").with(text.text),
                    RW_TEXT("sql", "Write it as DATE '2024-03-01'."), text.span);
    }
    if (const auto millis = parseTimestamp(text.text))
        return literal(*millis, Type::of(TypeId::Timestamp), begin);
    return fail(RW_TEXT("sql", "“%1” is not a TIMESTAMP.").with(text.text),
                RW_TEXT("sql", "Write it as TIMESTAMP '2024-03-01 12:00:00'."), text.span);
}

ExprPtr Parser::bytesLiteral() {
    const std::size_t begin = advance().span.begin;
    const Token text = advance();
    if (auto bytes = parseHex(text.text)) return literal(std::move(*bytes), Type::of(TypeId::Bytes), begin);
    return fail(RW_TEXT("sql", "x'%1' is not BYTES.").with(text.text),
                RW_TEXT("sql", "Write two digits of 0 to 9 and a to f for each byte: x'00ff'."),
                {begin, m_lastEnd});
}

ExprPtr Parser::interval() {
    const std::size_t begin = advance().span.begin;
    const bool negative = acceptSymbol("-");
    const Token text = peek();
    if (text.kind != Token::Kind::String) {
        return unexpected(RW_TEXT("sql", "The amount stands in quotes: INTERVAL '5' SECOND."),
                          text.kind == Token::Kind::Number ? "'" + text.text + "'" : std::string());
    }
    advance();
    if (peek().kind != Token::Kind::Word)
        return unexpected(RW_TEXT("sql", "Write a unit here: SECOND, DAY, MONTH …"));
    const std::string from = unitKeyword();
    const std::string to = acceptKeyword("TO") ? unitKeyword() : std::string();
    if (m_error) return nullptr;
    const auto value = parseInterval(text.text, from, to);
    if (!value) {
        return fail(
            RW_TEXT("sql", "“%1” is not an interval of the unit that follows it.").with(text.text),
            RW_TEXT("sql", "Write INTERVAL '5' SECOND, '90' MINUTE, '1:30' HOUR TO MINUTE, '1' MONTH …"),
            {begin, m_lastEnd});
    }
    return literal(negative ? -value->amount : value->amount,
                   Type::of(value->months ? TypeId::IntervalMonth : TypeId::IntervalDay), begin);
}

ExprPtr Parser::caseExpression() {
    const std::size_t begin = advance().span.begin;
    std::vector<ExprPtr> args;
    const bool simple = !peek().isKeyword("WHEN");
    if (simple) args.push_back(expression());
    if (m_error) return nullptr;
    if (!peek().isKeyword("WHEN"))
        return unexpected(RW_TEXT("sql", "Write WHEN here: CASE WHEN a > 1 THEN … END."));
    while (acceptKeyword("WHEN")) {
        args.push_back(expression());
        if (m_error || !expectKeyword("THEN")) return nullptr;
        args.push_back(expression());
        if (m_error) return nullptr;
    }
    args.push_back(acceptKeyword("ELSE") ? expression() : literal({}, Type::of(TypeId::Null), m_lastEnd));
    if (m_error || !expectKeyword("END")) return nullptr;
    ExprPtr expr = node(Expr::Kind::Case, {}, std::move(args), begin);
    if (expr) expr->simple = simple;
    return expr;
}

ExprPtr Parser::column() {
    const std::size_t begin = peek().span.begin;
    std::string name = advance().text;
    std::string qualifier;
    if (acceptSymbol(".")) {
        qualifier = std::move(name);
        if (peek().kind != Token::Kind::Word && peek().kind != Token::Kind::Quoted) {
            return unexpected(RW_TEXT("sql", "After the point comes a column's name."));
        }
        name = advance().text;
    }
    ExprPtr expr = node(Expr::Kind::Column, std::move(name), {}, begin);
    if (expr) expr->qualifier = std::move(qualifier);
    return expr;
}

ExprPtr Parser::reservedWord() {
    const Token& token = peek();
    const bool couldBeColumn = peek(1).kind == Token::Kind::End || peek(1).kind == Token::Kind::Symbol;
    return unexpected(
        couldBeColumn
            ? RW_TEXT("sql", "It is a word of SQL; a column of that name stands in back quotes: %1.")
                  .with(quoteIdentifier(token.text))
            : operandFix(),
        couldBeColumn ? quoteIdentifier(token.text) : std::string());
}

ExprPtr Parser::operand() {
    const Token& token = peek();
    const std::size_t begin = token.span.begin;
    switch (token.kind) {
        case Token::Kind::Number:
            return number(false, begin);
        case Token::Kind::String: {
            std::string text = advance().text;
            return literal(std::move(text), Type::of(TypeId::String), begin);
        }
        case Token::Kind::Quoted:
            return column();
        case Token::Kind::Symbol: {
            if (!token.isSymbol("(")) return unexpected(operandFix());
            advance();
            ExprPtr inner = expression();
            return inner && expectSymbol(")") ? std::move(inner) : nullptr;
        }
        case Token::Kind::End:
            return unexpected(operandFix());
        case Token::Kind::Word:
            break;
    }
    const Token& next = peek(1);
    if (token.isKeyword("CASE")) return caseExpression();
    if (token.isKeyword("INTERVAL") && !next.isSymbol("(")) return interval();
    if (next.kind == Token::Kind::String && token.isKeyword("DATE")) return timeLiteral(TypeId::Date);
    if (next.kind == Token::Kind::String && token.isKeyword("TIMESTAMP"))
        return timeLiteral(TypeId::Timestamp);
    if (next.kind == Token::Kind::String && token.isKeyword("X") && next.span.begin == token.span.end)
        return bytesLiteral();
    if (token.isKeyword("TRUE") || token.isKeyword("FALSE")) {
        const bool value = advance().upper == "TRUE";
        return literal(value, Type::of(TypeId::Boolean), begin);
    }
    if (acceptKeyword("NULL")) return literal({}, Type::of(TypeId::Null), begin);
    if (next.isSymbol("(") &&
        (!isReserved(token.upper) || token.isKeyword("CAST") || token.isKeyword("TRY_CAST"))) {
        return functionCall();
    }
    if (isReserved(token.upper)) return reservedWord();
    if (token.isKeyword("CURRENT_TIMESTAMP") && !next.isSymbol(".")) {
        advance();
        return node(Expr::Kind::Call, "CURRENT_TIMESTAMP", {}, begin);
    }
    return column();
}

}  // namespace rw::sql
