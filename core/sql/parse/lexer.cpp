#include "core/sql/parse/lexer.h"

#include <array>

#include "core/data/trim.h"
#include "core/sql/parse/keywords.h"

namespace rw::sql {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Operators that users type from other languages or word processors, and SQL's own.
struct Foreign {
    std::string_view written, sql;
};
constexpr std::array<Foreign, 10> kForeign{{{"==", "="},
                                            {"&&", "AND"},
                                            {"!", "NOT "},
                                            {"“", "'"},
                                            {"”", "'"},
                                            {"‘", "'"},
                                            {"’", "'"},
                                            {"，", ","},
                                            {"（", "("},
                                            {"）", ")"}}};
constexpr std::array<std::string_view, 5> kLongSymbols{"<>", "!=", "<=", ">=", "||"};
constexpr std::string_view kSymbols = "+-*/%=<>(),.";

class Lexer {
 public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    Parsed<std::vector<Token>> run() {
        while (!m_error) {
            skipBlanksAndComments();
            if (m_error) break;
            m_begin = m_at;
            if (m_at == m_text.size()) {
                push(Token::Kind::End, {});
                return std::move(m_tokens);
            }
            one();
        }
        return std::move(*m_error);
    }

 private:
    char peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    bool startsWith(std::string_view part) const { return m_text.substr(m_at).starts_with(part); }

    void push(Token::Kind kind, std::string text) {
        Token token{kind, {m_begin, m_at}, std::move(text), {}};
        if (kind == Token::Kind::Word) token.upper = upperCase(token.text);
        m_tokens.push_back(std::move(token));
    }

    void fail(Text message, Text fix, std::size_t length, std::string replacement = {}) {
        m_error = SqlError{std::move(message), std::move(fix), m_begin, length, std::move(replacement)};
    }

    void skipBlanksAndComments() {
        while (m_at < m_text.size()) {
            if (isBlank(peek())) {
                ++m_at;
            } else if (startsWith("--")) {
                while (m_at < m_text.size() && peek() != '\n') ++m_at;
            } else if (startsWith("/*")) {
                m_begin = m_at;
                const std::size_t end = m_text.find("*/", m_at + 2);
                if (end == std::string_view::npos) {
                    return fail(RW_TEXT("sql", "This comment has no end."),
                                RW_TEXT("sql", "Close it with */."), m_text.size() - m_at);
                }
                m_at = end + 2;
            } else {
                return;
            }
        }
    }

    void one() {
        const char c = peek();
        if (const Foreign* const foreign = foreignHere()) return refuse(*foreign);
        if (beginsName(c)) return word();
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) return number();
        if (c == '\'') return quoted('\'', Token::Kind::String);
        if (c == '`') return quoted('`', Token::Kind::Quoted);
        if (c == '"') return doubleQuoted();
        for (const std::string_view symbol : kLongSymbols) {
            if (!startsWith(symbol)) continue;
            m_at += symbol.size();
            return push(Token::Kind::Symbol, symbol == "!=" ? "<>" : std::string(symbol));
        }
        if (c == ':' && isTimeOfDay()) {
            return fail(RW_TEXT("sql", "A time stands in quotes, with its day."),
                        RW_TEXT("sql", "Write TIMESTAMP '2024-03-01 08:58:00'."), 1);
        }
        if (kSymbols.find(c) == std::string_view::npos) {
            return fail(RW_TEXT("sql", "“%1” has no meaning here.").with(std::string(1, printable(c))),
                        RW_TEXT("sql", "Remove it; names with such characters stand in back quotes: `a-b`."),
                        1);
        }
        ++m_at;
        push(Token::Kind::Symbol, std::string(1, c));
    }

    /// “08:58”, of which the hours have been read.
    bool isTimeOfDay() const {
        return isDigit(peek(1)) && !m_tokens.empty() && m_tokens.back().kind == Token::Kind::Number;
    }

    static char printable(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c; }

    const Foreign* foreignHere() const {
        for (const Foreign& foreign : kForeign) {
            if (startsWith(foreign.written) && !startsWith("!=")) return &foreign;
        }
        return nullptr;
    }

    void refuse(const Foreign& foreign) {
        fail(RW_TEXT("sql", "“%1” is not SQL.").with(foreign.written),
             RW_TEXT("sql", "Write %1 instead.").with(foreign.sql), foreign.written.size(),
             std::string(foreign.sql));
    }

    void word() {
        while (m_at < m_text.size() && continuesName(peek()) && foreignHere() == nullptr) ++m_at;
        push(Token::Kind::Word, std::string(m_text.substr(m_begin, m_at - m_begin)));
    }

    void number() {
        while (isDigit(peek())) ++m_at;
        if (peek() == '.') {
            ++m_at;
            while (isDigit(peek())) ++m_at;
        }
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
        if ((peek() == 'e' || peek() == 'E') && isDigit(peek(sign))) {
            m_at += sign;
            while (isDigit(peek())) ++m_at;
        }
        if (continuesName(peek())) {
            while (continuesName(peek())) ++m_at;
            const std::string written(m_text.substr(m_begin, m_at - m_begin));
            return fail(RW_TEXT("sql", "“%1” is neither a number nor a name.").with(written),
                        RW_TEXT("sql", "A name that begins with a digit stands in back quotes: %1.")
                            .with(quoteIdentifier(written)),
                        written.size(), quoteIdentifier(written));
        }
        push(Token::Kind::Number, std::string(m_text.substr(m_begin, m_at - m_begin)));
    }

    /// A text between `quote`s, in which a doubled quote stands for one.
    void quoted(char quote, Token::Kind kind) {
        std::string text;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (peek() != quote) {
                text += peek();
            } else if (peek(1) == quote) {
                text += quote;
                ++m_at;
            } else {
                ++m_at;
                if (kind == Token::Kind::Quoted && text.empty()) {
                    return fail(RW_TEXT("sql", "A name between back quotes is empty."), {}, 2);
                }
                return push(kind, std::move(text));
            }
        }
        const bool isText = kind == Token::Kind::String;
        fail(
            isText ? RW_TEXT("sql", "This text has no end.") : RW_TEXT("sql", "This quoted name has no end."),
            isText ? RW_TEXT("sql", "Close it with '. A ' inside a text is written twice.")
                   : RW_TEXT("sql", "Close it with a back quote."),
            m_text.size() - m_begin);
    }

    void doubleQuoted() {
        const std::size_t end = m_text.find('"', m_at + 1);
        const std::size_t stop = end == std::string_view::npos ? m_text.size() : end + 1;
        std::string replacement = "'";
        for (const char c :
             m_text.substr(m_at + 1, (end == std::string_view::npos ? stop : end) - m_at - 1)) {
            if (c == '\'') replacement += '\'';
            replacement += c;
        }
        replacement += '\'';
        fail(RW_TEXT("sql", "SQL does not write \" around things."),
             RW_TEXT("sql", "A text stands in single quotes ('…'), a column's name in back quotes (`…`)."),
             stop - m_at, std::move(replacement));
    }

    std::string_view m_text;
    std::size_t m_at = 0, m_begin = 0;
    std::vector<Token> m_tokens;
    std::optional<SqlError> m_error;
};

}  // namespace

Parsed<std::vector<Token>> tokenize(std::string_view text) {
    return Lexer(text).run();
}

}  // namespace rw::sql
