#include "core/query/live_rows.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>

#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/values.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "core/query/query_names.h"

namespace rw {

namespace {

/// “live"."orders” as SQL has it.
std::string nameOf(const LiveRows& live) {
    return sqliteName(live.schema) + '.' + sqliteName(live.table);
}

/// Binds a value as the SQLite sink does; a NaN is NULL to SQLite.
void bindValue(SQLite::Statement& statement, int parameter, const Column& column, std::size_t row,
               std::string& text) {
    visitType(column.type().id,
              Overloaded{[&](types::Boolean) {
                             statement.bind(parameter,
                                            static_cast<std::int32_t>(column.at<std::uint8_t>(row)));
                         },
                         [&](types::Int) { statement.bind(parameter, column.at<std::int32_t>(row)); },
                         [&](types::Bigint) { statement.bind(parameter, column.at<std::int64_t>(row)); },
                         [&](types::Double) { statement.bind(parameter, column.at<double>(row)); },
                         [&](types::Bytes) {
                             const std::string_view bytes = column.string(row);
                             statement.bind(parameter, bytes.data(), static_cast<int>(bytes.size()));
                         },
                         [&](AnyOf<types::Decimal, types::String, types::Date, types::Timestamp, types::Null,
                                   types::IntervalDay, types::IntervalMonth> auto) {
                             text.clear();
                             appendCell(text, column, row);
                             statement.bind(parameter, text);
                         }});
}

/// How many columns SQLite can have; those behind them are left out.
std::size_t mostColumns(SQLite::Database& database) {
    return static_cast<std::size_t>(
        std::min(sqlite3_limit(database.getHandle(), SQLITE_LIMIT_COLUMN, -1),
                 sqlite3_limit(database.getHandle(), SQLITE_LIMIT_VARIABLE_NUMBER, -1)));
}

}  // namespace

Schema liveColumns(const LiveRows& live) {
    QueryNames taken;
    Schema columns;
    for (const Field& field : live.columns->fields)
        columns.fields.push_back({taken.add(field.name), field.type});
    if (!live.changes) return columns;
    columns.fields.insert(columns.fields.begin(), {taken.add("op"), Type::of(TypeId::String)});
    return columns;
}

void makeLiveTable(SQLite::Database& database, const LiveRows& live) {
    Schema columns = liveColumns(live);
    columns.fields.resize(std::min(columns.fields.size(), mostColumns(database)));
    std::string declared;
    for (const Field& field : columns.fields)
        declared +=
            (declared.empty() ? "" : ", ") + sqliteName(field.name) + ' ' + sqliteDeclaration(field.type);
    if (!declared.empty()) database.exec("CREATE TABLE " + nameOf(live) + " (" + declared + ')');
}

Status fillLiveTable(SQLite::Database& database, const LiveRows& live, const AskedLimits& limits) {
    std::vector<Batch> asked;
    if (live.later) {
        RW_TRY_ASSIGN(asked, live.later(limits));
    }
    const std::size_t before = live.changes ? 1 : 0;
    const std::size_t columns = std::min(live.columns->size() + before, mostColumns(database));
    std::string values = "?";
    for (std::size_t i = 1; i < columns; ++i) values += ", ?";
    SQLite::Transaction all(database);
    SQLite::Statement insert(database, "INSERT INTO " + nameOf(live) + " VALUES (" + values + ')');
    std::string text;
    for (const Batch& batch : live.later ? asked : live.rows) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            insert.reset();
            insert.clearBindings();
            if (live.changes) insert.bind(1, std::string(toString(batch.kind(row))));
            for (std::size_t i = before; i < columns; ++i) {
                const std::size_t place = i - before;
                if (place >= batch.columns.size() || !batch.columns[place] ||
                    batch.columns[place]->isNull(row))
                    continue;
                bindValue(insert, static_cast<int>(i) + 1, *batch.columns[place], row, text);
            }
            insert.exec();
        }
    }
    all.commit();
    return {};
}

}  // namespace rw
