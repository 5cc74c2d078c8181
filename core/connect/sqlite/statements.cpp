#include "core/connect/sqlite/statements.h"

#include "core/connect/sqlite/values.h"

namespace rw {
namespace {

SqliteColumn columnOf(const SqliteQuery& query, const SqliteCondition& condition) {
    for (const SqliteColumn& each : query.table.columns)
        if (each.name == condition.column) return each;
    return {condition.column, {}};
}

const SqliteColumn& sortedColumn(const SqliteQuery& query) {
    return query.table.columns.at(static_cast<std::size_t>(query.sortColumn));
}

std::string columnsOf(const SqliteQuery& query) {
    std::vector<std::string> names;
    for (const SqliteColumn& column : query.table.columns) names.push_back(sqliteName(column.name));
    return fmt::format("{}", fmt::join(names, ", "));
}

// The words are parameter 1; so is the first condition's value, for a filter never has both.
std::string where(const SqliteQuery& query) {
    const SqliteFilter& filter = query.filter;
    if (filter.empty()) return {};
    if (!filter.conditions.empty()) {
        std::vector<std::string> allOf;
        for (const SqliteCondition& condition : filter.conditions) {
            const int parameter = static_cast<int>(allOf.size()) + 1;
            allOf.push_back(
                comparisonOf(columnOf(query, condition), condition.comparison, condition.value, parameter));
        }
        return fmt::format(" WHERE {}", fmt::join(allOf, " AND "));
    }
    std::vector<std::string> anyOf;
    for (const SqliteColumn& column : query.table.columns)
        anyOf.push_back("CAST(" + textOf(column) + " AS TEXT) LIKE ?1 ESCAPE '\\'");
    return fmt::format(" WHERE ({})", fmt::join(anyOf, " OR "));
}

// Rows of equal values are in the order of the table, in either direction of sorting.
std::string orderBy(const SqliteQuery& query) {
    if (query.sortColumn < 0)
        return query.table.rowId.empty() ? std::string() : " ORDER BY " + query.table.rowId;
    std::string order = " ORDER BY " + orderOf(sortedColumn(query), query.descending);
    if (!query.table.rowId.empty()) order += ", " + query.table.rowId;
    return order;
}

}  // namespace

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
    int parameter = 0;
    for (const SqliteCondition& condition : filter.conditions)
        bindValue(statement, ++parameter, columnOf(query, condition), condition.value, condition.quoted);
    if (parameter > 0) return;
    std::string pattern = "%";
    for (const char c : filter.words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    statement.bind(1, pattern + '%');
}

}  // namespace rw
