#include "core/connect/sqlite/epoch_rows.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <utility>

#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/upsert_undo.h"
#include "core/data/state_reader.h"

namespace rw {

namespace {

constexpr const char* kSinksTable = "_rill_sinks";
constexpr std::int64_t kMarkedRow = 1'000;
constexpr std::size_t kMostInBlob = std::size_t{32} << 20;  // SQLite takes no value beyond 1 GB

/// VACUUM renumbers the rows of tables without index, without gaps: a lone row far from 1 tells of it.
void watchRowIds(SQLite::Database& database) {
    database.exec("CREATE TABLE IF NOT EXISTS _rill_row_ids (mark INTEGER)");
    {
        SQLite::Statement marked(database, "SELECT min(_rowid_), max(_rowid_) FROM _rill_row_ids");
        if (marked.executeStep() && marked.getColumn(0).getInt64() == kMarkedRow &&
            marked.getColumn(1).getInt64() == kMarkedRow)
            return;
    }
    database.exec("UPDATE _rill_sink_epochs SET known = 0");
    database.exec("DELETE FROM _rill_row_ids");
    SQLite::Statement mark(database, "INSERT INTO _rill_row_ids (_rowid_, mark) VALUES (?, 0)");
    mark.bind(1, kMarkedRow);
    mark.exec();
}

std::string encoded(const Batch& batch) {
    StateWriter out;
    out.batch("rows", batch);
    return out.finish();
}

Status decoded(std::string_view bytes, const std::function<Status(const Batch&)>& body) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    RW_TRY_ASSIGN(const Batch batch, in.batch("rows"));
    return body(batch);
}

/// For statements whose parameters are the name of a sink and an epoch.
SQLite::Statement ofSink(SQLite::Database& database, const char* sql, const std::string& name, Epoch epoch) {
    SQLite::Statement statement(database, sql);
    statement.bind(1, name);
    statement.bind(2, static_cast<std::int64_t>(epoch));
    return statement;
}

}  // namespace

void RowIds::add(std::int64_t id) {
    if (last < first) {
        first = last = id;
        return;
    }
    known = known && id == last + 1;
    last = std::max(last, id);
}

void EpochRows::makeTables(SQLite::Database& database) {
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_sinks (name TEXT PRIMARY KEY, target TEXT NOT NULL, epoch INTEGER "
        "NOT NULL, swapped INTEGER NOT NULL, forgotten INTEGER NOT NULL) WITHOUT ROWID");
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_sink_epochs (name TEXT NOT NULL, epoch INTEGER NOT NULL, first "
        "INTEGER NOT NULL, last INTEGER NOT NULL, known INTEGER NOT NULL, PRIMARY KEY (name, epoch)) "
        "WITHOUT ROWID");
    database.exec(
        "CREATE TABLE IF NOT EXISTS _rill_sink_rows (place INTEGER PRIMARY KEY, name TEXT NOT NULL, target "
        "TEXT NOT NULL, epoch INTEGER NOT NULL, batch BLOB NOT NULL)");
    database.exec("CREATE INDEX IF NOT EXISTS _rill_sink_rows_of ON _rill_sink_rows (name, epoch)");
    watchRowIds(database);
}

void EpochRows::forgetTable(SQLite::Database& database, const std::string& table, const std::string& except) {
    if (!database.tableExists(kSinksTable)) return;
    for (const char* sql : {"DELETE FROM _rill_sink_rows WHERE target = ?1 AND name <> ?2",
                            "DELETE FROM _rill_sink_epochs WHERE name IN (SELECT name FROM _rill_sinks WHERE "
                            "target = ?1 AND name <> ?2)",
                            "DELETE FROM _rill_sinks WHERE target = ?1 AND name <> ?2"}) {
        SQLite::Statement remove(database, sql);
        remove.bind(1, foldedName(table));
        remove.bind(2, except);
        remove.exec();
    }
    UpsertUndo::dropThoseOfNobody(database);
}

void EpochRows::forgetEpochs(SQLite::Database& database, const std::string& name) {
    for (const char* sql : {"DELETE FROM _rill_sink_epochs WHERE name = ?",
                            "UPDATE _rill_sinks SET forgotten = max(forgotten, epoch) WHERE name = ?"}) {
        SQLite::Statement change(database, sql);
        change.bind(1, name);
        change.exec();
    }
}

void EpochRows::forgetLineage(SQLite::Database& database, const std::string& lineage) {
    if (!database.tableExists(kSinksTable)) return;
    for (const char* sql : {"DELETE FROM _rill_sink_rows WHERE substr(name, 1, length(?1)) = ?1",
                            "DELETE FROM _rill_sink_epochs WHERE substr(name, 1, length(?1)) = ?1",
                            "DELETE FROM _rill_sinks WHERE substr(name, 1, length(?1)) = ?1"}) {
        SQLite::Statement remove(database, sql);
        remove.bind(1, lineage + '/');
        remove.exec();
    }
    UpsertUndo::dropThoseOfNobody(database);
}

void EpochRows::goOn(std::string name, Epoch prepared) {
    m_name = std::move(name);
    m_prepared = prepared;
    m_introduced = true;
}

void EpochRows::add(const Batch& batch) {
    std::string bytes = encoded(batch);
    if (bytes.size() > kMostInBlob && batch.rows > 1) {
        const std::size_t half = batch.rows / 2;
        add(batch.slice(0, half));
        add(batch.slice(half, batch.rows - half));
        return;
    }
    m_openBytes += bytes.size();
    ++m_openCount;
    m_open.push_back(std::move(bytes));
}

void EpochRows::spill(SQLite::Database& database) {
    SQLite::Statement sink(database, "INSERT OR IGNORE INTO _rill_sinks VALUES (?, ?, 0, 0, 0)");
    sink.bind(1, m_name);
    sink.bind(2, foldedName(m_table));
    sink.exec();
    m_introduced = true;
    SQLite::Statement put(database,
                          "INSERT INTO _rill_sink_rows (name, epoch, batch, target) VALUES (?, ?, ?, ?)");
    for (const std::string& batch : m_open) {
        put.bind(1, m_name);
        put.bind(2, static_cast<std::int64_t>(m_prepared + 1));
        put.bindNoCopy(3, batch.data(), static_cast<int>(batch.size()));
        put.bind(4, foldedName(m_table));
        put.exec();
        put.reset();
    }
    m_open.clear();
    m_openBytes = 0;
}

void EpochRows::seal(Epoch epoch) {
    m_prepared = epoch;
    m_openBytes = 0;
    auto batches = std::make_shared<const std::vector<std::string>>(std::exchange(m_open, {}));
    const std::lock_guard lock(m_mutex);
    m_sealed.push_back({epoch, std::move(batches), std::exchange(m_openCount, 0)});
}

std::uint64_t EpochRows::waitingBatches() const {
    const std::lock_guard lock(m_mutex);
    std::uint64_t count = 0;
    for (const Sealed& each : m_sealed) count += each.count;
    return count;
}

std::uint64_t EpochRows::waitingInFile(SQLite::Database& database, Epoch upTo) const {
    SQLite::Statement found = ofSink(
        database, "SELECT count(*) FROM _rill_sink_rows WHERE name = ?1 AND epoch <= ?2", m_name, upTo);
    (void)found.executeStep();
    return static_cast<std::uint64_t>(found.getColumn(0).getInt64());
}

EpochRows::Known EpochRows::known(SQLite::Database& database) const {
    SQLite::Statement found(database, "SELECT epoch, swapped, forgotten FROM _rill_sinks WHERE name = ?");
    found.bind(1, m_name);
    if (!found.executeStep()) return {};
    return {true, static_cast<Epoch>(found.getColumn(0).getInt64()), found.getColumn(1).getInt() != 0,
            static_cast<Epoch>(found.getColumn(2).getInt64())};
}

Status EpochRows::forEach(SQLite::Database& database, Epoch upTo,
                          const std::function<Status(const Batch&)>& body) const {
    std::deque<Sealed> sealed;
    {
        const std::lock_guard lock(m_mutex);
        sealed = m_sealed;
    }
    // Of one epoch the spilled rows came before those still in memory.
    Epoch done = 0;
    for (const Sealed& each : sealed) {
        if (each.epoch > upTo) break;
        RW_TRY(forEachSpilled(database, done, each.epoch, body));
        for (const std::string& batch : *each.batches) RW_TRY(decoded(batch, body));
        done = each.epoch;
    }
    return forEachSpilled(database, done, upTo, body);
}

Status EpochRows::forEachSpilled(SQLite::Database& database, Epoch after, Epoch upTo,
                                 const std::function<Status(const Batch&)>& body) const {
    SQLite::Statement rows = ofSink(
        database,
        "SELECT batch FROM _rill_sink_rows WHERE name = ?1 AND epoch > ?2 AND epoch <= ?3 ORDER BY place",
        m_name, after);
    rows.bind(3, static_cast<std::int64_t>(upTo));
    while (rows.executeStep()) RW_TRY(decoded(rows.getColumn(0).getString(), body));
    return {};
}

void EpochRows::remember(SQLite::Database& database, Epoch epoch, const RowIds& ids) {
    // Less than the forgotten epochs: a run started from the beginning under the name, and its epochs are others.
    SQLite::Statement sink(
        database,
        "INSERT INTO _rill_sinks (name, target, epoch, swapped, forgotten) VALUES (?1, ?3, "
        "?2, 0, 0) ON CONFLICT (name) DO UPDATE SET epoch = ?2, forgotten = min(forgotten, ?2 - 1)");
    sink.bind(1, m_name);
    sink.bind(2, static_cast<std::int64_t>(epoch));
    sink.bind(3, foldedName(m_table));
    sink.exec();
    if (ids.any()) {
        SQLite::Statement added = ofSink(
            database, "INSERT OR REPLACE INTO _rill_sink_epochs VALUES (?1, ?2, ?3, ?4, ?5)", m_name, epoch);
        added.bind(3, ids.first);
        added.bind(4, ids.last);
        added.bind(5, ids.known ? 1 : 0);
        added.exec();
    }
    ofSink(database, "DELETE FROM _rill_sink_rows WHERE name = ?1 AND epoch <= ?2", m_name, epoch).exec();
    if (epoch <= kEpochsRemembered) return;
    const Epoch old = epoch - kEpochsRemembered;
    const int gone =
        ofSink(database, "DELETE FROM _rill_sink_epochs WHERE name = ?1 AND epoch <= ?2", m_name, old).exec();
    // Of upserts there are none: they are remembered for as long as a run may go back to them.
    if (gone > 0) forgetUpTo(database, old);
}

void EpochRows::forgetUpTo(SQLite::Database& database, Epoch epoch) const {
    ofSink(database, "UPDATE _rill_sinks SET forgotten = max(forgotten, ?2) WHERE name = ?1", m_name, epoch)
        .exec();
}

void EpochRows::rememberSwap(SQLite::Database& database, bool swapped) {
    SQLite::Statement sink(database, "UPDATE _rill_sinks SET swapped = ? WHERE name = ?");
    sink.bind(1, swapped ? 1 : 0);
    sink.bind(2, m_name);
    sink.exec();
}

std::vector<RowIds> EpochRows::addedAfter(SQLite::Database& database, Epoch epoch) const {
    SQLite::Statement found = ofSink(database,
                                     "SELECT first, last, known FROM _rill_sink_epochs WHERE name = ?1 AND "
                                     "epoch > ?2 ORDER BY epoch DESC",
                                     m_name, epoch);
    std::vector<RowIds> added;
    while (found.executeStep()) {
        added.push_back(
            {found.getColumn(0).getInt64(), found.getColumn(1).getInt64(), found.getColumn(2).getInt() != 0});
    }
    return added;
}

void EpochRows::forgetAfter(SQLite::Database& database, Epoch epoch) {
    for (const char* sql : {"DELETE FROM _rill_sink_rows WHERE name = ?1 AND epoch > ?2",
                            "DELETE FROM _rill_sink_epochs WHERE name = ?1 AND epoch > ?2",
                            "UPDATE _rill_sinks SET epoch = min(epoch, ?2) WHERE name = ?1"}) {
        ofSink(database, sql, m_name, epoch).exec();
    }
}

void EpochRows::beginAnew(SQLite::Database& database) const {
    forgetEpochs(database, m_name);
    UpsertUndo::drop(database, m_name);
    for (const char* sql : {"DELETE FROM _rill_sink_rows WHERE name = ?",
                            "UPDATE _rill_sinks SET epoch = 0, swapped = 0 WHERE name = ?"}) {
        SQLite::Statement change(database, sql);
        change.bind(1, m_name);
        change.exec();
    }
}

void EpochRows::forget(SQLite::Database& database) const {
    for (const char* sql :
         {"DELETE FROM _rill_sink_rows WHERE name = ?", "DELETE FROM _rill_sink_epochs WHERE name = ?",
          "DELETE FROM _rill_sinks WHERE name = ?"}) {
        SQLite::Statement remove(database, sql);
        remove.bind(1, m_name);
        remove.exec();
    }
    UpsertUndo::drop(database, m_name);
}

void EpochRows::drop(Epoch epoch) {
    const std::lock_guard lock(m_mutex);
    while (!m_sealed.empty() && m_sealed.front().epoch <= epoch) m_sealed.pop_front();
}

}  // namespace rw
