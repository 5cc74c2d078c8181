// A Pratt parser for expressions: operators by binding power, everything else by its first token.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/parse/lexer.h"

namespace rw::sql {

/// The binding power of IN, BETWEEN and LIKE.
inline constexpr int kTestPower = 32;

/// Parses one text. The first error ends it: from then on every function returns null and error() tells why.
class Parser {
 public:
    Parser(std::string_view text, std::vector<Token> tokens) : m_text(text), m_tokens(std::move(tokens)) {}

    /// An expression whose operators bind at least as tightly as `power`.
    ExprPtr expression(int power = 0);
    /// One element of a select list, up to the end of the text.
    std::optional<SelectItem> selectItem();
    /// Fails unless everything was read.
    bool expectEnd();
    SqlError error() { return std::move(*m_error); }

 private:
    // Tokens (parser.cpp)
    const Token& peek(std::size_t ahead = 0) const;
    Token advance();
    bool acceptSymbol(std::string_view symbol);
    bool acceptKeyword(std::string_view word);
    bool expectSymbol(std::string_view symbol);
    bool expectKeyword(std::string_view word);

    // Errors (parser.cpp); each returns null so that `return fail(…)` reads well.
    ExprPtr fail(Text message, Text fix, Span where, std::string replacement = {});
    /// The next token can't stand where it does.
    ExprPtr unexpected(Text fix, std::string replacement = {});

    // Trees (parser.cpp)
    ExprPtr node(Expr::Kind kind, std::string name, std::vector<ExprPtr> args, std::size_t begin);
    ExprPtr call(std::string name, std::size_t begin, ExprPtr a, ExprPtr b = nullptr, ExprPtr c = nullptr);

    // Operators (parser.cpp)
    ExprPtr infix(ExprPtr left, int power);
    ExprPtr isOperator(ExprPtr left);
    ExprPtr inList(ExprPtr left);
    ExprPtr between(ExprPtr left);
    ExprPtr like(ExprPtr left);

    // Operands (operand.cpp)
    ExprPtr operand();
    ExprPtr literal(Value value, Type type, std::size_t begin);
    ExprPtr number(bool negative, std::size_t begin);
    ExprPtr timeLiteral(TypeId id);
    ExprPtr bytesLiteral();
    ExprPtr interval();
    ExprPtr caseExpression();
    ExprPtr column();
    ExprPtr reservedWord();

    // Calls (call.cpp)
    ExprPtr functionCall();
    ExprPtr castCall(bool tryCast);
    ExprPtr extractCall();
    ExprPtr roundToUnit(const std::string& name);
    ExprPtr unitFirst(const std::string& name);
    ExprPtr positionCall();
    ExprPtr substringCall();
    ExprPtr trimCall();
    ExprPtr aggregateCall(const std::string& name);
    bool arguments(std::vector<ExprPtr>& args);
    std::string unitKeyword();

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    std::size_t m_lastEnd = 0;  ///< end of the token taken last
    std::vector<Span> m_open;   ///< brackets not closed yet
    int m_depth = 0;
    std::optional<SqlError> m_error;
};

/// The value of a literal INTERVAL of `text` in the units `from` TO `to` (`to` empty: only `from`), or no
/// value.
struct IntervalValue {
    std::int64_t amount = 0;  ///< milliseconds or months
    bool months = false;
};
std::optional<IntervalValue> parseInterval(std::string_view text, std::string_view from, std::string_view to);

}  // namespace rw::sql
