// The rows of an upserted table before each epoch changed them: a run that resumes from an older checkpoint
// must not leave rows that a newer one has put there, although it may never write their keys.
//
//   _rill_undo_S   of sink S, as EpochRows names it: the table's columns, the epoch that changed the row
//                  (_rill_epoch), and whether there was one (_rill_there); where the table has columns of
//                  these names, with as many “_” behind them as it takes
//
// Rows are known by their keys, byte by byte. Further rows that a table made elsewhere takes for the same
// (displaced_rows.h) are remembered under their own keys.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/base/text.h"
#include "core/connect/sqlite/displaced_rows.h"
#include "core/data/schema.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// Single-threaded, in transactions of the session, where EpochRows has made its tables. Throws
/// SQLite::Exception.
class UpsertUndo {
 public:
    /// Bytes of keys that are known in memory to have been changed in an epoch.
    static constexpr std::size_t kMostMet = std::size_t{16} << 20;

    /// `key`: columns of the schema; none: the table has one row at most.
    UpsertUndo(std::string sink, std::string table, SchemaRef schema, const std::vector<int>& key,
               std::size_t mostMet = kMostMet);

    /// Rows remembered under another shape can't be taken back.
    std::string shape() const;
    /// The table is there: makes the tables that the calls below need. Undo rows of other sinks for this table
    /// are wrong once this one has written it: they are removed, and their sinks told
    /// (EpochRows::forgetEpochs).
    void prepare(SQLite::Database& database);
    /// The connection is about to be closed.
    void forget();

    /// Not empty: the reason why not all changes of upserts in the table, as it is now, can be told.
    Text untold(SQLite::Database& database) const;
    /// Rows remembered from here on were changed by epoch `epoch`, in one transaction. False: its changes
    /// can't be told, and none is remembered. No run may go back behind it.
    [[nodiscard]] bool begin(SQLite::Database& database, Epoch epoch);
    /// Binds the cells of a row that are in `columns` of the schema to the parameters from `first` on.
    using BindCells =
        std::function<void(SQLite::Statement& statement, int first, const std::vector<int>& columns)>;
    /// Call before a row comes into the table, or is deleted by its key: the rows that it replaces are
    /// remembered, unless the epoch has changed them before. `key`: a text that no other key has.
    void remember(const std::string& key, const BindCells& bind);
    /// Runs resume only from these epochs any more, the oldest first.
    void prune(SQLite::Database& database, const std::vector<Epoch>& kept);
    /// The table becomes as it was behind epoch `epoch`; false: nothing is remembered. Throws
    /// SQLITE_CONSTRAINT where rows of other programs conflict with the old ones.
    bool takeBack(SQLite::Database& database, Epoch epoch);

    /// No run goes back any more with the sink of this name.
    static void drop(SQLite::Database& database, const std::string& sink);
    /// Nor with sinks that the file does not know any more.
    static void dropThoseOfNobody(SQLite::Database& database);

 private:
    static constexpr int kNever = -1;

    /// “"a" IS ?2 AND "b" IS ?3”, with “ AND ” before each.
    std::string keyIsBound() const;
    /// The same of two tables, or names of them, byte by byte.
    std::string sameKey(const std::string& one, const std::string& other) const;
    void dropOthers(SQLite::Database& database) const;
    void makeTable(SQLite::Database& database);
    void rememberByKey(SQLite::Database& database);
    void rememberDisplaced(SQLite::Database& database, const DisplacedRows& rows);
    bool isRemembered(const BindCells& bind);
    void run(SQLite::Statement& statement, const BindCells& bind, const std::vector<int>& columns) const;
    /// Of the epochs behind `first` up to `last` only rows of keys stay that none behind `before` changed
    /// earlier.
    void mergeRows(SQLite::Database& database, Epoch before, Epoch first, Epoch last);

    const std::string m_sink;
    const std::string m_table;  ///< as it is called
    const std::string m_name;   ///< of the table with the old rows, quoted
    const SchemaRef m_schema;
    const std::string m_epochColumn, m_thereColumn;
    const std::vector<int> m_key;
    std::vector<std::string> m_keys;  ///< quoted
    std::string m_columns;            ///< all of the table's, quoted
    std::vector<Epoch> m_kept;        ///< as prune() was told last
    int m_looked = kNever;            ///< the schema version of the file that the statements are for
    bool m_told = true;               ///< the changes can be told
    std::unique_ptr<SQLite::Statement> m_remember, m_isRemembered;
    std::unique_ptr<SQLite::Statement> m_displaced;  ///< null: no rows go but those with the very key
    std::vector<int> m_bound;                        ///< columns that it goes by
    Epoch m_epoch = 0;
    const std::size_t m_mostMet;
    std::unordered_set<std::string> m_met;  ///< keys that the epoch has changed, as many as may be held
    std::size_t m_metBytes = 0;
};

}  // namespace rw
