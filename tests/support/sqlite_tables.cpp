#include "tests/support/sqlite_tables.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <stdexcept>

namespace rw::test {

namespace {

const char* affinityOf(Type type) {
    if (type.is(TypeId::String)) return "TEXT";
    return type.is(TypeId::Double) ? "REAL" : "INTEGER";
}

void bindTo(SQLite::Statement& statement, int place, const Value& value) {
    if (isNull(value)) return statement.bind(place);
    if (const auto* text = std::get_if<std::string>(&value)) return statement.bind(place, *text);
    if (const auto* number = std::get_if<double>(&value)) return statement.bind(place, *number);
    if (const auto* large = std::get_if<std::int64_t>(&value)) return statement.bind(place, *large);
    if (const auto* small = std::get_if<std::int32_t>(&value)) return statement.bind(place, *small);
    if (const auto* truth = std::get_if<bool>(&value)) return statement.bind(place, *truth ? 1 : 0);
    throw std::runtime_error("SQLite has no DECIMAL");
}

}  // namespace

SqliteTables::SqliteTables() : m_database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {}

void SqliteTables::add(const std::string& name, const Schema& schema,
                       const std::vector<std::vector<Value>>& rows) {
    std::string columns, places;
    for (const Field& field : schema.fields) {
        columns += (columns.empty() ? "\"" : ", \"") + field.name + "\" " + affinityOf(field.type);
        places += places.empty() ? "?" : ", ?";
    }
    SQLite::Transaction all(m_database);
    m_database.exec("CREATE TABLE \"" + name + "\" (" + columns + ")");
    SQLite::Statement insert(m_database, "INSERT INTO \"" + name + "\" VALUES (" + places + ")");
    for (const std::vector<Value>& row : rows) {
        insert.reset();
        for (std::size_t i = 0; i < row.size(); ++i) bindTo(insert, static_cast<int>(i) + 1, row[i]);
        insert.exec();
    }
    all.commit();
}

std::vector<std::string> SqliteTables::rows(const std::string& query) {
    std::vector<std::string> lines;
    SQLite::Statement statement(m_database, query);
    while (statement.executeStep()) {
        std::string& line = lines.emplace_back();
        for (int i = 0; i < statement.getColumnCount(); ++i) {
            const SQLite::Column cell = statement.getColumn(i);
            line += std::string(line.empty() ? "" : ", ") + cell.getName() + "=" +
                    (cell.isNull() ? "NULL" : cell.getString());
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace rw::test
