// What the rows of an upserted table were before each epoch changed them: a run that goes on from an older
// checkpoint may never come by what a newer one has put there, and must not leave it.
//
//   _rill_undo_S   of sink S, as EpochRows names it: the table's columns, the epoch that changed the row
//                  (_rill_epoch), and whether there was one (_rill_there); where the table has columns of
//                  these names, with as many “_” behind them as it takes
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

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

    /// What is remembered from here on was changed by epoch `epoch`, in one transaction.
    void begin(Epoch epoch);
    /// Binds the key of a row to the parameters from `first` on.
    using BindKey = std::function<void(SQLite::Statement& statement, int first)>;
    /// Before the epoch changes the row of a key for the first time; at other times nothing. `key`: a text
    /// that no other key has; a table made elsewhere may take several of them for one (COLLATE).
    void remember(const std::string& key, const BindKey& bind);
    /// Nobody goes on from others than these any more, the oldest first.
    void prune(SQLite::Database& database, const std::vector<Epoch>& kept);
    /// The table becomes what it was behind epoch `epoch`; false: nothing is remembered.
    bool takeBack(SQLite::Database& database, Epoch epoch);

    /// Nobody goes back any more with the sink called so.
    static void drop(SQLite::Database& database, const std::string& sink);
    /// Nor with sinks that the file does not know any more.
    static void dropThoseOfNobody(SQLite::Database& database);

 private:
    /// “"a" IS ?2 AND "b" IS ?3”, with “ AND ” before each.
    std::string keyIsBound() const;
    /// The same of two tables, or names of them.
    std::string sameKey(const std::string& one, const std::string& other) const;
    void dropOthers(SQLite::Database& database) const;
    void makeTable(SQLite::Database& database);
    bool isRemembered(const BindKey& bind);
    /// Of the epochs behind `first` up to `last` only rows of keys stay that none behind `before` changed
    /// earlier.
    void mergeRows(SQLite::Database& database, Epoch before, Epoch first, Epoch last);

    const std::string m_sink;
    const std::string m_table;  ///< as it is called
    const std::string m_name;   ///< of the table with what was, quoted
    const SchemaRef m_schema;
    const std::string m_epochColumn, m_thereColumn;
    std::vector<std::string> m_keys;  ///< quoted
    bool m_exact = true;              ///< to the table two keys are one only where their bytes are the same
    std::string m_columns;            ///< all of the table's, quoted
    std::vector<Epoch> m_kept;        ///< as prune() was told last
    std::unique_ptr<SQLite::Statement> m_remember, m_isRemembered;
    Epoch m_epoch = 0;
    const std::size_t m_mostMet;
    std::unordered_set<std::string> m_met;  ///< keys that the epoch has changed, as many as may be held
    std::size_t m_metBytes = 0;
};

}  // namespace rw
