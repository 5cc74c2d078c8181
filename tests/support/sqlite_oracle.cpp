#include "tests/support/sqlite_oracle.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/connect/sqlite/file.h"
#include "core/data/text.h"

namespace rw::test {

namespace {

/// Calls body(); an error of SQLite ends the program.
template <class Body>
void orEnd(const std::string& sql, Body body) {
    try {
        body();
    } catch (const SQLite::Exception& error) {
        std::fprintf(stderr, "%s\n%s\n", sql.c_str(), error.what());
        std::abort();
    }
}

void bindValue(SQLite::Statement& statement, int index, const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        statement.bind(index, *flag ? 1 : 0);
    } else if (const auto* small = std::get_if<std::int32_t>(&value)) {
        statement.bind(index, *small);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        statement.bind(index, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
        statement.bind(index, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        statement.bind(index, *text);
    } else {
        statement.bind(index);
    }
}

std::string textOf(const SQLite::Column& value) {
    if (value.isNull()) return "NULL";
    if (!value.isFloat()) return value.getString();
    std::string text;
    appendDouble(text, value.getDouble());
    return text;
}

}  // namespace

SqliteOracle::SqliteOracle()
    : m_database(
          std::make_unique<SQLite::Database>(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)) {}

SqliteOracle::~SqliteOracle() = default;

void SqliteOracle::load(const std::string& name, const Schema& schema,
                        const std::vector<std::vector<Value>>& rows) {
    std::string columns, places;
    for (const Field& field : schema.fields) {
        const char* const type = field.type.is(TypeId::String)   ? "TEXT"
                                 : field.type.is(TypeId::Double) ? "REAL"
                                                                 : "INTEGER";
        columns += (columns.empty() ? "" : ", ") + sqliteName(field.name) + " " + type;
        places += places.empty() ? "?" : ", ?";
    }
    const std::string table = sqliteName(name), insert = "INSERT INTO " + table + " VALUES (" + places + ")";
    orEnd(insert, [&] {
        m_database->exec("DROP TABLE IF EXISTS " + table);
        m_database->exec("CREATE TABLE " + table + " (" + columns + ")");
        SQLite::Statement statement(*m_database, insert);
        for (const std::vector<Value>& row : rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                bindValue(statement, static_cast<int>(i) + 1, row[i]);
            statement.exec();
            statement.reset();
        }
    });
}

std::vector<std::string> SqliteOracle::rows(const std::string& query) const {
    std::vector<std::string> lines;
    orEnd(query, [&] {
        SQLite::Statement statement(*m_database, query);
        while (statement.executeStep()) {
            std::string line;
            for (int i = 0; i < statement.getColumnCount(); ++i) {
                line += (i > 0 ? ", " : "") + std::string(statement.getColumnName(i)) + "=";
                line += textOf(statement.getColumn(i));
            }
            lines.push_back(std::move(line));
        }
    });
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace rw::test
