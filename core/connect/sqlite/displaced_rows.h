// Which rows of a table go when an upsert puts another one there: INSERT OR REPLACE takes away all that any
// unique index takes for the same. Tables that a run has made have no index but that of the key; those made
// elsewhere may, and their indexes may compare texts otherwise than the columns do (COLLATE).
#pragma once
#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/data/schema.h"

namespace rw {

struct DisplacedRows {
    /// They are the rows with the same key: the members below are not needed.
    bool byKeyAlone = true;
    std::string condition{};     ///< SQL that is true of them, and maybe of others
    std::vector<int> columns{};  ///< of the row that comes: their cells are ?2, ?3, … there; first the key
    std::vector<std::string> keyCollations{};  ///< by which the index of the key finds its columns
    /// Not empty: the reason, a sentence, why not all changes of the table can be told.
    Text untold{};
};

/// For upserts into `table` as it is now. `key`: columns of the schema; none: all rows go. Throws
/// SQLite::Exception.
DisplacedRows displacedRows(SQLite::Database& database, const std::string& table, const Schema& schema,
                            const std::vector<int>& key);

}  // namespace rw
