// Opening an SQLite file to look into it, where nothing may be left beside it: a database in WAL mode
// otherwise gets a -wal and a -shm file from everybody who reads it.
#pragma once
#include <sqlite3.h>

#include <string>

namespace rw {

/// How SQLite opens the file at `path` for reading, so that it makes, changes and removes no file: its name
/// as a URI, for kSqliteLook. Of a database whose log lies there without its index, as a copy of the two
/// does, opening it gives SQLITE_CANTOPEN.
std::string sqliteLookUri(const std::string& path);

inline constexpr int kSqliteLook = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;

}  // namespace rw
