#include "core/pipeline/checks/computed_key.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/readable.h"
#include "core/data/schema.h"
#include "core/pipeline/join_sides.h"

namespace rw {

namespace {

constexpr std::size_t kShownKey = 60;  ///< bytes

using Columns = std::vector<const sql::Expr*>;

/// What stands where a key would, and is computed of columns of one side.
struct ComputedKey {
    const sql::Expr* expr = nullptr;
    const sql::Expr* other = nullptr;  ///< what it is to be equal to
    Columns columns{};                 ///< in the order of the text, each place once
    std::size_t begin = 0, end = 0;    ///< in the text
    std::string own{};                 ///< in the words of its side: without the prefix of its columns
    std::string side() const { return columns.front()->qualifier; }
};

void gatherColumns(const sql::Expr& expr, Columns& columns) {
    if (expr.kind == sql::Expr::Kind::Column) columns.push_back(&expr);
    for (const sql::ExprPtr& arg : expr.args) gatherColumns(*arg, columns);
}

bool isExpression(const std::string& text) {
    return std::holds_alternative<sql::ExprPtr>(sql::parseExpression(text));
}

/// A parenthesis that opens an expression is no part of its span.
std::size_t beginOf(const sql::Expr& expr, const std::string& text) {
    std::size_t begin = expr.span.begin;
    while (!isExpression(text.substr(begin, expr.span.end - begin))) {
        const std::size_t open = begin == 0 ? std::string::npos : text.find_last_not_of(' ', begin - 1);
        if (open == std::string::npos || text[open] != '(') return expr.span.begin;
        begin = open;
    }
    return begin;
}

/// The expression as a Select of its side computes it. A word of SQL is a name behind a point alone.
std::string ownText(const ComputedKey& key, const std::string& text) {
    std::string own;
    std::size_t at = key.begin;
    for (const sql::Expr* const column : key.columns) {
        own += text.substr(at, column->span.begin - at) + sql::quoteIdentifier(column->name);
        at = column->span.end;
    }
    return own + text.substr(at, key.end - at);
}

/// Of “left.a = TRIM(right.b)” the right side of it; nothing: `part` is no such equation.
std::optional<ComputedKey> computedKey(const sql::Expr& part, const std::string& text) {
    if (part.kind != sql::Expr::Kind::Call || part.name != "=" || part.args.size() != 2) return std::nullopt;
    for (const std::size_t at : {std::size_t{1}, std::size_t{0}}) {
        ComputedKey key;
        key.expr = part.args[at].get();
        key.other = part.args[1 - at].get();
        if (key.expr->kind == sql::Expr::Kind::Column) continue;
        Columns& columns = key.columns;
        gatherColumns(*key.expr, columns);
        const auto begins = [](const sql::Expr* column) { return column->span.begin; };
        std::ranges::sort(columns, {}, begins);
        const auto twice = std::ranges::unique(columns, {}, begins);
        columns.erase(twice.begin(), twice.end());
        const bool ofOneSide = !columns.empty() && !columns.front()->qualifier.empty() &&
                               std::ranges::all_of(columns, [&columns](const sql::Expr* column) {
                                   return column->qualifier == columns.front()->qualifier;
                               });
        if (!ofOneSide) continue;
        key.begin = beginOf(*key.expr, text);
        key.end = key.expr->span.end;
        key.own = ownText(key, text);
        if (isExpression(key.own)) return key;
    }
    return std::nullopt;
}

std::optional<Type> typeOf(const sql::Expr& expr, const sql::Scope& scope) {
    const auto bound = sql::bind(expr, scope);
    const auto* const found = std::get_if<sql::BoundRef>(&bound);
    return found != nullptr ? std::optional((*found)->type) : std::nullopt;
}

/// Whether the condition reads the column of that side in this one place.
bool isReadOnce(const sql::Expr& column, const std::vector<const sql::Expr*>& parts) {
    Columns all;
    for (const sql::Expr* const part : parts) gatherColumns(*part, all);
    return std::ranges::count_if(all, [&column](const sql::Expr* other) {
               return (other->qualifier.empty() || other->qualifier == column.qualifier) &&
                      other->name == column.name;
           }) == 1;
}

/// A bound of the window that a row is of: without it the rows are of windows no more.
bool isWindowBound(const StreamType& stream, const std::string& column) {
    return stream.windowed && (column == "window_start" || column == "window_end" || column == "window_time");
}

/// The column by which the computed value goes on: the one that it is computed of, where nothing else needs
/// that as it was, else a further one. Its name is one that `both` sides lack: where both have it, the result
/// has that of right by another name.
std::string keptName(const ComputedKey& key, const std::vector<const sql::Expr*>& parts,
                     const StreamType& stream, const Schema& both, Type type) {
    const sql::Expr& first = *key.columns.front();
    const std::optional<int> index = stream.schema->find(first.name);
    const bool named = index && std::find(stream.key.begin(), stream.key.end(), *index) != stream.key.end();
    const bool stays = !index || named || *index == stream.eventTime || key.columns.size() > 1 ||
                       isWindowBound(stream, first.name) ||
                       stream.schema->fields[static_cast<std::size_t>(*index)].type != type ||
                       !isReadOnce(first, parts);
    if (!stays) return first.name;
    std::string name = first.name + "_key";
    while (both.find(name)) name += "_2";
    return name;
}

/// A Select on the wire into the side of the key that computes it besides all columns, and the condition that
/// compares with that.
std::optional<QuickFix> computeBefore(const BindContext& context, const ComputedKey& key,
                                      const std::string& text, const std::vector<const sql::Expr*>& parts,
                                      const sql::Scope& scope) {
    const std::optional<Type> type = typeOf(*key.expr, scope), other = typeOf(*key.other, scope);
    // What is computed on the other side, too, is reported in its turn.
    if (!type || !other || !meets(*type, *other)) return std::nullopt;
    const int port = key.side() == "left" ? 0 : 1;
    const StreamType& stream = context.input(port);
    const std::string name = keptName(key, parts, stream, *scope.schema, *type),
                      quoted = sql::quoteIdentifier(name);
    Json columns = Json::array();
    for (const Field& field : stream.schema->fields)
        columns.push_back(field.name == name ? key.own + " AS " + quoted : sql::quoteIdentifier(field.name));
    if (!stream.schema->find(name)) columns.push_back(key.own + " AS " + quoted);
    QuickFix fix;
    fix.kind = QuickFix::Kind::AddNode;
    fix.label = RW_TEXT("join", "Insert a Select with %1").with(shortened(key.own, kShownKey));
    fix.node = context.node().id;
    fix.param = "select";
    fix.value = {{"columns", std::move(columns)}};
    fix.port = context.portName(port);
    QuickFix compare;
    compare.node = context.node().id;
    compare.param = "on";
    compare.value = text.substr(0, key.begin) + key.side() + '.' + quoted + text.substr(key.end);
    fix.then.push_back(std::move(compare));
    return fix;
}

}  // namespace

bool refuseComputedKey(BindContext& context, const std::string& text,
                       const std::vector<const sql::Expr*>& parts, const sql::Scope& scope) {
    for (const sql::Expr* const part : parts) {
        const std::optional<ComputedKey> key = computedKey(*part, text);
        // Rows of a table outside go through no node before.
        if (!key || (key->side() == "right" && context.ports() < 2)) continue;
        const std::string written = text.substr(key->begin, key->end - key->begin);
        Issue& issue = context.error(
            "on",
            RW_TEXT("join", "A key is a column of each side, and %1 is none.")
                .with(shortened(written, kShownKey)),
            RW_TEXT("join",
                    "Compute %1 in a Select before the join, on the wire into “%2”, and compare with the "
                    "column that it makes.")
                .with(shortened(key->own, kShownKey), key->side()));
        issue.position = key->begin;
        issue.length = written.size();
        if (auto fix = computeBefore(context, *key, text, parts, scope))
            issue.quickFixes.push_back(*std::move(fix));
        return true;
    }
    return false;
}

}  // namespace rw
