#include "core/connect/sqlite/statements.h"

#include <algorithm>
#include <array>

#include "core/connect/sqlite/values.h"
#include "core/data/trim.h"

namespace rw {
namespace {

// Of two that begin alike the longer one first.
constexpr std::array<std::string_view, 8> kComparisons = {"<=", ">=", "!=", "<>", "==", "<", ">", "="};

/// The filter's value without the quotes of a text.
struct FilterValue {
    std::string text;
    bool quoted = false;
};

FilterValue valueOf(const SqliteFilter& filter) {
    const std::string& value = filter.value;
    const bool quoted = value.size() >= 2 && value.front() == '\'' && value.back() == '\'';
    return {quoted ? value.substr(1, value.size() - 2) : value, quoted};
}

SqliteColumn filteredColumn(const SqliteQuery& query) {
    for (const SqliteColumn& each : query.table.columns)
        if (each.name == query.filter.column) return each;
    return {query.filter.column, {}};
}

const SqliteColumn& sortedColumn(const SqliteQuery& query) {
    return query.table.columns.at(static_cast<std::size_t>(query.sortColumn));
}

std::string columnsOf(const SqliteQuery& query) {
    std::vector<std::string> names;
    for (const SqliteColumn& column : query.table.columns) names.push_back(sqliteName(column.name));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string where(const SqliteQuery& query) {
    const SqliteFilter& filter = query.filter;
    if (filter.empty()) return {};
    if (!filter.column.empty())
        return " WHERE " + comparisonOf(filteredColumn(query), filter.comparison, valueOf(filter).text);
    std::vector<std::string> anyOf;
    for (const SqliteColumn& column : query.table.columns)
        anyOf.push_back("CAST(" + textOf(column) + " AS TEXT) LIKE ?1 ESCAPE '\\'");
    return fmt::format(" WHERE ({})", fmt::join(anyOf, " OR "));
}

// Rows of equal values stand as the table lies, whichever way the sorting goes.
std::string orderBy(const SqliteQuery& query) {
    if (query.sortColumn < 0)
        return query.table.rowId.empty() ? std::string() : " ORDER BY " + query.table.rowId;
    std::string order = " ORDER BY " + orderOf(sortedColumn(query), query.descending);
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
    const SqliteColumn& column = sortedColumn(query);
    if (column.values != TypeId::Null && column.values != TypeId::Decimal) return {};
    const std::string number = numberOf(column);
    const std::string numbers = "typeof(" + number + ") IN ('integer', 'real')";
    return "SELECT MIN(" + number + "), MAX(" + number + ")" + sqliteFrom(query) +
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

void bindFilter(SQLite::Statement& statement, const SqliteQuery& query) {
    const SqliteFilter& filter = query.filter;
    if (filter.empty()) return;
    if (!filter.column.empty()) {
        const FilterValue value = valueOf(filter);
        return bindValue(statement, filteredColumn(query), value.text, value.quoted);
    }
    std::string pattern = "%";
    for (const char c : filter.words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    statement.bind(1, pattern + '%');
}

}  // namespace rw
