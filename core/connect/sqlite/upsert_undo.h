// What the rows of an upserted table were before each epoch changed them: a run that goes on from an older
// checkpoint may never come by what a newer one has put there, and must not leave it.
//
//   _rill_undo_T   of table T: its columns, the epoch that changed the row, and whether there was one
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/data/schema.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// Single-threaded, in transactions of the session. Throws SQLite::Exception.
class UpsertUndo {
 public:
    /// `key`: columns of the schema; none: the table has one row at most.
    UpsertUndo(std::string table, SchemaRef schema, const std::vector<int>& key);

    /// The table is there: makes what the calls below need.
    void prepare(SQLite::Database& database);
    /// The connection is about to be closed.
    void forget();

    /// Binds the key of a row to the parameters from `first` on.
    using BindKey = std::function<void(SQLite::Statement& statement, int first)>;
    /// Before epoch `epoch` changes the row of a key for the first time; at other times nothing.
    void remember(Epoch epoch, const BindKey& bind);
    /// Nobody goes on from others than these any more, the oldest first.
    void prune(SQLite::Database& database, const std::vector<Epoch>& kept);
    /// The table becomes what it was behind epoch `epoch`.
    void takeBack(SQLite::Database& database, Epoch epoch);
    /// Nobody goes back any more.
    void drop(SQLite::Database& database);

 private:
    /// “"a" IS ?2 AND "b" IS ?3”, with “ AND ” before each.
    std::string keyIsBound() const;
    /// The same of two tables, or names of them.
    std::string sameKey(const std::string& one, const std::string& other) const;

    const std::string m_table;  ///< as it is called
    const std::string m_name;   ///< of the table with what was, quoted
    const SchemaRef m_schema;
    std::vector<std::string> m_keys;  ///< quoted
    std::string m_columns;            ///< all of the table's, quoted
    std::vector<Epoch> m_kept;        ///< as prune() was told last
    std::unique_ptr<SQLite::Statement> m_was, m_wasNot;
};

}  // namespace rw
