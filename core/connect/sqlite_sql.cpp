#include "core/connect/sqlite_sql.h"

#include <algorithm>
#include <array>

#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {
namespace {

constexpr std::array<std::string_view, 6> kComparisons = {"<=", ">=", "!=", "<", ">", "="};

std::string columnsOf(const SqliteQuery& query) {
    std::vector<std::string> names;
    for (const SqliteColumn& column : query.table.columns) names.push_back(sqliteName(column.name));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string where(const SqliteQuery& query) {
    const SqliteFilter& filter = query.filter;
    if (filter.empty()) return {};
    if (!filter.column.empty())
        return " WHERE " + sqliteName(filter.column) + ' ' + filter.comparison + " ?1";
    std::vector<std::string> anyOf;
    for (const SqliteColumn& column : query.table.columns)
        anyOf.push_back("CAST(" + sqliteName(column.name) + " AS TEXT) LIKE ?1 ESCAPE '\\'");
    return fmt::format(" WHERE ({})", fmt::join(anyOf, " OR "));
}

std::string sortName(const SqliteQuery& query) {
    return sqliteName(query.table.columns.at(static_cast<std::size_t>(query.sortColumn)).name);
}

// Rows of equal values stand as the table lies, whichever way the sorting goes.
std::string orderBy(const SqliteQuery& query) {
    if (query.sortColumn < 0)
        return query.table.rowId.empty() ? std::string() : " ORDER BY " + query.table.rowId;
    std::string order = " ORDER BY " + sortName(query) + (query.descending ? " DESC" : "");
    if (!query.table.rowId.empty()) order += ", " + query.table.rowId;
    return order;
}

}  // namespace

SqliteFilter parseSqliteFilter(const std::string& text, const std::vector<SqliteColumn>& columns) {
    SqliteFilter filter;
    for (const std::string_view comparison : kComparisons) {
        const std::size_t at = text.find(comparison);
        if (at == std::string::npos) continue;
        const std::string_view name = trimmed(std::string_view(text).substr(0, at));
        const std::string_view value = trimmed(std::string_view(text).substr(at + comparison.size()));
        const auto named = [&](const SqliteColumn& column) { return column.name == name; };
        if (value.empty() || std::none_of(columns.begin(), columns.end(), named)) continue;
        return {{}, std::string(name), std::string(comparison), std::string(value)};
    }
    filter.words = std::string(trimmed(text));
    return filter;
}

std::string sqliteFrom(const SqliteQuery& query) {
    return " FROM " + sqliteName(query.table.name) + where(query);
}

std::string sqliteCount(const SqliteQuery& query) {
    return "SELECT COUNT(*)" + sqliteFrom(query);
}

std::string sqliteIds(const SqliteQuery& query, std::int64_t most) {
    return "SELECT " + query.table.rowId + sqliteFrom(query) + orderBy(query) +
           fmt::format(" LIMIT {}", most);
}

std::string sqliteEnds(const SqliteQuery& query) {
    const std::string name = sortName(query);
    const std::string numbers = "typeof(" + name + ") IN ('integer', 'real')";
    return "SELECT MIN(" + name + "), MAX(" + name + ")" + sqliteFrom(query) +
           (query.filter.empty() ? " WHERE " : " AND ") + numbers;
}

std::string sqliteRowById(const SqliteQuery& query) {
    return "SELECT " + columnsOf(query) + " FROM " + sqliteName(query.table.name) + " WHERE " +
           query.table.rowId + " = ?1";
}

std::string sqlitePage(const SqliteQuery& query, std::int64_t first, std::int64_t count) {
    return "SELECT " + columnsOf(query) + sqliteFrom(query) + orderBy(query) +
           fmt::format(" LIMIT {} OFFSET {}", count, first);
}

void bindFilter(SQLite::Statement& statement, const SqliteFilter& filter) {
    if (filter.empty()) return;
    if (filter.column.empty()) {
        std::string pattern = "%";
        for (const char c : filter.words) {
            if (c == '%' || c == '_' || c == '\\') pattern += '\\';
            pattern += c;
        }
        return statement.bind(1, pattern + '%');
    }
    const std::string& value = filter.value;
    if (value.size() >= 2 && value.front() == '\'' && value.back() == '\'')
        return statement.bind(1, value.substr(1, value.size() - 2));
    if (const auto whole = parseBigint(value)) return statement.bind(1, *whole);
    if (const auto number = parseDouble(value)) return statement.bind(1, *number);
    statement.bind(1, value);
}

}  // namespace rw
