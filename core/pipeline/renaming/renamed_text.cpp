#include "core/pipeline/renaming/renamed_text.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/base/ascii.h"
#include "core/pipeline/param_spec.h"
#include "core/sql/parse/ast.h"
#include "core/sql/parse/lexer.h"

namespace rw {

namespace {

using sql::Expr;
using sql::Token;

constexpr std::string_view kBlanks = " \t";

std::optional<std::string> renamed(const ColumnRenames& renames, const std::string& name) {
    const auto found = std::find_if(renames.begin(), renames.end(),
                                    [&name](const ColumnRename& rename) { return rename.from == name; });
    return found != renames.end() ? std::optional(found->to) : std::nullopt;
}

/// RUNNING and FINAL of patterns are no words of SQL's grammar: blank.
std::string withoutModes(std::string text) {
    const auto parsed = sql::tokenize(text);
    const auto* tokens = std::get_if<std::vector<Token>>(&parsed);
    if (tokens == nullptr) return text;
    for (const Token& token : *tokens) {
        if (!token.isKeyword("FINAL") && !token.isKeyword("RUNNING")) continue;
        std::fill(text.begin() + static_cast<std::ptrdiff_t>(token.span.begin),
                  text.begin() + static_cast<std::ptrdiff_t>(token.span.end), ' ');
    }
    return text;
}

/// An expression is an item of a select list, too.
sql::ExprPtr parsedSql(std::string& text) {
    for (const bool modes : {true, false}) {
        if (!modes) text = withoutModes(std::move(text));
        auto parsed = sql::parseSelectItem(text);
        if (auto* item = std::get_if<sql::SelectItem>(&parsed)) return std::move(item->expr);
    }
    return nullptr;
}

// Deep at most kMaxDepth.
void collect(const Expr& expr, std::vector<const Expr*>& columns) {
    if (expr.kind == Expr::Kind::Column) columns.push_back(&expr);
    for (const sql::ExprPtr& arg : expr.args) {
        if (arg) collect(*arg, columns);
    }
    if (expr.filter) collect(*expr.filter, columns);
}

struct Replacement {
    std::size_t begin = 0, end = 0;
    std::string text;
};

std::string replaced(std::string_view text, std::vector<Replacement> places) {
    std::sort(places.begin(), places.end(),
              [](const Replacement& a, const Replacement& b) { return a.begin > b.begin; });
    std::string out(text);
    for (const Replacement& place : places) out.replace(place.begin, place.end - place.begin, place.text);
    return out;
}

/// “n DESC”, “`order` ASC”: the name is not SQL's, and may stand without quotes where SQL wants them.
std::string renamedSortItem(std::string_view text, const ColumnRenames& renames) {
    std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
    std::size_t end = text.find_last_not_of(kBlanks) + 1;
    if (end <= begin) return std::string(text);
    const std::size_t blank = text.substr(0, end).find_last_of(kBlanks);
    if (blank != std::string_view::npos && blank > begin) {
        const std::string_view last = text.substr(blank + 1, end - blank - 1);
        if (sameAsciiWord(last, "desc") || sameAsciiWord(last, "asc"))
            end = text.find_last_not_of(kBlanks, blank) + 1;
    }
    const bool quoted = end - begin > 2 && text[begin] == '`' && text[end - 1] == '`';
    if (quoted) ++begin, --end;
    const auto to = renamed(renames, std::string(text.substr(begin, end - begin)));
    return to ? replaced(text, {{begin, end, *to}}) : std::string(text);
}

/// “big: v >= 100”: without a colon all is the condition.
std::string renamedBranch(std::string_view text, const SpelledAnew& anew) {
    const std::size_t colon = text.find(':');
    const std::size_t from = colon == std::string_view::npos ? 0 : colon + 1;
    return std::string(text.substr(0, from)) + renamedInSql(text.substr(from), anew);
}

SpelledAnew spelling(const ColumnRenames& renames) {
    return [&renames](const std::string&, const std::string& name) {
        auto to = renamed(renames, name);
        if (to) *to = sql::quoteIdentifier(*to);
        return to;
    };
}

Json inEach(const Json& value, const std::function<std::string(const std::string&)>& change) {
    if (value.is_string()) return change(value.get<std::string>());
    if (!value.is_array()) return value;
    Json out = value;
    for (Json& item : out) {
        if (item.is_string()) item = change(item.get<std::string>());
    }
    return out;
}

}  // namespace

std::string withoutNamesOfVariables(std::string_view text) {
    std::string out(text);
    for (std::size_t at = out.find("${"); at != std::string::npos; at = out.find("${", at)) {
        const std::size_t end = out.find('}', at);
        if (end == std::string::npos) break;
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(at),
                  out.begin() + static_cast<std::ptrdiff_t>(end) + 1, ' ');
        out[at] = '0';
        if (at > 0 && out[at - 1] == '$') out[at - 1] = ' ';
    }
    return out;
}

std::string renamedInSql(std::string_view text, const SpelledAnew& anew) {
    std::string readable = withoutNamesOfVariables(text);
    const sql::ExprPtr expr = parsedSql(readable);
    if (!expr) return std::string(text);
    const auto parsed = sql::tokenize(readable);
    const auto* tokens = std::get_if<std::vector<Token>>(&parsed);
    if (tokens == nullptr) return std::string(text);
    std::vector<const Expr*> columns;
    collect(*expr, columns);
    std::vector<Replacement> places;
    for (const Expr* column : columns) {
        const auto to = anew(column->qualifier, column->name);
        if (!to) continue;
        // The last word in its place: a side may stand before it.
        const auto name = std::find_if(tokens->rbegin(), tokens->rend(), [column](const Token& token) {
            return token.kind != Token::Kind::End && token.span.begin >= column->span.begin &&
                   token.span.end <= column->span.end;
        });
        if (name != tokens->rend() && name->text == column->name)
            places.push_back({name->span.begin, name->span.end, *to});
    }
    return replaced(text, std::move(places));
}

std::string renamedInBraces(std::string_view text, const ColumnRenames& renames) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('}', at);
        const bool doubled = text.substr(at, 2) == "{{";
        if (doubled || text[at] != '{' || end == std::string_view::npos) {
            out += text.substr(at, doubled ? 2 : 1);
            at += doubled ? 2 : 1;
            continue;
        }
        const std::string name(text.substr(at + 1, end - at - 1));
        out += '{' + renamed(renames, name).value_or(name) + '}';
        at = end + 1;
    }
    return out;
}

Json renamedValue(const ParamSpec& spec, const Json& value, const ColumnRenames& renames) {
    const SpelledAnew anew = spelling(renames);
    switch (spec.kind) {
        case ParamKind::ColumnName:
        case ParamKind::ColumnNames:
            return inEach(value,
                          [&](const std::string& name) { return renamed(renames, name).value_or(name); });
        case ParamKind::Condition:
        case ParamKind::SelectItems:
        case ParamKind::Aggregates:
            return inEach(value, [&](const std::string& text) { return renamedInSql(text, anew); });
        case ParamKind::SortItems:
            return inEach(value, [&](const std::string& text) { return renamedSortItem(text, renames); });
        case ParamKind::Branches:
            return inEach(value, [&](const std::string& text) { return renamedBranch(text, anew); });
        default:
            return value;
    }
}

Json renamedCondition(const Json& value, const ColumnRenames& left, const ColumnRenames& right,
                      const std::function<bool(const std::string&)>& inLeft,
                      const std::function<bool(const std::string&)>& inRight,
                      const std::function<bool(const std::string&)>& shared) {
    if (!value.is_string()) return value;
    return renamedInSql(
        value.get<std::string>(),
        [&](const std::string& qualifier, const std::string& name) -> std::optional<std::string> {
            const bool isLeft = qualifier == "left" || (qualifier.empty() && inLeft(name));
            const bool isRight = qualifier == "right" || (qualifier.empty() && !isLeft && inRight(name));
            auto to = isLeft ? renamed(left, name) : isRight ? renamed(right, name) : std::nullopt;
            if (!to) return std::nullopt;
            const bool alone = !qualifier.empty() || !shared(*to);
            return (alone ? "" : isLeft ? "left." : "right.") + sql::quoteIdentifier(*to);
        });
}

}  // namespace rw
