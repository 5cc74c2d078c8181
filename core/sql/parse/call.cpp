#include "core/sql/parse/keywords.h"
#include "core/sql/parse/parser.h"

namespace rw::sql {

namespace {

/// Other names of functions that Flink takes too.
std::string canonicalName(const std::string& name) {
    if (name == "CEILING") return "CEIL";
    if (name == "SUBSTR") return "SUBSTRING";
    if (name == "CHARACTER_LENGTH") return "CHAR_LENGTH";
    return name;
}

}  // namespace

bool Parser::arguments(std::vector<ExprPtr>& args) {
    if (!acceptSymbol(")")) {
        do {
            args.push_back(expression());
            if (m_error) return false;
        } while (acceptSymbol(","));
        if (!expectSymbol(")")) return false;
    }
    return true;
}

std::string Parser::unitKeyword() {
    if (m_error) return {};
    if (peek().kind != Token::Kind::Word) {
        unexpected(RW_TEXT("sql", "Write a unit here: SECOND, DAY, MONTH …"));
        return {};
    }
    std::string unit = advance().upper;
    if (unit.starts_with("SQL_TSI_")) unit.erase(0, 8);
    if (peek().isSymbol("(") && peek(1).kind == Token::Kind::Number && peek(2).isSymbol(")")) {
        for (int i = 0; i < 3; ++i) advance();  // a precision, DAY(3): every number fits anyway
    }
    return unit;
}

ExprPtr Parser::functionCall() {
    const std::string name = canonicalName(peek().upper);
    if (name == "CAST" || name == "TRY_CAST") return castCall(name == "TRY_CAST");
    if (name == "EXTRACT") return extractCall();
    if (name == "FLOOR" || name == "CEIL") return roundToUnit(name);
    if (name == "TIMESTAMPADD" || name == "TIMESTAMPDIFF") return unitFirst(name);
    if (name == "POSITION") return positionCall();
    if (name == "SUBSTRING") return substringCall();
    if (name == "TRIM") return trimCall();
    if (isAggregateName(name)) return aggregateCall(name);
    const std::size_t begin = advance().span.begin;
    advance();
    std::vector<ExprPtr> args;
    if (!arguments(args)) return nullptr;
    return node(Expr::Kind::Call, name, std::move(args), begin);
}

ExprPtr Parser::castCall(bool tryCast) {
    const std::size_t begin = advance().span.begin;
    advance();
    ExprPtr value = expression();
    if (!value || !expectKeyword("AS")) return nullptr;
    if (peek().kind != Token::Kind::Word) {
        return unexpected(
            RW_TEXT("sql", "Write a type here: INT, DOUBLE, DECIMAL(10,2), STRING, TIMESTAMP(3) …"));
    }
    const Span first = peek().span;
    for (int open = 0; peek().kind != Token::Kind::End; advance()) {
        if (peek().isSymbol("(")) ++open;
        if (peek().isSymbol(")") && open-- == 0) break;
    }
    const Span written{first.begin, m_lastEnd};
    auto type = parseType(m_text.substr(written.begin, written.end - written.begin));
    if (!type.ok()) return fail(type.error().message, type.error().fix, written);
    if (!expectSymbol(")")) return nullptr;
    ExprPtr expr = call("CAST", begin, std::move(value));
    if (!expr) return nullptr;
    expr->kind = Expr::Kind::Cast;
    expr->castType = *type;
    expr->tryCast = tryCast;
    return expr;
}

ExprPtr Parser::extractCall() {
    const std::size_t begin = advance().span.begin;
    advance();
    std::string unit = unitKeyword();
    if (!expectKeyword("FROM")) return nullptr;
    ExprPtr value = expression();
    if (!expectSymbol(")")) return nullptr;
    ExprPtr expr = call("EXTRACT", begin, std::move(value));
    if (expr) expr->unit = std::move(unit);
    return expr;
}

ExprPtr Parser::roundToUnit(const std::string& name) {
    const std::size_t begin = advance().span.begin;
    advance();
    ExprPtr value = expression();
    if (!value) return nullptr;
    if (!acceptKeyword("TO")) {
        if (!expectSymbol(")")) return nullptr;
        return call(name, begin, std::move(value));
    }
    std::string unit = unitKeyword();
    if (!expectSymbol(")")) return nullptr;
    ExprPtr expr = call(name + " TO", begin, std::move(value));
    if (expr) expr->unit = std::move(unit);
    return expr;
}

ExprPtr Parser::unitFirst(const std::string& name) {
    const std::size_t begin = advance().span.begin;
    advance();
    std::string unit = unitKeyword();
    if (!expectSymbol(",")) return nullptr;
    std::vector<ExprPtr> args;
    if (!arguments(args)) return nullptr;
    ExprPtr expr = node(Expr::Kind::Call, name, std::move(args), begin);
    if (expr) expr->unit = std::move(unit);
    return expr;
}

ExprPtr Parser::positionCall() {
    const std::size_t begin = advance().span.begin;
    advance();
    // IN is an operator elsewhere; the part before it binds tighter than that.
    ExprPtr part = expression(kTestPower + 1);
    if (!part || !expectKeyword("IN")) return nullptr;
    ExprPtr whole = expression();
    if (!whole || !expectSymbol(")")) return nullptr;
    return call("POSITION", begin, std::move(part), std::move(whole));
}

ExprPtr Parser::substringCall() {
    const std::size_t begin = advance().span.begin;
    advance();
    ExprPtr text = expression();
    if (!text) return nullptr;
    const bool words = acceptKeyword("FROM");
    if (!words && !expectSymbol(",")) return nullptr;
    ExprPtr from = expression();
    if (!from) return nullptr;
    ExprPtr count;
    if (words ? acceptKeyword("FOR") : acceptSymbol(",")) {
        count = expression();
        if (!count) return nullptr;
    }
    if (!expectSymbol(")")) return nullptr;
    return call("SUBSTRING", begin, std::move(text), std::move(from), std::move(count));
}

ExprPtr Parser::trimCall() {
    const std::size_t begin = advance().span.begin;
    advance();
    std::string side;
    for (const char* const word : {"BOTH", "LEADING", "TRAILING"}) {
        if (peek().isKeyword(word) && !peek(1).isSymbol(")") && side.empty()) side = advance().upper;
    }
    ExprPtr first;
    if (side.empty() || !peek().isKeyword("FROM")) {
        first = expression();
        if (!first) return nullptr;
    }
    ExprPtr text;
    if (acceptKeyword("FROM")) {
        text = expression();
        if (!text) return nullptr;
        if (side.empty()) side = "BOTH";
    } else if (!side.empty()) {
        return unexpected(RW_TEXT("sql", "Write FROM and the text: TRIM(BOTH 'x' FROM s)."));
    }
    if (!expectSymbol(")")) return nullptr;
    // args: the text, then the characters to remove when they are given.
    if (!text) std::swap(text, first);
    ExprPtr expr = call("TRIM", begin, std::move(text), std::move(first));
    if (expr) expr->unit = std::move(side);
    return expr;
}

ExprPtr Parser::aggregateCall(const std::string& name) {
    const std::size_t begin = advance().span.begin;
    advance();
    std::vector<ExprPtr> args;
    const bool distinct = acceptKeyword("DISTINCT");
    if (!distinct && peek().isSymbol("*") && name == "COUNT") {
        advance();
        if (!expectSymbol(")")) return nullptr;
    } else if (!arguments(args)) {
        return nullptr;
    } else if (args.empty()) {
        return fail(RW_TEXT("sql", "%1 needs a value to work on.").with(name),
                    name == "COUNT" ? RW_TEXT("sql", "Write COUNT(*) to count rows.")
                                    : RW_TEXT("sql", "Write a column between the brackets."),
                    {begin, m_lastEnd}, name == "COUNT" ? "COUNT(*)" : "");
    }
    ExprPtr filter;
    if (peek().isKeyword("FILTER") && peek(1).isSymbol("(")) {
        advance();
        advance();
        if (!expectKeyword("WHERE")) return nullptr;
        filter = expression();
        if (!filter || !expectSymbol(")")) return nullptr;
    }
    ExprPtr expr = node(Expr::Kind::Aggregate, name, std::move(args), begin);
    if (!expr) return nullptr;
    if (filter) expr->depth = std::max(expr->depth, filter->depth + 1);
    expr->distinct = distinct;
    expr->filter = std::move(filter);
    return expr;
}

}  // namespace rw::sql
