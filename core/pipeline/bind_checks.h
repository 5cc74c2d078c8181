// Checks that most nodes make while binding, with their messages.
#pragma once
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/error.h"
#include "core/sql/parse/ast.h"

namespace rw {

/// Refuses an updating stream at input `port`: true when one was refused (and reported, with `fix`).
bool refuseUpdating(BindContext& context, Text fix, int port = 0);

/// The event-time column of the first wire at `port`; -1 when there is none. Reports `what`, in which %1 is
/// the sender (“A window needs an event-time column; “%1” has none marked.”), with ways to mark one as fixes.
int requireEventTime(BindContext& context, Text what, int port = 0);

/// Index of the column that parameter `param` (element `item` of it, when it is a list) names in `schema`;
/// -1 when there is none (reported, the nearest name as a fix, with `rest`, the text behind the name).
int requireColumn(BindContext& context, std::string_view param, const Schema& schema, std::string_view name,
                  int item = -1, std::string_view rest = {});

/// Reports an SQL error of a parameter: its place, its fix, its replacement as a quick fix.
Issue& sqlIssue(BindContext& context, std::string_view param, int item, const sql::SqlError& error);

/// The parsed thing, or nothing after its error was reported.
template <class T>
std::optional<T> accept(BindContext& context, std::string_view param, int item, sql::Parsed<T> parsed) {
    if (const auto* error = std::get_if<sql::SqlError>(&parsed)) {
        sqlIssue(context, param, item, *error);
        return std::nullopt;
    }
    return std::get<T>(std::move(parsed));
}

/// How many wrong items of a list are reported. Each one looks through all columns for the nearest name, and
/// its quick fix has the whole list: reports on all of a long list would take gigabytes.
constexpr std::size_t mostWrongItems(std::size_t items) {
    constexpr std::size_t kLeast = 20, kInAllFixes = 200'000;
    return std::max(kLeast, kInAllFixes / std::max<std::size_t>(items, 1));
}

/// A fix that sets `param` (or element `item` of it) of the context's node to `value`.
QuickFix replaceParam(const BindContext& context, std::string_view param, int item, const std::string& value);

/// The first columns of a schema: “id, price, ts”.
std::string columnNames(const Schema& schema);

/// The name nearest to `name`, or empty; for “did you mean”.
std::string nearestOf(std::string_view name, const std::vector<std::string>& names);

}  // namespace rw
