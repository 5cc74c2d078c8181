#include "core/query/query_text.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace rw {

namespace {

/// Where a text that begins with a quote ends; the quote in it is doubled.
std::size_t endOfQuoted(std::string_view text, std::size_t at) {
    const char quote = text[at] == '[' ? ']' : text[at];
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] != quote) continue;
        if (quote == ']' || i + 1 == text.size() || text[i + 1] != quote) return i + 1;
        ++i;
    }
    return text.size();
}

std::size_t endOfComment(std::string_view text, std::size_t at) {
    const bool line = text[at] == '-';
    const std::size_t end = line ? text.find('\n', at) : text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : line ? end : end + 2;
}

template <class Belongs>
std::size_t endOf(std::string_view text, std::size_t at, Belongs belongs) {
    while (at < text.size() && belongs(text[at])) ++at;
    return at;
}

std::size_t endOfNumber(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    const auto goesOn = [&](std::size_t i) {
        const char c = text[i];
        const bool exponent =
            (c == '+' || c == '-') && i > begin && (text[i - 1] == 'e' || text[i - 1] == 'E');
        return isSqlWordPart(c) || c == '.' || exponent;
    };
    while (at < text.size() && goesOn(at)) ++at;
    return at;
}

SqlToken tokenAt(std::string_view text, std::size_t at) {
    using Kind = SqlToken::Kind;
    const char c = text[at], next = at + 1 < text.size() ? text[at + 1] : '\0';
    const auto token = [at](Kind kind, std::size_t end) { return SqlToken{kind, {at, end}}; };
    if (isAsciiBlank(c)) return token(Kind::Blank, endOf(text, at, isAsciiBlank));
    if ((c == '-' && next == '-') || (c == '/' && next == '*'))
        return token(Kind::Comment, endOfComment(text, at));
    if (c == '\'') return token(Kind::Text, endOfQuoted(text, at));
    if (c == '"' || c == '`' || c == '[') return token(Kind::Quoted, endOfQuoted(text, at));
    if (isAsciiDigit(c) || (c == '.' && isAsciiDigit(next)))
        return token(Kind::Number, endOfNumber(text, at));
    if ((c == 'x' || c == 'X') && next == '\'') return token(Kind::Text, endOfQuoted(text, at + 1));
    if (isSqlWordPart(c)) return token(Kind::Word, endOf(text, at, isSqlWordPart));
    return token(Kind::Symbol, at + 1);
}

bool isContent(const SqlToken& token) {
    return token.kind != SqlToken::Kind::Blank && token.kind != SqlToken::Kind::Comment;
}

}  // namespace

bool isSqlWordPart(char c) {
    return isAsciiLetter(c) || isAsciiDigit(c) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::vector<SqlToken> sqlTokens(std::string_view text) {
    std::vector<SqlToken> tokens;
    for (std::size_t at = 0; at < text.size(); at = tokens.back().span.end)
        tokens.push_back(tokenAt(text, at));
    return tokens;
}

std::vector<SqlSpan> statementsOf(std::string_view text) {
    std::vector<SqlSpan> statements;
    std::optional<SqlSpan> open;
    for (const SqlToken& token : sqlTokens(text)) {
        if (!isContent(token)) continue;
        if (token.kind == SqlToken::Kind::Symbol && text[token.span.begin] == ';') {
            if (open) statements.push_back(*open);
            open.reset();
        } else if (open) {
            open->end = token.span.end;
        } else {
            open = token.span;
        }
    }
    if (open) statements.push_back(*open);
    return statements;
}

std::optional<SqlSpan> statementAt(std::string_view text, std::size_t cursor) {
    const std::vector<SqlSpan> statements = statementsOf(text);
    std::optional<SqlSpan> before;
    for (const SqlSpan& each : statements) {
        if (cursor <= each.end) {
            if (cursor >= each.begin || !before) return each;
            // Between two: on the line of the first one it is still that one's.
            const auto between = text.substr(before->end, std::min(cursor, text.size()) - before->end);
            return between.find('\n') == std::string_view::npos ? before : each;
        }
        before = each;
    }
    return before;
}

std::string firstWord(std::string_view statement) {
    for (const SqlToken& token : sqlTokens(statement)) {
        if (!isContent(token)) continue;
        if (token.kind != SqlToken::Kind::Word) return {};
        return inAsciiCapitals(token.span.of(statement));
    }
    return {};
}

std::string nameIn(std::string_view text, const SqlToken& token) {
    const std::string_view whole = token.span.of(text);
    if (token.kind != SqlToken::Kind::Quoted) return std::string(whole);
    const char quote = whole.front() == '[' ? ']' : whole.front();
    std::string name;
    for (std::size_t i = 1; i < whole.size(); ++i) {
        if (whole[i] == quote) {
            if (quote == ']' || i + 1 >= whole.size() || whole[i + 1] != quote) break;
            ++i;
        }
        name += whole[i];
    }
    return name;
}

}  // namespace rw
