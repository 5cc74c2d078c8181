// Opening an SQLite file to look into it, where nothing may be left beside it: a database in WAL mode
// otherwise gets a -wal and a -shm file from every reader.
#pragma once
#include <sqlite3.h>

#include <string>

namespace rw {

/// How SQLite opens the file at `path` for reading, so that it makes, changes and removes no file: its name
/// as a URI, for kSqliteLook. Opening it gives SQLITE_CANTOPEN for a database whose log is there without its
/// index, as after both were copied.
std::string sqliteLookUri(const std::string& path);

inline constexpr int kSqliteLook = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;

}  // namespace rw
