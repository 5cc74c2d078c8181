#include "core/patterns/plan.h"

#include "core/sql/parse/lexer.h"

namespace rw::patterns {

namespace {

class AfterMatchParser {
 public:
    AfterMatchParser(std::vector<sql::Token> tokens, const RowPattern& pattern)
        : m_tokens(std::move(tokens)), m_pattern(pattern) {}

    sql::Parsed<AfterMatch> parse() {
        if (accept("AFTER") && !accept("MATCH")) return wrong();
        accept("SKIP");
        AfterMatch after;
        if (accept("PAST")) {
            if (!accept("LAST") || !accept("ROW")) return wrong();
        } else if (!accept("TO")) {
            return wrong();
        } else if (m_tokens[m_at].isKeyword("NEXT") && m_tokens[m_at + 1].isKeyword("ROW")) {
            m_at += 2;
            after.kind = AfterMatch::Kind::ToNextRow;
        } else {
            const bool more = m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].kind != sql::Token::Kind::End;
            after.kind = AfterMatch::Kind::ToLast;
            if (more && accept("FIRST")) {
                after.kind = AfterMatch::Kind::ToFirst;
            } else if (more) {
                accept("LAST");
            }
            const sql::Token& name = m_tokens[m_at];
            const bool word = name.kind == sql::Token::Kind::Word || name.kind == sql::Token::Kind::Quoted;
            after.variable = word ? m_pattern.find(name.text) : -1;
            if (after.variable < 0) return unknown(name);
            ++m_at;
        }
        if (m_tokens[m_at].kind != sql::Token::Kind::End) return wrong();
        return after;
    }

 private:
    bool accept(std::string_view word) {
        if (!m_tokens[m_at].isKeyword(word)) return false;
        ++m_at;
        return true;
    }

    sql::SqlError at(const sql::Token& token, Text message, Text fix) const {
        sql::SqlError error;
        error.message = std::move(message);
        error.fix = std::move(fix);
        error.position = token.span.begin;
        error.length = token.span.end - token.span.begin;
        return error;
    }

    sql::SqlError wrong() const {
        return at(
            m_tokens[m_at], RW_TEXT("pattern", "This does not say where the search goes on."),
            RW_TEXT("pattern",
                    "Write PAST LAST ROW, TO NEXT ROW, TO FIRST A, TO LAST A or TO A, with a variable of "
                    "the pattern."));
    }

    sql::SqlError unknown(const sql::Token& token) const {
        std::string names;
        for (const std::string& name : m_pattern.variables) names += (names.empty() ? "" : ", ") + name;
        return at(token, RW_TEXT("pattern", "The pattern has no variable “%1”.").with(token.text),
                  RW_TEXT("pattern", "Its variables are: %1.").with(names));
    }

    std::vector<sql::Token> m_tokens;  ///< the last one is the end, which is never taken
    const RowPattern& m_pattern;
    std::size_t m_at = 0;
};

}  // namespace

sql::Parsed<AfterMatch> parseAfterMatch(std::string_view text, const RowPattern& pattern) {
    auto tokens = sql::tokenize(text);
    if (auto* const error = std::get_if<sql::SqlError>(&tokens)) return std::move(*error);
    return AfterMatchParser(std::get<std::vector<sql::Token>>(std::move(tokens)), pattern).parse();
}

}  // namespace rw::patterns
