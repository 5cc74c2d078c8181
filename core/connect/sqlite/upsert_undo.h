// What the rows of an upserted table were before each epoch changed them: a run that goes on from an older
// checkpoint may never come by what a newer one has put there, and must not leave it.
//
//   _rill_undo_S   of sink S, as EpochRows names it: the table's columns, the epoch that changed the row
//                  (_rill_epoch), and whether there was one (_rill_there); where the table has columns of
//                  these names, with as many “_” behind them as it takes
//
// Rows are known by their keys, byte by byte. What a table made elsewhere takes for the same row beyond that
// (displaced_rows.h) is remembered under its own key.
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

    /// What was remembered under another shape can't be taken back.
    std::string shape() const;
    /// The table is there: makes what the calls below need. What other sinks remember of the table is not so
    /// any more once this one has written it: it goes, and they are told (EpochRows::forgetEpochs).
    void prepare(SQLite::Database& database);
    /// The connection is about to be closed.
    void forget();

    /// Not empty: what upserts change in the table as it is now can't all be told, for that reason.
    Text untold(SQLite::Database& database) const;
    /// What is remembered from here on was changed by epoch `epoch`, in one transaction. False: what it
    /// changes can't be told, and nothing is remembered: nobody may go back behind it.
    [[nodiscard]] bool begin(SQLite::Database& database, Epoch epoch);
    /// Binds the cells of a row that are in `columns` of the schema to the parameters from `first` on.
    using BindCells =
        std::function<void(SQLite::Statement& statement, int first, const std::vector<int>& columns)>;
    /// Before a row comes into the table, or that with its key goes: what goes with it is remembered where
    /// the epoch has not changed that before. `key`: a text that no other key has.
    void remember(const std::string& key, const BindCells& bind);
    /// Nobody goes on from others than these any more, the oldest first.
    void prune(SQLite::Database& database, const std::vector<Epoch>& kept);
    /// The table becomes what it was behind epoch `epoch`; false: nothing is remembered. Throws
    /// SQLITE_CONSTRAINT where rows of others have taken the place of what was there.
    bool takeBack(SQLite::Database& database, Epoch epoch);

    /// Nobody goes back any more with the sink called so.
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
    const std::string m_name;   ///< of the table with what was, quoted
    const SchemaRef m_schema;
    const std::string m_epochColumn, m_thereColumn;
    const std::vector<int> m_key;
    std::vector<std::string> m_keys;  ///< quoted
    std::string m_columns;            ///< all of the table's, quoted
    std::vector<Epoch> m_kept;        ///< as prune() was told last
    int m_looked = kNever;            ///< the schema version of the file that the statements are for
    bool m_told = true;               ///< what changes can be told
    std::unique_ptr<SQLite::Statement> m_remember, m_isRemembered;
    std::unique_ptr<SQLite::Statement> m_displaced;  ///< null: no rows go but those with the very key
    std::vector<int> m_bound;                        ///< columns that it goes by
    Epoch m_epoch = 0;
    const std::size_t m_mostMet;
    std::unordered_set<std::string> m_met;  ///< keys that the epoch has changed, as many as may be held
    std::size_t m_metBytes = 0;
};

}  // namespace rw
