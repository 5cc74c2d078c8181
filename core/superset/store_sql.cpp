#include "core/superset/store_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/connect/sqlite/file.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr const char* kLargestDouble = "1.7976931348623157e308";

/// “300”, “0.5”.
std::string secondsOf(Millis span) {
    std::string text = fmt::format("{}.{:03}", span / 1000, span % 1000);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string typeInSqlite(Type type) {
    using namespace std::string_literals;
    return visitType(
        type.id,
        Overloaded{
            [](AnyOf<types::Int, types::Bigint> auto) { return "INTEGER"s; },
            [](AnyOf<types::Double, types::Decimal> auto) { return "REAL"s; },
            [](AnyOf<types::Boolean, types::String, types::Date, types::Timestamp, types::Bytes, types::Null,
                     types::IntervalDay, types::IntervalMonth> auto) { return "TEXT"s; }});
}

std::string typeInPostgresql(Type type) {
    using namespace std::string_literals;
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) { return "BOOLEAN"s; }, [](types::Int) { return "INTEGER"s; },
                   [](types::Bigint) { return "BIGINT"s; }, [](types::Double) { return "DOUBLE PRECISION"s; },
                   [](types::Decimal) { return "NUMERIC"s; }, [](types::Date) { return "DATE"s; },
                   [](types::Timestamp) { return "TIMESTAMP WITHOUT TIME ZONE"s; },
                   [](AnyOf<types::String, types::Bytes, types::Null, types::IntervalDay,
                            types::IntervalMonth> auto) { return "TEXT"s; }});
}

}  // namespace

StoreSql::StoreSql(StoredTable table, SchemaRef schema)
    : m_table(std::move(table)), m_schema(std::move(schema)), m_sqlite(!m_table.file.empty()) {}

std::string StoreSql::name(const std::string& column) {
    return sqliteName(column);  // the quotes of the standard: PostgreSQL has them, too
}

std::string StoreSql::table() const {
    return (m_table.schema.empty() ? std::string() : name(m_table.schema) + ".") + name(m_table.table);
}

std::string StoreSql::shown(const Field& field) const {
    const std::string quoted = name(field.name);
    if (field.type.is(TypeId::Double))
        return fmt::format("CASE WHEN {} THEN {} END AS {}", isNumber(field.name), quoted, quoted);
    if (!m_sqlite) return quoted;
    if (field.type.is(TypeId::Decimal)) return fmt::format("CAST({0} AS REAL) AS {0}", quoted);
    if (field.type.is(TypeId::Boolean))
        return fmt::format("CASE {0} WHEN 1 THEN 'TRUE' WHEN 0 THEN 'FALSE' END AS {0}", quoted);
    return quoted;
}

DatasetColumn StoreSql::told(const Field& field) const {
    // Of a DATE that SQLite keeps as a text, Superset would make a moment.
    const bool time = field.type.is(TypeId::Timestamp) || (!m_sqlite && field.type.is(TypeId::Date));
    return {field.name, m_sqlite ? typeInSqlite(field.type) : typeInPostgresql(field.type), time};
}

std::string StoreSql::allShown() const {
    std::string all;
    for (const Field& field : m_schema->fields) {
        if (field.type.is(TypeId::Bytes)) continue;
        all += (all.empty() ? "" : ", ") + shown(field);
    }
    return all;
}

std::vector<DatasetColumn> StoreSql::allTold() const {
    std::vector<DatasetColumn> all;
    for (const Field& field : m_schema->fields) {
        if (!field.type.is(TypeId::Bytes)) all.push_back(told(field));
    }
    return all;
}

std::string StoreSql::number(const std::string& column) const {
    return fmt::format("CAST({} AS {})", name(column), m_sqlite ? "REAL" : "DOUBLE PRECISION");
}

bool StoreSql::isDouble(const std::string& column) const {
    return std::any_of(m_schema->fields.begin(), m_schema->fields.end(), [&column](const Field& field) {
        return field.name == column && field.type.is(TypeId::Double);
    });
}

std::string StoreSql::isNumber(const std::string& column) const {
    const std::string quoted = name(column);
    if (!isDouble(column)) return quoted + " IS NOT NULL";
    // To PostgreSQL NaN is larger than all numbers.
    return fmt::format("{} BETWEEN -{} AND {}", quoted, kLargestDouble, kLargestDouble);
}

DatasetColumn StoreSql::toldNumber(const std::string& column) const {
    return {column, m_sqlite ? "REAL" : "DOUBLE PRECISION", false};
}

std::string StoreSql::wholeNumberType() const {
    return m_sqlite ? "INTEGER" : "BIGINT";
}

std::string StoreSql::newest(const std::string& time, Millis span) const {
    if (span == 0) return {};
    const std::string column = name(time);
    if (m_sqlite)
        return fmt::format("{0} > (SELECT strftime('%Y-%m-%d %H:%M:%f', MAX({0}), '-{1} seconds') FROM {2})",
                           column, secondsOf(span), table());
    return fmt::format("{0} > (SELECT MAX({0}) - INTERVAL '{1} seconds' FROM {2})", column, secondsOf(span),
                       table());
}

std::string StoreSql::last(const std::string& column) const {
    return fmt::format("{0} = (SELECT MAX({0}) FROM {1})", name(column), table());
}

std::string StoreSql::sortedBy(const std::string& column, bool descending) const {
    const std::string order = name(column) + (descending ? " DESC" : "");
    if (m_sqlite) return order;
    return order + (descending ? " NULLS LAST" : " NULLS FIRST");
}

// A row that takes the place of another has that one's number.
std::string StoreSql::cameLast() const {
    if (!m_sqlite || m_table.byKey) return {};
    for (const char* rowId : {"rowid", "_rowid_", "oid"}) {
        const bool taken =
            std::any_of(m_schema->fields.begin(), m_schema->fields.end(),
                        [rowId](const Field& field) { return sameAsciiWord(field.name, rowId); });
        if (!taken) return std::string(rowId) + " DESC";
    }
    return {};
}

std::string StoreSql::select(const std::string& columns, const std::string& where, const std::string& order,
                             std::size_t limit) const {
    std::string query = "SELECT " + columns + " FROM " + table();
    if (!where.empty()) query += " WHERE " + where;
    if (!order.empty()) query += " ORDER BY " + order;
    if (limit > 0) query += " LIMIT " + std::to_string(limit);
    return query;
}

}  // namespace rw
