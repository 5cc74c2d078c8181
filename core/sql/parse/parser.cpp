#include "core/sql/parse/parser.h"

#include <algorithm>

#include "core/sql/parse/keywords.h"

namespace rw::sql {

namespace {

// How tightly operators bind: those of Calcite, which reads Flink's SQL.
constexpr int kOr = 22, kAnd = 24, kNot = 26, kIs = 28, kCompare = 30, kAdd = 40, kMultiply = 60, kSign = 80;

/// -1: the token is no operator.
int bindingPower(const Token& token, const Token& next) {
    if (token.kind == Token::Kind::Symbol) {
        const std::string_view s = token.text;
        if (s == "=" || s == "<>" || s == "<" || s == ">" || s == "<=" || s == ">=") return kCompare;
        if (s == "+" || s == "-") return kAdd;
        if (s == "*" || s == "/" || s == "%" || s == "||") return kMultiply;
        return -1;
    }
    if (token.kind != Token::Kind::Word) return -1;
    const std::string_view w = token.upper;
    if (w == "OR") return kOr;
    if (w == "AND") return kAnd;
    if (w == "IS") return kIs;
    if (w == "IN" || w == "BETWEEN" || w == "LIKE") return kTestPower;
    const bool negated = next.isKeyword("IN") || next.isKeyword("BETWEEN") || next.isKeyword("LIKE");
    return w == "NOT" && negated ? kTestPower : -1;
}

class DepthGuard {
 public:
    explicit DepthGuard(int& depth) : m_depth(depth) { ++m_depth; }
    ~DepthGuard() { --m_depth; }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;

 private:
    int& m_depth;
};

Text tooDeep() {
    return RW_TEXT("sql", "The expression is nested deeper than %1 levels.").with(kMaxDepth);
}
Text tooDeepFix() {
    return RW_TEXT("sql", "Compute parts of it in a select node before this one.");
}

}  // namespace

const Token& Parser::peek(std::size_t ahead) const {
    return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)];
}

Token Parser::advance() {
    Token token = peek();
    if (m_next + 1 < m_tokens.size()) ++m_next;
    m_lastEnd = token.span.end;
    if (token.isSymbol("(")) m_open.push_back(token.span);
    if (token.isSymbol(")") && !m_open.empty()) m_open.pop_back();
    return token;
}

bool Parser::acceptSymbol(std::string_view symbol) {
    if (!peek().isSymbol(symbol)) return false;
    advance();
    return true;
}

bool Parser::acceptKeyword(std::string_view word) {
    if (!peek().isKeyword(word)) return false;
    advance();
    return true;
}

bool Parser::expectSymbol(std::string_view symbol) {
    if (m_error) return false;
    if (acceptSymbol(symbol)) return true;
    if (symbol == ")" && peek().kind == Token::Kind::End && !m_open.empty()) {
        fail(RW_TEXT("sql", "The bracket at character %1 is not closed.").with(m_open.back().begin + 1),
             RW_TEXT("sql", "Write ) here."), peek().span, ")");
    } else {
        unexpected(RW_TEXT("sql", "Write %1 here.").with(symbol));
    }
    return false;
}

bool Parser::expectKeyword(std::string_view word) {
    if (m_error) return false;
    if (acceptKeyword(word)) return true;
    unexpected(RW_TEXT("sql", "Write %1 here.").with(word));
    return false;
}

ExprPtr Parser::fail(Text message, Text fix, Span where, std::string replacement) {
    if (!m_error) {
        m_error = SqlError{std::move(message), std::move(fix), where.begin, where.end - where.begin,
                           std::move(replacement)};
    }
    return nullptr;
}

ExprPtr Parser::unexpected(Text fix, std::string replacement) {
    const Token& token = peek();
    if (token.kind == Token::Kind::End) {
        return fail(m_text.find_first_not_of(" \t\r\n") == std::string_view::npos
                        ? RW_TEXT("sql", "There is no expression yet.")
                        : RW_TEXT("sql", "The expression ends too early."),
                    std::move(fix), token.span);
    }
    const std::string written(m_text.substr(token.span.begin, token.span.end - token.span.begin));
    return fail(RW_TEXT("sql", "“%1” can't stand here.").with(written), std::move(fix), token.span,
                std::move(replacement));
}

ExprPtr Parser::node(Expr::Kind kind, std::string name, std::vector<ExprPtr> args, std::size_t begin) {
    auto expr = std::make_unique<Expr>();
    expr->kind = kind;
    expr->name = std::move(name);
    expr->span = {begin, m_lastEnd};
    for (const ExprPtr& arg : args) {
        if (!arg) return nullptr;
        expr->depth = std::max(expr->depth, arg->depth + 1);
    }
    expr->args = std::move(args);
    if (expr->depth > kMaxDepth) return fail(tooDeep(), tooDeepFix(), expr->span);
    return expr;
}

ExprPtr Parser::call(std::string name, std::size_t begin, ExprPtr a, ExprPtr b, ExprPtr c) {
    if (!a || m_error) return nullptr;
    std::vector<ExprPtr> args;
    args.push_back(std::move(a));
    if (b) args.push_back(std::move(b));
    if (c) args.push_back(std::move(c));
    return node(Expr::Kind::Call, std::move(name), std::move(args), begin);
}

ExprPtr Parser::expression(int power) {
    const DepthGuard guard(m_depth);
    if (m_depth > kMaxDepth) return fail(tooDeep(), tooDeepFix(), peek().span);
    ExprPtr left;
    const std::size_t begin = peek().span.begin;
    if (acceptKeyword("NOT")) {
        left = call("NOT", begin, expression(kNot));
    } else if (peek().isSymbol("-") && peek(1).kind == Token::Kind::Number) {
        advance();
        left = number(true, begin);
    } else if (acceptSymbol("-")) {
        left = call("NEG", begin, expression(kSign));
    } else if (acceptSymbol("+")) {
        left = call("POS", begin, expression(kSign));
    } else {
        left = operand();
    }
    while (left && !m_error) {
        const int next = bindingPower(peek(), peek(1));
        if (next < power || next < 0) break;
        left = infix(std::move(left), next);
    }
    return m_error ? nullptr : std::move(left);
}

ExprPtr Parser::infix(ExprPtr left, int power) {
    const std::size_t begin = left->span.begin;
    if (power == kIs) return isOperator(std::move(left));
    if (power == kTestPower) {
        const bool negated = acceptKeyword("NOT");
        ExprPtr test = peek().isKeyword("IN")        ? inList(std::move(left))
                       : peek().isKeyword("BETWEEN") ? between(std::move(left))
                                                     : like(std::move(left));
        return negated ? call("NOT", begin, std::move(test)) : std::move(test);
    }
    const Token op = advance();
    ExprPtr right = expression(power + 1);
    if (!right) return nullptr;
    const std::string name = op.kind == Token::Kind::Word ? op.upper : op.text;
    const bool joins =
        (power == kAnd || power == kOr) && left->kind == Expr::Kind::Call && left->name == name;
    if (!joins) return call(name, begin, std::move(left), std::move(right));
    // a AND b AND c is one node, so that a long list of conditions is no deep tree. It grows in place: a new
    // node for each condition would make the time quadratic.
    left->depth = std::max(left->depth, right->depth + 1);
    left->span = {begin, m_lastEnd};
    left->args.push_back(std::move(right));
    return left->depth > kMaxDepth ? fail(tooDeep(), tooDeepFix(), left->span) : std::move(left);
}

ExprPtr Parser::isOperator(ExprPtr left) {
    const std::size_t begin = left->span.begin;
    advance();
    const bool negated = acceptKeyword("NOT");
    std::string name = negated ? "IS NOT " : "IS ";
    if (acceptKeyword("DISTINCT")) {
        if (!expectKeyword("FROM")) return nullptr;
        ExprPtr right = expression(kCompare + 1);
        return right ? call(name + "DISTINCT FROM", begin, std::move(left), std::move(right)) : nullptr;
    }
    for (const char* const state : {"NULL", "TRUE", "FALSE", "UNKNOWN"}) {
        if (acceptKeyword(state)) return call(name + state, begin, std::move(left));
    }
    return unexpected(RW_TEXT("sql", "After IS comes NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM."));
}

ExprPtr Parser::inList(ExprPtr left) {
    const std::size_t begin = left->span.begin;
    advance();
    std::vector<ExprPtr> args;
    args.push_back(std::move(left));
    if (!expectSymbol("(")) return nullptr;
    do {
        args.push_back(expression());
        if (m_error) return nullptr;
    } while (acceptSymbol(","));
    if (!expectSymbol(")")) return nullptr;
    return node(Expr::Kind::Call, "IN", std::move(args), begin);
}

ExprPtr Parser::between(ExprPtr left) {
    const std::size_t begin = left->span.begin;
    advance();
    ExprPtr low = expression(kTestPower + 1);
    if (!low || !expectKeyword("AND")) return nullptr;
    ExprPtr high = expression(kTestPower + 1);
    return high ? call("BETWEEN", begin, std::move(left), std::move(low), std::move(high)) : nullptr;
}

ExprPtr Parser::like(ExprPtr left) {
    const std::size_t begin = left->span.begin;
    advance();
    ExprPtr pattern = expression(kTestPower + 1);
    if (!pattern) return nullptr;
    ExprPtr escape;
    if (acceptKeyword("ESCAPE")) {
        escape = expression(kTestPower + 1);
        if (!escape) return nullptr;
    }
    return call("LIKE", begin, std::move(left), std::move(pattern), std::move(escape));
}

std::optional<SelectItem> Parser::selectItem() {
    SelectItem item;
    const std::size_t begin = peek().span.begin;
    if (!acceptSymbol("*")) {
        item.expr = expression();
        if (!item.expr) return std::nullopt;
        const bool as = acceptKeyword("AS");
        const Token& name = peek();
        if (as) {
            if (name.kind == Token::Kind::Quoted ||
                (name.kind == Token::Kind::Word && !isReserved(name.upper))) {
                item.alias = advance().text;
            } else {
                unexpected(RW_TEXT("sql", "After AS comes a name; words of SQL stand in back quotes."),
                           name.kind == Token::Kind::Word ? quoteIdentifier(name.text) : std::string());
                return std::nullopt;
            }
        } else if (name.kind == Token::Kind::Quoted || name.kind == Token::Kind::Word) {
            unexpected(RW_TEXT("sql", "Write AS before a column's new name."),
                       "AS " + quoteIdentifier(name.text));
            return std::nullopt;
        }
    }
    if (!expectEnd()) return std::nullopt;
    item.span = {begin, m_lastEnd};
    return item;
}

bool Parser::expectEnd() {
    if (m_error) return false;
    if (peek().kind == Token::Kind::End) return true;
    if (peek().isSymbol(")")) {
        unexpected(RW_TEXT("sql", "Remove it, or open its bracket before."));
    } else if (peek().isSymbol(",")) {
        unexpected(RW_TEXT("sql", "Here stands one expression; write the next one as an entry of its own."));
    } else {
        unexpected(RW_TEXT("sql", "The expression could end before it; perhaps an operator is missing."));
    }
    return false;
}

Parsed<ExprPtr> parseExpression(std::string_view text) {
    auto tokens = tokenize(text);
    if (auto* const error = std::get_if<SqlError>(&tokens)) return std::move(*error);
    Parser parser(text, std::get<0>(std::move(tokens)));
    ExprPtr expr = parser.expression();
    if (!expr || !parser.expectEnd()) return parser.error();
    return expr;
}

Parsed<SelectItem> parseSelectItem(std::string_view text) {
    auto tokens = tokenize(text);
    if (auto* const error = std::get_if<SqlError>(&tokens)) return std::move(*error);
    Parser parser(text, std::get<0>(std::move(tokens)));
    auto item = parser.selectItem();
    if (!item) return parser.error();
    return std::move(*item);
}

}  // namespace rw::sql
