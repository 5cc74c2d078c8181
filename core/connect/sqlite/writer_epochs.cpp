// With checkpoints: how rows that wait get into the table, and how a run resumes with a table that has some.
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>

#include "core/connect/sqlite/writer.h"

namespace rw {

namespace {
// Rises with the first change behind a release: until then a state that lacks a field is said to be broken.
constexpr std::uint32_t kSinkVersion = 1;
}  // namespace

std::string SqliteWriter::way() const {
    return m_undo ? m_undo->shape() : "add";
}

void SqliteWriter::snapshot(StateWriter& out) const {
    if (!m_epochs) return;
    out.record("sqlite", kSinkVersion, [this](StateWriter& record) {
        record.bytes("sink", m_epochs->name());
        record.bytes("table", foldedName(m_target.table));
        record.u64("epoch", m_epochs->prepared());
        record.u64("placed", m_applied);
        record.u64("waiting", m_epochs->waitingBatches());
        record.bytes("way", way());
        record.u64("staged", staged ? 1 : 0);
    });
}

Status SqliteWriter::restore(const StateReader& state) {
    if (!m_epochs || !state.has("sqlite")) return {};
    RW_TRY_ASSIGN(const StateReader record, state.record("sqlite"));
    if (record.version() != kSinkVersion) return brokenState("version of a sink");
    Left left;
    RW_TRY_ASSIGN(left.sink, record.bytes("sink"));
    RW_TRY_ASSIGN(left.table, record.bytes("table"));
    RW_TRY_ASSIGN(left.way, record.bytes("way"));
    RW_TRY_ASSIGN(left.epoch, record.u64("epoch"));
    RW_TRY_ASSIGN(left.applied, record.u64("placed"));
    RW_TRY_ASSIGN(left.waiting, record.u64("waiting"));
    RW_TRY_ASSIGN(const std::uint64_t staging, record.u64("staged"));
    left.staged = staging != 0;
    // Another table begins as in a new run.
    if (left.table != foldedName(m_target.table)) {
        m_elsewhere = std::move(left);
        return {};
    }
    m_epochs->goOn(left.sink, left.epoch);
    m_restored = std::move(left);
    return {};
}

Status SqliteWriter::notAsLeft() const {
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite",
                    "Table “%1” of “%2” is not what it was when the checkpoint was taken: it was made "
                    "anew, or the file is another one.")
                .with(m_target.table, m_target.path),
            RW_TEXT("sqlite", "Put the file back, or start the run anew.")};
}

/// As an older copy of the file is, and one that an earlier version of this program left when it was stopped
/// after going back.
Status SqliteWriter::isOlder(Epoch epoch) const {
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite", "Table “%1” of “%2” has the rows up to checkpoint %3, and none behind it.")
                .with(m_target.table, m_target.path, epoch),
            RW_TEXT("sqlite",
                    "Resume from checkpoint %1 or one before it, put the file back, or start the run anew.")
                .with(epoch)};
}

/// A run that was killed may have left rows that its checkpoint decided and no table has yet.
Status SqliteWriter::noneWaitElsewhere(SQLite::Database& database) const {
    if (!m_elsewhere) return {};
    if (EpochRows(m_elsewhere->sink, m_elsewhere->table).waitingInFile(database, m_elsewhere->epoch) == 0)
        return {};
    return {
        ErrorCode::Invalid,
        RW_TEXT("sqlite", "The table is “%1” now, and rows of the checkpoint have still to be put into “%2”.")
            .with(m_target.table, m_elsewhere->table),
        RW_TEXT("sqlite", "Set the table back and go on, or start the run anew.")};
}

Status SqliteWriter::tooFarBack(Epoch epoch) const {
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite",
                    "What came into table “%1” after checkpoint %2 can't be told any more: it is too old, "
                    "rows have got other numbers by a VACUUM, the table numbers them itself, another run "
                    "has upserted rows since, a trigger or a unique index of the table changed others with "
                    "them, or the mode, the key or the columns are others now.")
                .with(m_target.table, epoch),
            RW_TEXT("sqlite", "Resume from a newer checkpoint, or start the run anew.")};
}

/// The triggers of a table that was made elsewhere are not guessed at.
Status SqliteWriter::changesAreTold(SQLite::Database& database, Epoch epoch) const {
    const Text why = m_undo ? m_undo->untold(database) : Text();
    if (why.empty()) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite",
                    "%1 So what changed there after checkpoint %2 is not fully known, and can't be "
                    "undone.")
                .with(why, epoch),
            RW_TEXT("sqlite",
                    "Resume from the newest checkpoint, or start the run anew. Going back to an older one "
                    "takes a table without that, such as one that the run makes itself.")};
}

/// Better known before than when the newest checkpoint is damaged.
void SqliteWriter::noteUntold(SQLite::Database& database) {
    const Text why = m_undo ? m_undo->untold(database) : Text();
    if (why.empty()) return;
    m_notes.push_back(
        RW_TEXT("sqlite", "%1 So the run can be resumed from its newest checkpoint, but not from older ones.")
            .with(why));
}

Status SqliteWriter::putUpsertedBack(SQLite::Database& database, Epoch epoch) {
    try {
        return m_undo->takeBack(database, epoch) ? Status() : tooFarBack(epoch);
    } catch (const SQLite::Exception& error) {
        if ((error.getErrorCode() & 0xff) != SQLITE_CONSTRAINT) throw;
        return {
            ErrorCode::Invalid,
            RW_TEXT("sqlite",
                    "What table “%1” held at checkpoint %2 can't be put back: rows that the run has not "
                    "written are in its place (%3).")
                .with(m_target.table, epoch, error.what()),
            RW_TEXT("sqlite", "Remove those rows, resume from a newer checkpoint, or start the run anew.")};
    }
}

Status SqliteWriter::lookBack(SQLite::Database& database) {
    EpochRows::makeTables(database);
    RW_TRY(noneWaitElsewhere(database));
    if (!m_restored) m_epochs->beginAnew(database);
    EpochRows::Known known = m_epochs->known(database);
    m_goesOn = known.epoch > 0;
    m_swapped = known.swapped;
    m_applied = known.epoch;
    if (m_restored) {
        // Rows that the checkpoint decided on may still wait to be put in place: those of its own epoch, and before
        // that those whose checkpoints failed.
        const bool waits = known.epoch == m_restored->applied &&
                           m_epochs->waitingInFile(database, m_restored->epoch) == m_restored->waiting;
        if (!known.any) return notAsLeft();
        if (known.epoch < m_restored->epoch && !waits)
            return known.epoch > 0 ? isOlder(known.epoch) : notAsLeft();
        if (m_restored->way != way()) {
            EpochRows::forgetEpochs(database, m_epochs->name());
            UpsertUndo::drop(database, m_epochs->name());
            known.forgotten = known.epoch;
        }
        // An edit may have made a run without end of one that ends: its rows lie where they lay before.
        if (m_goesOn) staged = m_restored->staged;
        if (m_goesOn && staged && !m_swapped && m_target.mode != SqliteTarget::Mode::Replace) {
            return {
                ErrorCode::Invalid,
                RW_TEXT("sqlite", "The rows so far are to replace table “%1”, and the mode is another now.")
                    .with(m_target.table),
                RW_TEXT("sqlite", "Set the mode back to replace, or start the run anew.")};
        }
        RW_TRY(takeBack(database, known, m_restored->epoch));
        if (m_goesOn && staged && !m_bounded && !m_swapped) renameStaged(database);
        if (!m_bounded) staged = false;
    }
    const SqliteTable found = takeTable(database);
    if (m_goesOn && !found.exists) return notAsLeft();
    if (m_goesOn || m_target.mode != SqliteTarget::Mode::Replace || found.view)
        RW_TRY(fits(found, m_target.table, *m_target.schema, keyNames()));
    m_keyIsRowId = keyIsRowIdOf(found);
    return {};
}

/// Rows that are there have NULL in a column that is added, and new rows in one that the pipeline gives no
/// more: the table stays, whatever an edit does.
SqliteTable SqliteWriter::takeTable(SQLite::Database& database) {
    const std::string name = m_goesOn ? writtenName() : m_target.table;
    const SqliteTable found = describeTable(database, name);
    if (!m_restored || !m_goesOn || !found.exists || found.view) return found;
    for (const Field& field : m_target.schema->fields) {
        const bool there = std::any_of(
            found.columns.begin(), found.columns.end(),
            [&field](const SqliteColumn& column) { return sameSqliteName(column.name, field.name); });
        if (there) continue;
        database.exec("ALTER TABLE " + sqliteName(name) + " ADD COLUMN " + sqliteName(field.name) + " " +
                      columnType(field));
    }
    return widened(found, *m_target.schema);
}

Status SqliteWriter::takeOver(SQLite::Database& database) {
    return m_epochs && !m_tookOver ? lookBack(database) : Status();
}

/// A run resumes from an older checkpoint than the newest: the rows behind it will come again, but not all of
/// the intermediate values that they gave to keys.
Status SqliteWriter::takeBack(SQLite::Database& database, const EpochRows::Known& known, Epoch epoch) {
    if (known.any && known.epoch > epoch) {
        RW_TRY(changesAreTold(database, epoch));
        if (epoch < known.forgotten) return tooFarBack(epoch);
        if (known.swapped && staged) {
            const std::string staging = sqliteName(std::string(kSqliteStaging) + m_target.table);
            database.exec("DROP TABLE IF EXISTS " + staging);
            database.exec("ALTER TABLE " + sqliteName(m_target.table) + " RENAME TO " + staging);
            m_epochs->rememberSwap(database, false);
            m_swapped = false;
        }
        if (m_undo) RW_TRY(putUpsertedBack(database, epoch));
        const std::string rowId = rowIdName(describeTable(database, writtenName()).columns);
        for (const RowIds& ids : m_epochs->addedAfter(database, epoch)) {
            if (!ids.any()) continue;
            if (!ids.known || rowId.empty()) return tooFarBack(epoch);
            SQLite::Statement remove(
                database, "DELETE FROM " + writtenTable() + " WHERE " + rowId + " BETWEEN ? AND ?");
            remove.bind(1, ids.first);
            remove.bind(2, ids.last);
            remove.exec();
        }
        m_applied = epoch;
    }
    m_epochs->forgetAfter(database, epoch);
    return {};
}

Status SqliteWriter::spill() {
    if (!m_tookOver) RW_TRY(m_session->begin(*this));
    return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        m_epochs->spill(database);
        return {};
    });
}

Status SqliteWriter::applyEpoch(SQLite::Database& database, Epoch epoch) {
    if (!m_epochs) return {};
    RW_TRY(takeOver(database));
    if (epoch > m_applied) {
        makeTable(database);
        const bool told = !m_undo || m_undo->begin(database, epoch);
        RowIds ids;
        const bool adds = m_target.mode != SqliteTarget::Mode::Upsert;
        const Status added = m_epochs->forEach(database, epoch, [&](const Batch& batch) -> Status {
            // Rows of the pipeline as it was before it was edited.
            if (!batch.schema || !(*batch.schema == *m_target.schema)) return notAsLeft();
            for (std::size_t row = 0; row < batch.rows; ++row) {
                RW_TRY(writeRow(batch, row));
                if (adds) ids.add(database.getLastInsertRowid());
            }
            return {};
        });
        if (!added.ok()) return added;
        m_epochs->remember(database, epoch, ids);
        if (!told) m_epochs->forgetUpTo(database, epoch);
        if (m_undo) prune(database);
    }
    if (swaps()) swap(database);
    return {};
}

/// A checkpoint in another file, or an older copy, may yet be older than these.
void SqliteWriter::prune(SQLite::Database& database) {
    const std::vector<Epoch> kept = m_kept->numbers();
    if (kept.empty()) return;
    m_undo->prune(database, kept);
    m_epochs->forgetUpTo(database, kept.front());
}

void SqliteWriter::swap(SQLite::Database& database) {
    makeTable(database);  // no row has ever come, and no epoch before the last
    forget();
    renameStaged(database);
}

void SqliteWriter::renameStaged(SQLite::Database& database) {
    database.exec("DROP TABLE IF EXISTS " + sqliteName(m_target.table));
    database.exec("ALTER TABLE " + sqliteName(std::string(kSqliteStaging) + m_target.table) + " RENAME TO " +
                  sqliteName(m_target.table));
    m_epochs->rememberSwap(database, true);
}

void SqliteWriter::committed(Epoch epoch) {
    if (!m_epochs) return;
    m_tookOver = true;
    m_applied = std::max(m_applied.load(), epoch);
    m_goesOn = true;
    m_swapped = m_swapped || swaps();
    m_epochs->drop(epoch);
}

void SqliteWriter::tidy(SQLite::Database& database) {
    if (!m_epochs || !m_over || !m_last) return;
    m_epochs->forget(database);
}

}  // namespace rw
