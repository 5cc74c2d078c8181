// Opening an SQLite file to look into it, where nothing may be left beside it: a database in WAL mode
// otherwise gets a -wal and a -shm file from every reader.
#pragma once
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <string>

#include "core/base/files.h"

namespace rw {

/// How SQLite opens a file for reading, so that it makes, changes and removes no file.
struct SqliteLook {
    std::string uri{};  ///< the name of the file, for kSqliteLook
    /// Nothing keeps other programs from changing the database while it is read: it is in WAL mode, and no
    /// program had it open.
    bool unlocked = false;
};

/// Opening it gives SQLITE_CANTOPEN for a database whose log is there without its index, as after both were
/// copied. `vfs`: through which it is opened; empty: the usual one.
SqliteLook sqliteLook(const std::string& path, const std::string& vfs = {});
/// The same for those who read a little at once.
inline std::string sqliteLookUri(const std::string& path, const std::string& vfs = {}) {
    return sqliteLook(path, vfs).uri;
}

/// Whether the connection, which has read nothing yet, has the file that it must be (DatabaseFile::number).
/// ErrorCode::Refused: another one took its place meanwhile. `shown`: its path for people.
Status isThatDatabase(SQLite::Database& database, const DatabaseFile& file, const std::string& shown);

inline constexpr int kSqliteLook = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;

}  // namespace rw
