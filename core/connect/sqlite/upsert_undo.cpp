#include "core/connect/sqlite/upsert_undo.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/values.h"

namespace rw {

namespace {

std::string undoName(const std::string& prefix, const std::string& table) {
    return sqliteName(std::string(kSqliteOwn) + prefix + table);
}

void execWith(SQLite::Database& database, const std::string& sql, const std::vector<Epoch>& epochs) {
    SQLite::Statement statement(database, sql);
    for (std::size_t i = 0; i < epochs.size(); ++i)
        statement.bind(static_cast<int>(i) + 1, static_cast<std::int64_t>(epochs[i]));
    statement.exec();
}

}  // namespace

UpsertUndo::UpsertUndo(std::string table, SchemaRef schema, const std::vector<int>& key)
    : m_table(std::move(table)), m_name(undoName("undo_", m_table)), m_schema(std::move(schema)) {
    for (const Field& field : m_schema->fields)
        m_columns += (m_columns.empty() ? "" : ", ") + sqliteName(field.name);
    for (const int column : key)
        m_keys.push_back(sqliteName(m_schema->fields[static_cast<std::size_t>(column)].name));
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
        condition += fmt::format(" AND {}.{} IS {}.{}", one, key, other, key);
    return condition;
}

void UpsertUndo::prepare(SQLite::Database& database) {
    std::string declared;
    for (const Field& field : m_schema->fields)
        declared += ", " + sqliteName(field.name) + " " + sqliteDeclaration(field.type);
    database.exec("CREATE TABLE IF NOT EXISTS " + m_name +
                  " (_rill_epoch INTEGER NOT NULL, _rill_there INTEGER NOT NULL" + declared + ")");
    std::string keys;
    for (const std::string& key : m_keys) keys += key + ", ";
    database.exec("CREATE INDEX IF NOT EXISTS " + undoName("undo_keys_", m_table) + " ON " + m_name + " (" +
                  keys + "_rill_epoch)");
    database.exec("CREATE INDEX IF NOT EXISTS " + undoName("undo_epochs_", m_table) + " ON " + m_name +
                  " (_rill_epoch)");
    const std::string unknown =
        fmt::format("NOT EXISTS (SELECT 1 FROM {} WHERE _rill_epoch = ?1{})", m_name, keyIsBound());
    m_was = std::make_unique<SQLite::Statement>(
        database, fmt::format("INSERT INTO {} (_rill_epoch, _rill_there, {}) SELECT ?1, 1, {} FROM {} WHERE "
                              "{}{}",
                              m_name, m_columns, m_columns, sqliteName(m_table), unknown, keyIsBound()));
    std::string names, values;
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        names += ", " + m_keys[i];
        values += fmt::format(", ?{}", i + 2);
    }
    m_wasNot = std::make_unique<SQLite::Statement>(
        database, fmt::format("INSERT INTO {} (_rill_epoch, _rill_there{}) SELECT ?1, 0{} WHERE {}", m_name,
                              names, values, unknown));
}

void UpsertUndo::forget() {
    m_was.reset();
    m_wasNot.reset();
}

void UpsertUndo::remember(Epoch epoch, const BindKey& bind) {
    for (SQLite::Statement* statement : {m_was.get(), m_wasNot.get()}) {
        statement->bind(1, static_cast<std::int64_t>(epoch));
        bind(*statement, 2);
        statement->exec();
        statement->reset();
    }
}

void UpsertUndo::prune(SQLite::Database& database, const std::vector<Epoch>& kept) {
    if (kept.empty() || kept == m_kept) return;
    execWith(database, "DELETE FROM " + m_name + " WHERE _rill_epoch <= ?1", {kept.front()});
    // Of a key that changed on both sides of a checkpoint that is gone the older row is enough.
    for (const Epoch gone : m_kept) {
        const auto after = std::upper_bound(kept.begin(), kept.end(), gone);
        if (after == kept.begin() || after == kept.end() || *std::prev(after) == gone) continue;
        execWith(
            database,
            fmt::format("DELETE FROM {0} WHERE _rill_epoch > ?1 AND _rill_epoch <= ?2 AND EXISTS (SELECT "
                        "1 FROM {0} AS older WHERE older._rill_epoch > ?3 AND older._rill_epoch <= "
                        "?1{1})",
                        m_name, sameKey("older", m_name)),
            {gone, *after, *std::prev(after)});
    }
    m_kept = kept;
}

void UpsertUndo::takeBack(SQLite::Database& database, Epoch epoch) {
    forget();
    const bool any = database.tableExists(std::string(kSqliteOwn) + "undo_" + m_table);
    if (!any || !describeTable(database, m_table).exists) return;
    const std::string table = sqliteName(m_table);
    execWith(database,
             fmt::format("DELETE FROM {0} WHERE EXISTS (SELECT 1 FROM {1} AS changed WHERE "
                         "changed._rill_epoch > ?1{2})",
                         table, m_name, sameKey("changed", table)),
             {epoch});
    execWith(database,
             fmt::format(
                 "INSERT OR REPLACE INTO {0} ({1}) SELECT {1} FROM {2} AS earliest WHERE "
                 "earliest._rill_epoch > ?1 AND earliest._rill_there = 1 AND NOT EXISTS (SELECT 1 FROM {2} "
                 "AS older WHERE older._rill_epoch > ?1 AND older._rill_epoch < "
                 "earliest._rill_epoch{3})",
                 table, m_columns, m_name, sameKey("older", "earliest")),
             {epoch});
    execWith(database, "DELETE FROM " + m_name + " WHERE _rill_epoch > ?1", {epoch});
}

void UpsertUndo::drop(SQLite::Database& database) {
    forget();
    database.exec("DROP TABLE IF EXISTS " + m_name);
}

}  // namespace rw
