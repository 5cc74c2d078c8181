// Rows that were found in one SQLite file, as a table of another one.
#pragma once
#include <string>

#include "core/connect/sqlite/browser.h"

namespace rw {

struct SqliteCopy {
    std::string path;      ///< a database, or nothing yet
    std::string table;     ///< as it will be called
    bool replace = false;  ///< a table of that name
};

/// Copies the rows of the match as they are stored, with the columns and their declared types. A new file is
/// there whole or not at all; one that is there is changed in one transaction, and only this table of it. How
/// many rows were copied: those deleted since the match are left out. ErrorCode::Refused: there is a table or
/// view of that name. ErrorCode::Invalid: the file is no database. Waits for the disk.
Result<std::int64_t> copyRows(const SqliteMatch& match, const SqliteCopy& to, CancelFlag cancel);

}  // namespace rw
