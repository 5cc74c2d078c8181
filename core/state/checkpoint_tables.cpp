#include "core/state/checkpoint_tables.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <xxhash.h>

namespace rw {

bool isDamage(const SQLite::Exception& error) {
    const int code = error.getErrorCode() & 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_IOERR;
}

StoredPart storedPart(SQLite::Statement& row, int first) {
    const SQLite::Column content = row.getColumn(first + 4);
    const auto* const bytes = static_cast<const char*>(content.getBlob());  // before its size
    return {{{row.getColumn(first).getString(), row.getColumn(first + 1).getInt()},
             row.getColumn(first + 2).getInt(),
             row.getColumn(first + 3).getString()},
            {bytes, bytes == nullptr ? 0 : static_cast<std::size_t>(content.getBytes())}};
}

std::int64_t sumOf(const CheckpointHead& head, const std::vector<PartUse>& uses) {
    std::string all =
        fmt::format("{}\n{} {} {}\n", head.lineage, head.number, static_cast<int>(head.kind), head.began);
    for (const PartUse& use : uses) {
        all += fmt::format("{} {} {} ", use.operatorId.node, use.operatorId.stage, use.instance);
        all += use.hash;
    }
    return static_cast<std::int64_t>(XXH3_64bits(all.data(), all.size()));
}

void makeCheckpointTables(SQLite::Database& database) {
    // Statements and not one script: a script is one call, and a failure in its middle would go unsaid.
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_checkpoints (id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT "
        "NULL, line TEXT NOT NULL, number INTEGER NOT NULL, name TEXT, version INTEGER NOT NULL, kind "
        "INTEGER NOT NULL, taken INTEGER NOT NULL, began INTEGER NOT NULL, bytes INTEGER NOT NULL, sum "
        "INTEGER NOT NULL, behind INTEGER NOT NULL DEFAULT 0, pending INTEGER NOT NULL DEFAULT 0)");
    if (pendingColumn(database) != "pending")
        database.exec("ALTER TABLE _rill_checkpoints ADD COLUMN pending INTEGER NOT NULL DEFAULT 0");
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_checkpoint_parts (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, "
        "hash BLOB NOT NULL, content BLOB NOT NULL, UNIQUE (owner, hash))");
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_checkpoint_uses (checkpoint INTEGER NOT NULL, place INTEGER NOT "
        "NULL, node TEXT NOT NULL, stage INTEGER NOT NULL, instance INTEGER NOT NULL, part INTEGER NOT NULL, "
        "PRIMARY KEY (checkpoint, place)) WITHOUT ROWID");
    database.exec("CREATE INDEX IF NOT EXISTS _rill_checkpoint_used ON _rill_checkpoint_uses (part)");
}

bool hasCheckpointTables(const SQLite::Database& database) {
    return database.tableExists(std::string(kCheckpointsTable));
}

std::string pendingColumn(SQLite::Database& database) {
    SQLite::Statement found(database,
                            "SELECT 1 FROM pragma_table_info('_rill_checkpoints') WHERE name = 'pending'");
    return found.executeStep() ? "pending" : "0";
}

std::int64_t insertCheckpoint(SQLite::Database& database, const std::string& owner,
                              const CheckpointHead& head, const CheckpointMaking& making) {
    SQLite::Statement row(database,
                          "INSERT INTO _rill_checkpoints (owner, line, number, version, kind, taken, began, "
                          "pending, bytes, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)");
    row.bind(1, owner);
    row.bind(2, head.lineage);
    row.bind(3, static_cast<std::int64_t>(head.number));
    row.bind(4, making.version);
    row.bind(5, static_cast<std::int32_t>(head.kind));
    row.bind(6, making.taken);
    row.bind(7, head.began);
    row.bind(8, making.pending ? 1 : 0);
    row.exec();
    return database.getLastInsertRowid();
}

void setSum(SQLite::Database& database, std::int64_t id, std::int64_t sum, std::uint64_t bytes) {
    SQLite::Statement set(database, "UPDATE _rill_checkpoints SET sum = ?, bytes = ? WHERE id = ?");
    set.bind(1, sum);
    set.bind(2, static_cast<std::int64_t>(bytes));
    set.bind(3, id);
    set.exec();
}

void holdPart(SQLite::Database& database, std::int64_t part) {
    SQLite::Statement hold(database,
                           "INSERT OR IGNORE INTO _rill_checkpoint_uses VALUES (-?1, 0, '', 0, 0, ?1)");
    hold.bind(1, part);
    hold.exec();
}

bool releaseHeldParts(SQLite::Database& database, const std::string& owner) {
    SQLite::Statement release(database,
                              "DELETE FROM _rill_checkpoint_uses WHERE checkpoint < 0 AND part IN (SELECT id "
                              "FROM _rill_checkpoint_parts WHERE owner = ?)");
    release.bind(1, owner);
    return release.exec() > 0;
}

void dropHeldParts(SQLite::Database& database, const std::string& owner) {
    if (releaseHeldParts(database, owner)) removeUnusedParts(database, owner);
}

void setDecided(SQLite::Database& database, std::int64_t id) {
    SQLite::Statement set(
        database,
        "UPDATE _rill_checkpoints SET pending = 0, version = iif(version = ?1, ?2, version) "
        "WHERE id = ?3");
    set.bind(1, kPendingVersion);
    set.bind(2, kDecidedVersion);
    set.bind(3, id);
    set.exec();
}

void copyCheckpoint(SQLite::Database& database, std::int64_t id) {
    SQLite::Statement row(
        database,
        "INSERT INTO _rill_checkpoints (owner, line, number, version, kind, taken, began, "
        "bytes, sum) SELECT owner, line, number, version, kind, taken, began, bytes, sum FROM "
        "_rill_checkpoints WHERE id = ?");
    row.bind(1, id);
    row.exec();
    const std::int64_t copy = database.getLastInsertRowid();
    SQLite::Statement uses(
        database,
        "INSERT INTO _rill_checkpoint_uses SELECT ?1, place, node, stage, instance, part FROM "
        "_rill_checkpoint_uses WHERE checkpoint = ?2");
    uses.bind(1, copy);
    uses.bind(2, id);
    uses.exec();
}

void setBehind(SQLite::Database& database, std::int64_t id) {
    SQLite::Statement set(database, "UPDATE _rill_checkpoints SET behind = 1 WHERE id = ?");
    set.bind(1, id);
    set.exec();
}

void removeCheckpoint(SQLite::Database& database, std::int64_t id) {
    for (const char* sql : {"DELETE FROM _rill_checkpoint_uses WHERE checkpoint = ?",
                            "DELETE FROM _rill_checkpoints WHERE id = ?"}) {
        SQLite::Statement remove(database, sql);
        remove.bind(1, id);
        remove.exec();
    }
}

void removeUnusedParts(SQLite::Database& database, const std::string& owner) {
    SQLite::Statement remove(
        database,
        "DELETE FROM _rill_checkpoint_parts WHERE owner = ? AND NOT EXISTS (SELECT 1 FROM "
        "_rill_checkpoint_uses AS used WHERE used.part = _rill_checkpoint_parts.id)");
    remove.bind(1, owner);
    remove.exec();
}

}  // namespace rw
