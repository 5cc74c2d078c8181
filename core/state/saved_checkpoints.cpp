#include "core/state/saved_checkpoints.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "core/base/output_files.h"
#include "core/connect/files/output_lock.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/look.h"
#include "core/state/checkpoint_rows.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/damaged_file.h"
#include "core/state/run_folder.h"

namespace rw {

namespace {

bool isThere(const CheckpointLocation& location, const std::shared_ptr<OutputFiles>& files = nullptr) {
    if (files != nullptr) {
        const Result<FileState> found = files->state(location.path);
        return found.ok() && found->kind == FileState::Kind::Regular && found->size > 0;
    }
    std::error_code error;
    // Reading from a pipe would wait until a program writes into it.
    return std::filesystem::is_regular_file(location.path, error) &&
           std::filesystem::file_size(location.path, error) > 0;
}

/// How SQLite opens the file.
Result<DatabaseFile> fileOf(const CheckpointLocation& location, const std::shared_ptr<OutputFiles>& files) {
    return files != nullptr ? files->database(location.path) : DatabaseFile{location.path, {}, {}, {}};
}

Status newer(const CheckpointRow& row) {
    return {ErrorCode::Invalid,
            RW_TEXT("checkpoint", "Checkpoint %1 of %2 was written by a newer version of this program.")
                .with(row.about.number, whenOf(row.about.taken)),
            RW_TEXT("checkpoint", "Resume from it with that version, or start the run anew.")};
}

Status liesBehind(const CheckpointRow& row) {
    return {
        ErrorCode::Invalid,
        RW_TEXT("checkpoint",
                "Checkpoint %1 of %2 can't be resumed from any more: a run resumed from an older one, and "
                "its sinks rolled back what had come after that.")
            .with(row.about.number, whenOf(row.about.taken)),
        RW_TEXT("checkpoint", "Resume from another one.")};
}

Result<std::optional<LoadedCheckpoint>> newestOf(SQLite::Database& database,
                                                 const std::vector<CheckpointRow>& rows,
                                                 const RunFolder& runs) {
    std::vector<Text> passedOver;
    std::optional<Status> newest;  // why it is not read
    const auto first =
        std::find_if(rows.begin(), rows.end(), [](const CheckpointRow& row) { return !row.about.behind; });
    for (const CheckpointRow& row : rows) {
        // Older ones by their name alone: a savepoint of another lineage is not the last state.
        if (row.about.behind || (!row.about.name.empty() && row.about.lineage != first->about.lineage))
            continue;
        if (!row.about.readable) return newer(row);
        Result<LoadedCheckpoint> loaded = readCheckpoint(database, row, runs);
        if (loaded.ok()) {
            loaded->passedOver = std::move(passedOver);
            return std::optional<LoadedCheckpoint>(std::move(*loaded));
        }
        // Older ones would take the place of what is whole, and only out of reach.
        if (loaded.error().code != ErrorCode::Io) return loaded.status();
        if (!newest) newest = loaded.status();
        passedOver.push_back(loaded.error().message);
    }
    if (passedOver.empty()) return std::optional<LoadedCheckpoint>();
    // A disk that failed may give them later.
    return Status(diskFailed(database) ? ErrorCode::Io : ErrorCode::Invalid,
                  RW_TEXT("checkpoint", "None of %1 checkpoints is whole. The newest: %2")
                      .with(passedOver.size(), passedOver.front()),
                  newest->error().fix);
}

Status noSavepoint(const std::string& name) {
    return {ErrorCode::NotFound, RW_TEXT("checkpoint", "There is no savepoint “%1”.").with(name),
            RW_TEXT("checkpoint", "“rillwright checkpoints FILE” lists those that there are.")};
}

Result<std::optional<LoadedCheckpoint>> named(SQLite::Database& database,
                                              const std::vector<CheckpointRow>& rows, const std::string& name,
                                              const RunFolder& runs) {
    for (const CheckpointRow& row : rows) {
        if (row.about.name != name) continue;
        if (!row.about.readable) return newer(row);
        if (row.about.behind) return liesBehind(row);
        RW_TRY_ASSIGN(LoadedCheckpoint loaded, readCheckpoint(database, row, runs));
        return std::optional<LoadedCheckpoint>(std::move(loaded));
    }
    return noSavepoint(name);
}

/// Reads one of the rows.
using Pick = std::function<Result<std::optional<LoadedCheckpoint>>(SQLite::Database&,
                                                                   const std::vector<CheckpointRow>&)>;

Result<std::optional<LoadedCheckpoint>> loadFrom(SQLite::Database& database,
                                                 const CheckpointLocation& location, const Pick& pick) {
    return pick(database, rowsOf(database, location.owner));
}

/// The files beside the one that the path leads to, which is where SQLite looks.
struct Beside {
    bool leftover = false;  ///< a journal or a log
    bool strange = false;   ///< a pipe or the like, which SQLite would wait for, or a link
};

Beside besideOf(const std::string& path) {
    Beside found;
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    if (error) return found;
    for (const std::string ending : {"-journal", "-wal", "-shm"}) {
        const auto kind = std::filesystem::symlink_status(real.native() + ending, error).type();
        if (kind == std::filesystem::file_type::not_found) continue;
        found.leftover = found.leftover || ending != "-shm";
        found.strange = found.strange || kind != std::filesystem::file_type::regular;
    }
    return found;
}

Status needsRecovery(const CheckpointLocation& location) {
    return {
        ErrorCode::Invalid,
        RW_TEXT("checkpoint",
                "“%1” was left unfinished by a program: its checkpoints can't be read without writing "
                "to it, and nobody has agreed to this pipeline yet.")
            .with(location.path),
        RW_TEXT("checkpoint", "If you trust the pipeline, run it, or list its checkpoints with --trusted.")};
}

/// Does `read`. A disk that fails is no damage, after which less would be resumed from.
template <class T, class Read>
Result<T> readingFrom(SQLite::Database& database, const CheckpointLocation& location, Read& read) {
    try {
        return read(database);
    } catch (const SQLite::Exception& error) {
        // One that was cut is read as far as it goes.
        const bool failed = (error.getErrorCode() & 0xff) == SQLITE_IOERR &&
                            error.getExtendedErrorCode() != SQLITE_IOERR_SHORT_READ;
        if (failed || diskFailed(database)) return sqliteError(error, database, location.path, kLockedMillis);
        throw;
    }
}

/// Opens the file for `read`. A program that was killed before its file had a log has left a journal, which
/// only a program with write access can play back.
template <class T, class Read>
Result<T> reading(const CheckpointLocation& location, const CheckpointReading& how, Read read) {
    const bool only = how.look == CheckpointLook::Only;
    if (only && besideOf(location.path).strange) return needsRecovery(location);
    RW_TRY_ASSIGN(const DatabaseFile file, fileOf(location, how.files));
    try {
        // A caller that only looks leaves no files beside it.
        const bool looks = how.files == nullptr;
        SQLite::Database database(looks ? sqliteLookUri(file.path) : file.path,
                                  looks ? kSqliteLook : SQLite::OPEN_READONLY, kLockedMillis, file.vfs);
        RW_TRY(isThatDatabase(database, file, location.path));
        return readingFrom<T>(database, location, read);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode() & 0xff;
        // The second: there is a log without its index; the third: one whose head is broken.
        if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN && code != SQLITE_PROTOCOL) throw;
        if (only && !besideOf(location.path).leftover) throw;
    }
    if (only) return needsRecovery(location);
    SQLite::Database database(file.path, SQLite::OPEN_READWRITE, kLockedMillis, file.vfs);
    RW_TRY(isThatDatabase(database, file, location.path));
    return readingFrom<T>(database, location, read);
}

Result<std::optional<LoadedCheckpoint>> loadFromDamaged(const CheckpointLocation& location, const Pick& pick,
                                                        const CheckpointReading& how) {
    RW_TRY_ASSIGN(const DatabaseFile file, fileOf(location, how.files));
    SQLite::Database database = openDamaged(file, how.look);
    const auto read = [&](SQLite::Database& opened) { return loadFrom(opened, location, pick); };
    auto loaded = readingFrom<std::optional<LoadedCheckpoint>>(database, location, read);
    if (!loaded.ok()) return loaded;
    // It may have lost even the list of them: a run that resumes must not begin at its start unasked.
    if (!*loaded)
        return Status(ErrorCode::Io, RW_TEXT("checkpoint", "“%1” is damaged.").with(location.path),
                      startAnew());
    (*loaded)->fileDamaged = true;
    return loaded;
}

Result<std::optional<LoadedCheckpoint>> loadWhole(const CheckpointLocation& location, const Pick& pick,
                                                  const CheckpointReading& how) {
    try {
        return reading<std::optional<LoadedCheckpoint>>(
            location, how, [&](SQLite::Database& database) { return loadFrom(database, location, pick); });
    } catch (const SQLite::Exception& error) {
        if (!location.alone || !isDamage(error)) return readingError(error, location, startAnew());
    }
    try {
        return loadFromDamaged(location, pick, how);
    } catch (const SQLite::Exception& error) {
        return readingError(error, location, startAnew());
    }
}

Status goneNow(const SavedCheckpoint& saved) {
    return {ErrorCode::NotFound,
            RW_TEXT("checkpoint", "Checkpoint %1 is not there any more.").with(saved.number),
            RW_TEXT("checkpoint", "Take a newer one.")};
}

/// Bytes of state of each node. Throws SQLite::Exception.
std::map<NodeId, std::uint64_t> sizesIn(SQLite::Database& database, const CheckpointRow& row) {
    constexpr const char* kBytesNamed =
        "ifnull((SELECT bytes FROM _rill_checkpoint_runs AS run WHERE run.owner = made.owner AND run.hash = "
        "made.hash), 0)";
    const bool anyRuns = database.tableExists(std::string(kRunsTable));
    SQLite::Statement parts(
        database, "SELECT node, sum(length(content) + " + std::string(anyRuns ? kBytesNamed : "0") +
                      ") FROM _rill_checkpoint_uses JOIN _rill_checkpoint_parts AS made ON part = made.id "
                      "WHERE checkpoint = ? AND node <> '' GROUP BY node");
    parts.bind(1, row.id);
    std::map<NodeId, std::uint64_t> sizes;
    while (parts.executeStep())
        sizes[parts.getColumn(0).getString()] = static_cast<std::uint64_t>(parts.getColumn(1).getInt64());
    return sizes;
}

Status isLookedAfter(const SavedCheckpoint& saved) {
    return {ErrorCode::Invalid,
            RW_TEXT("checkpoint", "Checkpoint %1 is one of a run that goes on, which looks after it.")
                .with(saved.number),
            RW_TEXT("checkpoint", "Delete it when the run has ended, if it is still there.")};
}

bool isThatOne(const CheckpointRow& row, const SavedCheckpoint& saved) {
    return row.id == saved.id && row.about.number == saved.number && row.about.lineage == saved.lineage &&
           row.about.name == saved.name;
}

/// Files go behind the parts that name them. What can't be removed now goes at the start of the next run.
void removeUnusedRuns(SQLite::Database& database, const CheckpointLocation& location) {
    try {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        RunFolder(nullptr, location).removeUnused(database);
        transaction.commit();
    } catch (const SQLite::Exception&) {
        return;
    }
}

/// Changes rows of this owner; `change` says whether it found the rows to change.
template <class Change>
Status changed(const CheckpointLocation& location, const Status& notFound, Change&& change) {
    if (!isThere(location)) return notFound;
    try {
        SQLite::Database database(location.path, SQLite::OPEN_READWRITE, kSqliteWaitMillis);
        if (!hasCheckpointTables(database)) return notFound;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        if (!change(database)) return notFound;
        transaction.commit();
        removeUnusedRuns(database, location);
        return {};
    } catch (const SQLite::Exception& error) {
        return sqliteError(error, location.path);
    }
}

int unname(SQLite::Database& database, const std::string& owner, const std::string& name) {
    SQLite::Statement before(database,
                             "UPDATE _rill_checkpoints SET name = NULL WHERE owner = ? AND name = ?");
    before.bind(1, owner);
    before.bind(2, name);
    return before.exec();
}

/// `first`: of rowsOf().
bool removeRow(SQLite::Database& database, const std::string& owner, const CheckpointRow& row, bool first) {
    // A run that resumes, here or in another program, has no other checkpoint.
    if (first && !row.about.behind && !row.about.name.empty())
        return unname(database, owner, row.about.name) > 0;
    removeCheckpoint(database, row.id);
    removeUnusedParts(database, owner);
    return true;
}

}  // namespace

Result<std::vector<SavedCheckpoint>> savedCheckpoints(const CheckpointLocation& location,
                                                      const CheckpointReading& how) {
    std::vector<SavedCheckpoint> found;
    if (!isThere(location, how.files)) return found;
    try {
        return reading<std::vector<SavedCheckpoint>>(
            location, how,
            [&](SQLite::Database& database) -> Result<std::vector<SavedCheckpoint>> {
                for (CheckpointRow& row : rowsOf(database, location.owner))
                    found.push_back(std::move(row.about));
                return found;
            });
    } catch (const SQLite::Exception& error) {
        return readingError(error, location, resumeFromWhatIsLeft());
    }
}

std::vector<std::string> otherOwners(const CheckpointLocation& location) {
    std::vector<std::string> owners;
    if (!isThere(location)) return owners;
    try {
        const auto others = reading<std::vector<std::string>>(
            location, {}, [&](SQLite::Database& database) -> Result<std::vector<std::string>> {
                if (!hasCheckpointTables(database)) return owners;
                SQLite::Statement found(
                    database, "SELECT DISTINCT owner FROM _rill_checkpoints WHERE owner <> ? ORDER BY owner");
                found.bind(1, location.owner);
                while (found.executeStep()) owners.push_back(found.getColumn(0).getString());
                return owners;
            });
        return others.ok() ? *others : std::vector<std::string>();  // a disk that fails is told by what resumes
    } catch (const SQLite::Exception&) {
        return owners;  // resuming from it reports the error
    }
}

std::string pipelineFileAt(const CheckpointLocation& location) {
    if (!isThere(location)) return {};
    try {
        const auto file = reading<std::string>(location, {}, [&](SQLite::Database& database) -> Result<std::string> {
            for (const CheckpointRow& row : rowsOf(database, location.owner)) {
                if (!row.about.readable) return std::string();
                const Result<CheckpointedPipeline> pipeline = loadPipelineOf(aboutOf(database, row));
                if (pipeline.ok()) return pipeline->file;
            }
            return std::string();
        });
        return file.ok() ? *file : std::string();
    } catch (const SQLite::Exception&) {
        return {};  // resuming from it, or writing there, reports the error
    }
}

Result<std::optional<PipelineAtCheckpoint>> newestPipeline(const CheckpointLocation& location,
                                                           const CheckpointReading& how) {
    using Found = std::optional<PipelineAtCheckpoint>;
    if (!isThere(location, how.files)) return Found();
    try {
        return reading<Found>(location, how, [&](SQLite::Database& database) -> Result<Found> {
            for (CheckpointRow& row : rowsOf(database, location.owner)) {
                if (row.about.behind || row.about.kind == CheckpointKind::Finished) continue;
                if (!row.about.readable) return newer(row);
                RW_TRY_ASSIGN(CheckpointedPipeline pipeline, loadPipelineOf(aboutOf(database, row)));
                return Found({std::move(row.about), std::move(pipeline)});
            }
            return Found();
        });
    } catch (const SQLite::Exception& error) {
        return readingError(error, location, resumeFromWhatIsLeft());
    }
}

Result<std::optional<LoadedCheckpoint>> loadCheckpoint(const CheckpointLocation& location,
                                                       const std::string& name, const CheckpointReading& how) {
    if (!isThere(location, how.files)) {
        if (!name.empty()) return noSavepoint(name);
        return std::optional<LoadedCheckpoint>();
    }
    const RunFolder runs(how.files, location);
    const auto wanted = [&](SQLite::Database& database, const std::vector<CheckpointRow>& rows) {
        return name.empty() ? newestOf(database, rows, runs) : named(database, rows, name, runs);
    };
    return loadWhole(location, wanted, how);
}

Result<LoadedCheckpoint> loadSaved(const CheckpointLocation& location, const SavedCheckpoint& saved,
                                   const CheckpointReading& how) {
    const RunFolder runs(how.files, location);
    const auto thatOne =
        [&saved, &runs](SQLite::Database& database,
                        const std::vector<CheckpointRow>& rows) -> Result<std::optional<LoadedCheckpoint>> {
        const auto row = std::find_if(rows.begin(), rows.end(),
                                      [&saved](const CheckpointRow& each) { return isThatOne(each, saved); });
        if (row == rows.end()) return goneNow(saved);
        if (!row->about.readable) return newer(*row);
        if (row->about.behind) return liesBehind(*row);
        RW_TRY_ASSIGN(LoadedCheckpoint loaded, readCheckpoint(database, *row, runs));
        return std::optional<LoadedCheckpoint>(std::move(loaded));
    };
    if (!isThere(location, how.files)) return goneNow(saved);
    RW_TRY_ASSIGN(std::optional<LoadedCheckpoint> loaded, loadWhole(location, thatOne, how));
    return *std::move(loaded);
}

Result<std::map<NodeId, std::uint64_t>> savedSizes(const CheckpointLocation& location,
                                                   const SavedCheckpoint& saved,
                                                   const CheckpointReading& how) {
    if (!isThere(location, how.files)) return goneNow(saved);
    try {
        return reading<std::map<NodeId, std::uint64_t>>(
            location, how, [&](SQLite::Database& database) -> Result<std::map<NodeId, std::uint64_t>> {
                for (const CheckpointRow& row : rowsOf(database, location.owner)) {
                    if (isThatOne(row, saved)) return sizesIn(database, row);
                }
                return goneNow(saved);
            });
    } catch (const SQLite::Exception& error) {
        return readingError(error, location, resumeFromWhatIsLeft());
    }
}

Status nameCheckpoint(const CheckpointLocation& location, const SavedCheckpoint& checkpoint,
                      const std::string& name) {
    return changed(location, goneNow(checkpoint), [&](SQLite::Database& database) {
        (void)unname(database, location.owner, name);
        SQLite::Statement change(
            database,
            "UPDATE _rill_checkpoints SET name = ? WHERE owner = ? AND line = ? AND number = ? AND kind = 0 "
            "AND id = ? AND behind = 0 AND " +
                pendingColumn(database) + " = 0");
        change.bind(1, name);
        change.bind(2, location.owner);
        change.bind(3, checkpoint.lineage);
        change.bind(4, static_cast<std::int64_t>(checkpoint.number));
        change.bind(5, checkpoint.id);
        return change.exec() > 0;
    });
}

Status removeSavepoint(const CheckpointLocation& location, const std::string& name) {
    return changed(location, noSavepoint(name), [&](SQLite::Database& database) {
        const std::vector<CheckpointRow> rows = rowsOf(database, location.owner);
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [&name](const CheckpointRow& row) { return row.about.name == name; });
        return found != rows.end() && removeRow(database, location.owner, *found, found == rows.begin());
    });
}

Status removeSaved(const CheckpointLocation& location, const SavedCheckpoint& saved) {
    if (saved.name.empty() && OutputLock::isHeld(location.path, claimedBy(location)))
        return isLookedAfter(saved);
    return changed(location, goneNow(saved), [&](SQLite::Database& database) {
        const std::vector<CheckpointRow> rows = rowsOf(database, location.owner);
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [&saved](const CheckpointRow& row) { return isThatOne(row, saved); });
        return found != rows.end() && removeRow(database, location.owner, *found, found == rows.begin());
    });
}

}  // namespace rw
