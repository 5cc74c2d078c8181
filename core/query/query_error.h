// Errors of SQLite about a statement, in words, with the place in the statement.
#pragma once
#include <SQLiteCpp/Database.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/query/query.h"

namespace rw {

/// What SQLite said of a statement last, before the connection does anything else.
struct SqlMistake {
    std::string message{};
    int at = -1;  ///< byte; -1: it is about the statement as a whole
};
SqlMistake lastMistake(SQLite::Database& database);

/// The names that there are, for one that is nearly right.
struct KnownNames {
    std::vector<std::string> tables{}, columns{};
};
QueryAnswer statementError(const SqlMistake& mistake, const std::string& sql, const KnownNames& known);

/// The table that the statement misses; empty: it is about something else.
std::string missingTable(const SqlMistake& mistake);

}  // namespace rw
