// The statements with which a table's rows are found and read.
#pragma once
#include <SQLiteCpp/Statement.h>

#include <string>

#include "core/connect/sqlite/browser.h"

namespace rw {

std::string sqliteFrom(const SqliteQuery& query);                    ///< “ FROM … WHERE …”
std::string sqliteCount(const SqliteQuery& query);                   ///< how many rows match
std::string sqliteIds(const SqliteQuery& query, std::int64_t most);  ///< their row ids in order
/// Least and most of the sorted column's numbers; empty where its values are none.
std::string sqliteEnds(const SqliteQuery& query);
std::string sqliteRowById(const SqliteQuery& query);  ///< all columns of the row ?1
/// All columns of some rows of a table without row ids.
std::string sqlitePage(const SqliteQuery& query, std::int64_t first, std::int64_t count);

/// Gives the value of the query's filter to a statement made from it.
void bindFilter(SQLite::Statement& statement, const SqliteQuery& query);

}  // namespace rw
