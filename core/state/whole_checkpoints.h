// What is whole of a file of checkpoints that is damaged.
#pragma once
#include <SQLiteCpp/Database.h>

namespace rw {

/// Copies those that are whole, savepoints with their names, into a database that has none. What a newer
/// program wrote is left out. Throws SQLite::Exception where not even the list of them can be read, and where
/// `into` can't be written.
void copyWholeCheckpoints(SQLite::Database& from, SQLite::Database& into);

}  // namespace rw
