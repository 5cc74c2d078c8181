#include "core/connect/sqlite/session.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>

#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/look.h"

namespace rw {

namespace {

constexpr Millis kLookEvery = 20;
constexpr Millis kPatience = 500;

std::string stagingOf(const SqliteParticipant& member) {
    return sqliteName(std::string(kSqliteStaging) + member.table);
}

}  // namespace

std::shared_ptr<SqliteSession> SqliteSession::of(const MakeContext& context, const std::string& path) {
    // Two names of one file would have two logs, and destroy it.
    const auto files = outputFilesOr(context.outputs);
    const Result<FileState> file = files->state(path);
    const std::string name = file.ok() ? fmt::format("sqlite inode {} {}", file->device, file->inode)
                                       : "sqlite path " + files->target(path);
    // Asked for before: the scope is locked while it makes something.
    auto savepoints =
        context.scope->shared<SavepointsLeft>("sqlite savepoints left", [] { return new SavepointsLeft; });
    return context.scope->shared<SqliteSession>(
        name, [&] { return new SqliteSession(path, context, std::move(savepoints)); });
}

SqliteSession::SqliteSession(std::string path, const MakeContext& context,
                             std::shared_ptr<SavepointsLeft> savepoints)
    : m_path(std::move(path)),
      m_bounded(context.bounded),
      m_checkpoints(!context.checkpoints.empty()),
      m_files(outputFilesOr(context.outputs)),
      m_clock(context.clock),
      m_stopping(context.stopping),
      m_savepoints(std::move(savepoints)) {}

SqliteSession::~SqliteSession() {
    abort();
    close();
}

/// Called by SQLite while another connection has the file.
int SqliteSession::waitForOthers(void* session, int count) {
    auto& self = *static_cast<SqliteSession*>(session);
    const std::int64_t now = self.m_clock->steadyMillis();
    // The steps of opening a file wait together, and each a little.
    if (count == 0)
        self.m_waitingSince =
            self.m_opening ? std::max(self.m_waitingSince, now - kSqliteWaitMillis + kPatience) : now;
    if (now - self.m_waitingSince >= kSqliteWaitMillis) return 0;
    if (self.m_stopping()) {
        if (!self.m_stoppedAt) self.m_stoppedAt = now;
        if (now - *self.m_stoppedAt >= kPatience) return 0;
    }
    self.m_clock->sleep(kLookEvery);
    return 1;
}

template <class Body>
Status SqliteSession::guarded(const SqliteParticipant& member, Body&& body) {
    if (!m_error.ok()) return m_error;
    try {
        m_error = body().at(member.node);
    } catch (const SQLite::Exception& error) {
        m_error = (m_database ? sqliteError(error, *m_database, m_path) : sqliteError(error, m_path))
                      .at(member.node);
    }
    if (m_error.ok() || !m_open) return m_error;
    m_open = m_swapped = false;
    for (SqliteParticipant* each : m_members) each->pending = 0;
    try {
        m_database->exec("ROLLBACK");
    } catch (const SQLite::Exception&) {
        // SQLite has rolled back by itself
    }
    return m_error;
}

Status SqliteSession::connect() {
    RW_TRY_ASSIGN(m_file, m_files->database(m_path));
    m_database = std::make_unique<SQLite::Database>(
        m_file.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, m_file.vfs);
    RW_TRY(isThatDatabase(*m_database, m_file, m_path));
    m_opening = true;
    m_waitingSince = m_clock->steadyMillis();
    sqlite3_busy_handler(m_database->getHandle(), waitForOthers, this);
    std::string journal;
    for (int tries = 0;; ++tries) {
        try {
            SQLite::Statement mode(*m_database, "PRAGMA journal_mode = WAL");
            (void)mode.executeStep();
            journal = mode.getColumn(0).getString();
            (void)mode.executeStep();  // it is committed behind its answer, which may fail
            break;
        } catch (const SQLite::Exception& error) {
            // Another program does the same: SQLite gives up at once there.
            if ((error.getErrorCode() & 0xff) != SQLITE_BUSY || waitForOthers(this, tries + 1) == 0) throw;
        }
    }
    // Why FULL: a checkpoint that a loss of power takes away again could leave a table in another file ahead
    // of it. Without checkpoints the file stays whole, and no run resumes from lost rows. On disks that can
    // have no WAL, EXTRA: a rollback journal that is there again after a loss of power takes one away.
    const bool wal = journal == "wal";
    m_database->exec(!m_checkpoints ? "PRAGMA synchronous = NORMAL"
                     : wal          ? "PRAGMA synchronous = FULL"
                                    : "PRAGMA synchronous = EXTRA");
    // Pages in the log may never have come to the disk: after a failed sync readers see them until the power is
    // lost, and later syncs leave them out. Rows would go on behind a gap. Once the log is folded into the file
    // and restarted, all that runs resume from is on the disk.
    if (m_checkpoints && wal) m_database->exec("PRAGMA wal_checkpoint(TRUNCATE)");
    // Renaming a staged table must not look into views that refer to the table it replaces.
    m_database->exec("PRAGMA legacy_alter_table = ON");
    return {};
}

void SqliteSession::disconnect() {
    for (SqliteParticipant* member : m_members) member->forget();
    m_database.reset();
    m_open = m_swapped = false;
}

/// Whether the path still leads to the open file. A live run makes a file that is gone again.
Status SqliteSession::findFile() {
    int moved = 0;
    (void)sqlite3_file_control(m_database->getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved == 0) return {};
    if (const Result<FileState> found = m_files->state(m_path); found.ok() && found->size > 0) {
        return {ErrorCode::Io,
                RW_TEXT("sqlite", "“%1” was replaced by another file while the run wrote it.").with(m_path),
                RW_TEXT("sqlite", "Run again, and let nobody else write there.")};
    }
    if (m_bounded || m_checkpoints) {
        return {ErrorCode::Io, RW_TEXT("sqlite", "“%1” was removed while the run wrote it.").with(m_path),
                RW_TEXT("sqlite", "Run again, and leave the file where it is.")};
    }
    disconnect();
    for (SqliteParticipant* member : m_members) member->saved = 0;
    RW_TRY(connect());
    const std::lock_guard hold(m_notesMutex);
    m_notes.push_back(
        RW_TEXT("sqlite",
                "“%1” was removed while the run wrote it. It was made anew, without the rows before.")
            .with(m_path));
    return {};
}

void SqliteSession::beginTransaction() {
    m_database->exec("BEGIN IMMEDIATE");
    m_opening = false;
    m_open = true;
    m_began = m_clock->steadyMillis();
}

void SqliteSession::end() {
    if (!m_open) return;
    m_database->exec("COMMIT");
    m_open = false;
    for (SqliteParticipant* member : m_members) member->saved += std::exchange(member->pending, 0);
}

Status SqliteSession::join(SqliteParticipant& member, const Work& look) {
    const std::lock_guard hold(m_mutex);
    m_members.push_back(&member);
    return guarded(member, [&]() -> Status {
        if (!m_database) RW_TRY(connect());
        beginTransaction();
        RW_TRY(look(*m_database));
        m_database->exec("ROLLBACK");
        m_open = false;
        return {};
    });
}

Status SqliteSession::tryAgain(SqliteParticipant& member, const Work& work) {
    const std::lock_guard hold(m_mutex);
    if (m_error.ok() || m_members.size() != 1 || m_members.front() != &member) return m_error;
    m_error = {};
    disconnect();
    return guarded(member, [&]() -> Status {
        RW_TRY(connect());
        return inTransaction(work);
    });
}

void SqliteSession::leave(SqliteParticipant& member) {
    const std::lock_guard hold(m_mutex);
    member.forget();
    std::erase(m_members, &member);
}

Status SqliteSession::write(const SqliteParticipant& member, const Work& work) {
    const std::lock_guard hold(m_mutex);
    return guarded(member, [&]() -> Status {
        if (!m_open) {
            RW_TRY(findFile());
            beginTransaction();
        }
        RW_TRY(work(*m_database));
        std::uint64_t rows = 0;
        for (const SqliteParticipant* each : m_members) rows += each->pending;
        if (rows >= kRowsPerTransaction || m_clock->steadyMillis() - m_began >= kMillisPerTransaction) end();
        return {};
    });
}

Status SqliteSession::flush(const SqliteParticipant& member) {
    const std::lock_guard hold(m_mutex);
    return guarded(member, [&]() -> Status {
        end();
        return {};
    });
}

/// Nothing may be open: with checkpoints no transaction stays so.
Status SqliteSession::inTransaction(const Work& work) {
    RW_TRY(findFile());
    beginTransaction();
    RW_TRY(work(*m_database));
    end();
    return {};
}

Status SqliteSession::begin(const SqliteParticipant& asks, const Work& also) {
    const std::lock_guard hold(m_mutex);
    const Status status = guarded(asks, [&]() -> Status {
        return inTransaction([&](SQLite::Database& database) -> Status {
            for (SqliteParticipant* member : m_members) RW_TRY(member->takeOver(database).at(member->node));
            return also ? also(database) : Status();
        });
    });
    if (!status.ok()) return status;
    for (SqliteParticipant* member : m_members) member->tookOver();
    return {};
}

Status SqliteSession::commitEpoch(const SqliteParticipant& asks, Epoch epoch, const Work& also) {
    const std::lock_guard hold(m_mutex);
    const Status status = guarded(asks, [&]() -> Status {
        return inTransaction([&](SQLite::Database& database) -> Status {
            for (SqliteParticipant* member : m_members)
                RW_TRY(member->applyEpoch(database, epoch).at(member->node));
            return also ? also(database) : Status();
        });
    });
    if (!status.ok()) return status;
    for (SqliteParticipant* member : m_members) member->committed(epoch);
    return {};
}

Status SqliteSession::writeAtOnce(const SqliteParticipant& member, const Work& work) {
    const std::lock_guard hold(m_mutex);
    return guarded(member, [&] { return inTransaction(work); });
}

Status SqliteSession::prepare(SqliteParticipant& member) {
    const std::lock_guard hold(m_mutex);
    return guarded(member, [&]() -> Status {
        member.prepared = true;
        if (!std::all_of(m_members.begin(), m_members.end(), [](const auto* each) { return each->prepared; }))
            return {};
        RW_TRY(findFile());
        end();
        swap();
        return {};
    });
}

void SqliteSession::swap() {
    if (std::none_of(m_members.begin(), m_members.end(), [](const auto* each) { return each->staged; }))
        return;
    beginTransaction();
    for (SqliteParticipant* member : m_members) {
        member->forget();
        if (!member->staged) continue;
        m_database->exec("DROP TABLE IF EXISTS " + sqliteName(member->table));
        m_database->exec("ALTER TABLE " + stagingOf(*member) + " RENAME TO " + sqliteName(member->table));
    }
    m_swapped = true;
}

Status SqliteSession::commit(const SqliteParticipant& member) {
    const std::lock_guard hold(m_mutex);
    if (m_over) return m_error;
    const Status status = guarded(member, [&]() -> Status {
        end();
        return {};
    });
    if (!status.ok()) return status;
    m_over = true;
    return {};
}

void SqliteSession::close() {
    const std::lock_guard hold(m_mutex);
    if (m_checkpoints) tidy();
    if (m_over || m_checkpoints) disconnect();
}

/// If that fails, the tables that stay are hidden, and harmless.
void SqliteSession::tidy() {
    if (!m_database || !m_error.ok() || m_members.empty() || m_savepoints->any) return;
    try {
        beginTransaction();
        for (SqliteParticipant* member : m_members) member->tidy(*m_database);
        end();
    } catch (const SQLite::Exception&) {
        // closing the file rolls back
    }
}

void SqliteSession::abort() {
    const std::lock_guard hold(m_mutex);
    if (std::exchange(m_over, true) || !m_database) return;
    try {
        if (m_swapped) {
            m_database->exec("ROLLBACK");
            m_open = false;
        }
        end();
    } catch (const SQLite::Exception&) {
        // rows that were not committed are lost, and not counted as saved
    }
    m_open = m_swapped = false;
    // With checkpoints it waits for the run that goes on.
    if (!m_checkpoints) dropStaged();
}

void SqliteSession::dropStaged() {
    for (SqliteParticipant* member : m_members) {
        member->forget();
        if (!member->stagingMade) continue;
        try {
            m_database->exec("DROP TABLE IF EXISTS " + stagingOf(*member));
        } catch (const SQLite::Exception&) {
            // locked or full: the next run clears it
        }
    }
}

std::vector<Text> SqliteSession::takeNotes() {
    const std::lock_guard hold(m_notesMutex);
    return std::exchange(m_notes, {});
}

}  // namespace rw
