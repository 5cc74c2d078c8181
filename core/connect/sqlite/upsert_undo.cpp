#include "core/connect/sqlite/upsert_undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/connect/sqlite/epoch_rows.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/values.h"

namespace rw {

namespace {

constexpr const char* kUndo = "_rill_undo_";
constexpr std::size_t kBytesOfMet = 64;  // that a key takes in memory beside its text

std::string undoTable(const std::string& sink) {
    return sqliteName(kUndo + sink);
}

void execWith(SQLite::Database& database, const std::string& sql, const std::vector<Epoch>& epochs) {
    SQLite::Statement statement(database, sql);
    for (std::size_t i = 0; i < epochs.size(); ++i)
        statement.bind(static_cast<int>(i) + 1, static_cast<std::int64_t>(epochs[i]));
    statement.exec();
}

/// A name for a column of our own: as it is, unless the table has one that SQLite takes for the same. By the
/// schema alone, so that a resumed run finds the column again.
std::string unusedName(const Schema& schema, std::string name) {
    const auto isTaken = [&](const Field& field) { return sameSqliteName(field.name, name); };
    while (std::any_of(schema.fields.begin(), schema.fields.end(), isTaken)) name += '_';
    return name;
}

/// Another one once a table, an index or a trigger of the file has come or gone.
int schemaVersion(SQLite::Database& database) {
    return database.execAndGet("PRAGMA schema_version").getInt();
}

/// All at once: a table can't be dropped while it is being looked for.
std::vector<std::string> textsOf(SQLite::Statement& query) {
    std::vector<std::string> texts;
    while (query.executeStep()) texts.push_back(query.getColumn(0).getString());
    query.reset();
    return texts;
}

}  // namespace

UpsertUndo::UpsertUndo(std::string sink, std::string table, SchemaRef schema, const std::vector<int>& key,
                       std::size_t mostMet)
    : m_sink(std::move(sink)),
      m_table(std::move(table)),
      m_name(undoTable(m_sink)),
      m_schema(std::move(schema)),
      m_epochColumn(unusedName(*m_schema, "_rill_epoch")),
      m_thereColumn(unusedName(*m_schema, "_rill_there")),
      m_key(key),
      m_mostMet(mostMet) {
    for (const Field& field : m_schema->fields)
        m_columns += (m_columns.empty() ? "" : ", ") + sqliteName(field.name);
    for (const int column : m_key)
        m_keys.push_back(sqliteName(m_schema->fields[static_cast<std::size_t>(column)].name));
}

std::string UpsertUndo::shape() const {
    std::string all = "upsert";
    for (const std::string& key : m_keys) all += ' ' + key;
    for (const Field& field : m_schema->fields)
        all += ", " + sqliteName(field.name) + ' ' + sqliteDeclaration(field.type);
    return all;
}

std::string UpsertUndo::keyIsBound() const {
    std::string condition;
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        condition += fmt::format(" AND {} IS ?{}", m_keys[i], i + 2);
    return condition;
}

std::string UpsertUndo::sameKey(const std::string& one, const std::string& other) const {
    std::string condition;
    for (const std::string& key : m_keys)
        condition += fmt::format(" AND {}.{} IS {}.{} COLLATE BINARY", one, key, other, key);
    return condition;
}

void UpsertUndo::makeTable(SQLite::Database& database) {
    std::string declared;
    for (const Field& field : m_schema->fields)
        declared += ", " + sqliteName(field.name) + " " + sqliteDeclaration(field.type);
    database.exec(
        "CREATE TABLE IF NOT EXISTS " + m_name +
        fmt::format(" ({} INTEGER NOT NULL, {} INTEGER NOT NULL{})", m_epochColumn, m_thereColumn, declared));
    std::string keys;
    for (const std::string& key : m_keys) keys += key + ", ";
    database.exec("CREATE INDEX IF NOT EXISTS " + sqliteName("_rill_undo_keys_" + m_sink) + " ON " + m_name +
                  " (" + keys + m_epochColumn + ")");
    database.exec("CREATE INDEX IF NOT EXISTS " + sqliteName("_rill_undo_epochs_" + m_sink) + " ON " +
                  m_name + " (" + m_epochColumn + ")");
}

void UpsertUndo::prepare(SQLite::Database& database) {
    forget();
    dropOthers(database);
    makeTable(database);
    const DisplacedRows displaced = displacedRows(database, m_table, *m_schema, m_key);
    m_told = displaced.untold.empty();
    if (m_told && displaced.byKeyAlone) rememberByKey(database);
    if (m_told && !displaced.byKeyAlone) rememberDisplaced(database, displaced);
    m_isRemembered = std::make_unique<SQLite::Statement>(
        database,
        fmt::format("SELECT 1 FROM {} WHERE {} = ?1{} LIMIT 1", m_name, m_epochColumn, keyIsBound()));
    m_looked = schemaVersion(database);
}

/// A row for each that the key has (NULL may be there more than once), else one that says there was none.
void UpsertUndo::rememberByKey(SQLite::Database& database) {
    std::string was;
    for (const Field& field : m_schema->fields) {
        const std::string column = sqliteName(field.name);
        const auto key = std::find(m_keys.begin(), m_keys.end(), column);
        was += key == m_keys.end() ? fmt::format(", was.{}", column)
                                   : fmt::format(", coalesce(was.{}, ?{})", column, key - m_keys.begin() + 2);
    }
    m_remember = std::make_unique<SQLite::Statement>(
        database,
        fmt::format("INSERT INTO {0} ({1}, {2}, {3}) SELECT ?1, was.{2} IS NOT NULL{4} FROM (SELECT 1) LEFT "
                    "JOIN (SELECT 1 AS {2}, {3} FROM {5} WHERE TRUE{6}) AS was",
                    m_name, m_epochColumn, m_thereColumn, m_columns, was, sqliteName(m_table), keyIsBound()));
}

/// All rows of the keys that go, each under its own; then one that says there was none.
void UpsertUndo::rememberDisplaced(SQLite::Database& database, const DisplacedRows& rows) {
    std::string was, gone, found, keys, bound;
    for (const Field& field : m_schema->fields) was += ", was." + sqliteName(field.name);
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        gone += fmt::format("{}{} COLLATE BINARY AS {}", i == 0 ? "" : ", ", m_keys[i], m_keys[i]);
        // sameKey() alone would search the whole table.
        found += fmt::format(" AND was.{} COLLATE {} IS gone.{}", m_keys[i],
                             sqliteName(rows.keyCollations[i]), m_keys[i]);
        keys += ", " + m_keys[i];
        bound += fmt::format(", ?{}", i + 2);
    }
    m_displaced = std::make_unique<SQLite::Statement>(
        database,
        fmt::format("INSERT INTO {0} ({1}, {2}, {3}) SELECT ?1, 1{4} FROM (SELECT DISTINCT {5} FROM {6} "
                    "WHERE {7}) AS gone CROSS JOIN {6} AS was WHERE TRUE{8}{9} AND NOT EXISTS (SELECT 1 FROM "
                    "{0} AS known WHERE known.{1} = ?1{10})",
                    m_name, m_epochColumn, m_thereColumn, m_columns, was, gone, sqliteName(m_table),
                    rows.condition, found, sameKey("was", "gone"), sameKey("known", "was")));
    m_bound = rows.columns;
    m_remember = std::make_unique<SQLite::Statement>(
        database, fmt::format("INSERT INTO {} ({}, {}{}) VALUES (?1, 0{})", m_name, m_epochColumn,
                              m_thereColumn, keys, bound));
}

Text UpsertUndo::untold(SQLite::Database& database) const {
    return displacedRows(database, m_table, *m_schema, m_key).untold;
}

void UpsertUndo::dropOthers(SQLite::Database& database) const {
    SQLite::Statement others(database, "SELECT name FROM _rill_sinks WHERE target = ? AND name <> ?");
    others.bind(1, foldedName(m_table));
    others.bind(2, m_sink);
    for (const std::string& sink : textsOf(others)) {
        if (!database.tableExists(kUndo + sink)) continue;
        EpochRows::forgetEpochs(database, sink);
        drop(database, sink);
    }
}

void UpsertUndo::forget() {
    m_displaced.reset();
    m_remember.reset();
    m_isRemembered.reset();
    m_looked = kNever;
}

bool UpsertUndo::begin(SQLite::Database& database, Epoch epoch) {
    // Another program may have made an index since, or a trigger.
    if (m_looked != schemaVersion(database)) prepare(database);
    m_epoch = epoch;
    m_met.clear();
    m_metBytes = 0;
    return m_told;
}

void UpsertUndo::run(SQLite::Statement& statement, const BindCells& bind,
                     const std::vector<int>& columns) const {
    statement.bind(1, static_cast<std::int64_t>(m_epoch));
    bind(statement, 2, columns);
    statement.exec();
    statement.reset();
}

bool UpsertUndo::isRemembered(const BindCells& bind) {
    m_isRemembered->bind(1, static_cast<std::int64_t>(m_epoch));
    bind(*m_isRemembered, 2, m_key);
    const bool found = m_isRemembered->executeStep();
    m_isRemembered->reset();
    return found;
}

void UpsertUndo::remember(const std::string& key, const BindCells& bind) {
    if (!m_told) return;
    bool isNew = false;
    if (m_displaced) {
        // Each time: the other cells of the row may be in the way of other rows than before.
        run(*m_displaced, bind, m_bound);
    } else {
        if (m_met.contains(key)) return;
        // While all keys of the epoch are in memory, one that is not there is new.
        isNew = m_metBytes < m_mostMet;
        if (isNew) {
            m_met.insert(key);
            m_metBytes += key.size() + kBytesOfMet;
        }
    }
    if (isNew || !isRemembered(bind)) run(*m_remember, bind, m_key);
}

void UpsertUndo::prune(SQLite::Database& database, const std::vector<Epoch>& kept) {
    if (kept.empty() || kept == m_kept) return;
    execWith(database, fmt::format("DELETE FROM {} WHERE {} <= ?1", m_name, m_epochColumn), {kept.front()});
    // Of a key that changed on both sides of a checkpoint that is gone the older row is enough.
    for (const Epoch gone : m_kept) {
        const auto after = std::upper_bound(kept.begin(), kept.end(), gone);
        if (after == kept.begin() || after == kept.end() || *std::prev(after) == gone) continue;
        mergeRows(database, *std::prev(after), gone, *after);
    }
    // It is not known which are gone since a run before this one.
    for (std::size_t i = 1; m_kept.empty() && i < kept.size(); ++i)
        mergeRows(database, kept[i - 1], kept[i - 1], kept[i]);
    m_kept = kept;
}

void UpsertUndo::mergeRows(SQLite::Database& database, Epoch before, Epoch first, Epoch last) {
    execWith(
        database,
        fmt::format("DELETE FROM {0} WHERE {1} > ?2 AND {1} <= ?3 AND EXISTS (SELECT 1 FROM {0} AS older "
                    "WHERE older.{1} > ?1 AND older.{1} < {0}.{1}{2})",
                    m_name, m_epochColumn, sameKey("older", m_name)),
        {before, first, last});
}

bool UpsertUndo::takeBack(SQLite::Database& database, Epoch epoch) {
    forget();
    const SqliteTable kept = describeTable(database, kUndo + m_sink);
    // Rows that an edited run has remembered may lack a column that they had.
    const bool whole =
        kept.exists &&
        std::all_of(m_schema->fields.begin(), m_schema->fields.end(), [&kept](const Field& field) {
            return std::any_of(
                kept.columns.begin(), kept.columns.end(),
                [&field](const SqliteColumn& column) { return sameSqliteName(column.name, field.name); });
        });
    if (!whole) return false;
    if (!describeTable(database, m_table).exists) return true;  // a run that resumes finds that out
    const std::string table = sqliteName(m_table);
    // The table goes by another name there: its own may be that of the other one.
    execWith(database,
             fmt::format("DELETE FROM {0} AS upserted WHERE EXISTS (SELECT 1 FROM {1} AS changed WHERE "
                         "changed.{2} > ?1{3})",
                         table, m_name, m_epochColumn, sameKey("changed", "upserted")),
             {epoch});
    execWith(
        database,
        fmt::format("INSERT OR ABORT INTO {0} ({1}) SELECT {1} FROM {2} AS earliest WHERE "
                    "earliest.{3} > ?1 AND earliest.{4} = 1 AND NOT EXISTS (SELECT 1 FROM {2} AS older "
                    "WHERE older.{3} > ?1 AND older.{3} < earliest.{3}{5})",
                    table, m_columns, m_name, m_epochColumn, m_thereColumn, sameKey("older", "earliest")),
        {epoch});
    execWith(database, fmt::format("DELETE FROM {} WHERE {} > ?1", m_name, m_epochColumn), {epoch});
    return true;
}

void UpsertUndo::drop(SQLite::Database& database, const std::string& sink) {
    database.exec("DROP TABLE IF EXISTS " + undoTable(sink));
}

void UpsertUndo::dropThoseOfNobody(SQLite::Database& database) {
    SQLite::Statement left(database,
                           "SELECT substr(name, length(?1) + 1) AS sink FROM sqlite_master WHERE type = "
                           "'table' AND substr(name, 1, length(?1)) = ?1 AND sink NOT IN (SELECT name FROM "
                           "_rill_sinks)");
    left.bind(1, kUndo);
    for (const std::string& sink : textsOf(left)) drop(database, sink);
}

}  // namespace rw
