#include "core/forecast/canonical.h"

#include <algorithm>
#include <array>
#include <variant>
#include <vector>

#include "core/sql/parse/keywords.h"
#include "core/sql/parse/lexer.h"

namespace rw::forecasting {

namespace {

using sql::Token;

/// A text that no other token has.
std::string written(const Token& token, bool called) {
    switch (token.kind) {
        case Token::Kind::Word:
            // A word before a bracket is a function, or one that may stand there: neither minds its case.
            return called || sql::isReserved(token.upper) ? token.upper : "`" + token.text + "`";
        case Token::Kind::Quoted:
            return "`" + token.text + "`";
        case Token::Kind::String:
            return "'" + token.text + "'";
        case Token::Kind::Number:
        case Token::Kind::Symbol:
        case Token::Kind::End:
            break;
    }
    return token.text;
}

std::string joined(const std::vector<Token>& tokens, bool frame) {
    constexpr std::array<std::string_view, 4> kSaysNothing{"BETWEEN", "AND", "CURRENT", "ROW"};
    std::string out;
    for (std::size_t i = 0; i < tokens.size() && tokens[i].kind != Token::Kind::End; ++i) {
        const Token& token = tokens[i];
        const bool word = token.kind == Token::Kind::Word;
        if (frame && word &&
            std::find(kSaysNothing.begin(), kSaysNothing.end(), token.upper) != kSaysNothing.end())
            continue;
        const bool called = i + 1 < tokens.size() && tokens[i + 1].isSymbol("(");
        out += out.empty() ? "" : " ";
        out += frame && word ? token.upper : written(token, called);
    }
    return out;
}

std::string canonical(std::string_view text, bool frame) {
    const sql::Parsed<std::vector<Token>> tokens = sql::tokenize(text);
    const auto* const cut = std::get_if<std::vector<Token>>(&tokens);
    return cut ? joined(*cut, frame) : std::string(text);
}

}  // namespace

std::string canonicalSql(std::string_view text) {
    return canonical(text, false);
}

std::string canonicalFrame(std::string_view text) {
    return canonical(text, true);
}

}  // namespace rw::forecasting
