#include "widgets/inspector/fields/aggregate_text.h"

#include <algorithm>
#include <cctype>

#include "core/sql/aggregates/aggregates.h"
#include "core/sql/parse/lexer.h"

namespace rw::ui {

namespace {

bool isFunction(const sql::Token& token) {
    const auto& all = sql::aggregateFunctions();
    return token.kind == sql::Token::Kind::Word &&
           std::any_of(all.begin(), all.end(), [&](const auto& info) { return info.name == token.upper; });
}

/// Index of the bracket that closes the one at 1; of the last token when none does.
std::size_t closing(const std::vector<sql::Token>& tokens) {
    int depth = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i].isSymbol("(")) ++depth;
        if (tokens[i].isSymbol(")") && --depth == 0) return i;
    }
    return tokens.size() - 1;
}

}  // namespace

std::optional<AggregateCells> aggregateCells(std::string_view text) {
    const bool comment =
        text.find("--") != std::string_view::npos || text.find("/*") != std::string_view::npos;
    const auto read = sql::tokenize(text);
    const auto* tokens = std::get_if<std::vector<sql::Token>>(&read);
    if (comment || !tokens || tokens->size() < 4 || !isFunction(tokens->front()) ||
        !(*tokens)[1].isSymbol("("))
        return std::nullopt;
    using Kind = sql::Token::Kind;
    const std::size_t close = closing(*tokens);
    if ((*tokens)[close].kind == Kind::End) return std::nullopt;
    AggregateCells cells{tokens->front().span, {}, {}};
    cells.argument = {(*tokens)[1].span.end, (*tokens)[1].span.end};
    if (close > 2) cells.argument = {(*tokens)[2].span.begin, (*tokens)[close - 1].span.end};
    const std::size_t after = tokens->size() - close - 2;  // tokens between the bracket and the end
    if (after == 0) {
        cells.name = {text.size(), text.size()};
        return cells;
    }
    const sql::Token& name = (*tokens)[close + 2 < tokens->size() ? close + 2 : close + 1];
    if (after != 2 || !(*tokens)[close + 1].isWord("AS") ||
        (name.kind != Kind::Word && name.kind != Kind::Quoted))
        return std::nullopt;
    cells.name = name.span;
    return cells;
}

std::string aggregateText(std::string_view function, std::string_view argument, std::string_view name) {
    std::string text;
    text.append(function).append("(").append(argument).append(")");
    if (!name.empty()) text.append(" AS ").append(name);
    return text;
}

std::string usualName(std::string_view function, std::string_view argument) {
    if (function == "COUNT" && argument == "*") return "n";
    const auto inName = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    if (argument.empty() || !std::all_of(argument.begin(), argument.end(), inName)) return {};
    std::string name(function);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name.append("_").append(argument);
}

}  // namespace rw::ui
