// Copies the intact checkpoints of a damaged file.
#pragma once
#include <SQLiteCpp/Database.h>

namespace rw {

/// Copies those that are whole, savepoints with their names, into a database that has none. Checkpoints of a
/// newer program are left out. Throws SQLite::Exception where not even the list of them can be read, and where
/// `into` can't be written.
void copyWholeCheckpoints(SQLite::Database& from, SQLite::Database& into);

}  // namespace rw
