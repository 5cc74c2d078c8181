#include "core/state/damaged_file.h"

#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <filesystem>
#include <utility>

#include "core/connect/files/output_lock.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/look.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/whole_checkpoints.h"

namespace rw {

namespace {

/// The disk failed, and may give the file later. One that was cut reads short.
bool isDiskError(const SQLite::Exception& error) {
    return (error.getErrorCode() & 0xff) == SQLITE_IOERR &&
           error.getExtendedErrorCode() != SQLITE_IOERR_SHORT_READ;
}

bool isBroken(const SQLite::Exception& error, SQLite::Database& database) {
    return isDamage(error) && !isDiskError(error) && !diskFailed(database);
}

bool isBroken(SQLite::Database& database) {
    try {
        return database.execAndGet("PRAGMA quick_check(1)").getString() != "ok" && !diskFailed(database);
    } catch (const SQLite::Exception& error) {
        return isBroken(error, database);
    }
}

/// Where not even the list of them can be read there is none in the copy. Throws SQLite::Exception.
void copyWhole(const CheckpointLocation& location, const std::string& to) {
    SQLite::Database from = openDamaged({location.path, {}, {}, {}}, CheckpointLook::Recover);
    SQLite::Database into(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    try {
        SQLite::Transaction transaction(into);
        if (hasCheckpointTables(from)) copyWholeCheckpoints(from, into);
        transaction.commit();
    } catch (const SQLite::Exception& error) {
        if (!isBroken(error, from)) throw;
    }
    makeCheckpointTables(into);
}

/// The first of “….damaged”, “….damaged-2” and so on that no other file has: older ones stay. The file itself
/// has one where putting it aside was interrupted.
std::string nameAside(const std::string& path) {
    std::string name = path + ".damaged";
    std::error_code error;
    for (int number = 2;
         std::filesystem::exists(name, error) && !std::filesystem::equivalent(path, name, error); ++number)
        name = path + ".damaged-" + std::to_string(number);
    return name;
}

/// No run can resume from a database that sinks write, too.
Status damagedWithRows(const CheckpointLocation& location) {
    return {ErrorCode::Io, RW_TEXT("checkpoint", "“%1” is damaged, and sinks write it.").with(location.path),
            RW_TEXT("checkpoint",
                    "Put a copy from before in its place, or start the run anew with another file.")};
}

}  // namespace

SQLite::Database openDamaged(const DatabaseFile& file, CheckpointLook look) {
    const bool only = look == CheckpointLook::Only;  // leaves nothing beside it
    SQLite::Database database(only ? sqliteLookUri(file.path, file.vfs) : file.path,
                              only ? kSqliteLook : SQLite::OPEN_READONLY, kLockedMillis, file.vfs);
    database.exec("PRAGMA writable_schema = ON");
    return database;
}

Text resumeFromWhatIsLeft() {
    return RW_TEXT("checkpoint", "Resume the run: it then starts from what can be read.");
}

Status readingError(const SQLite::Exception& error, const CheckpointLocation& location, Text fix) {
    Status status = sqliteError(error, location.path, kLockedMillis);
    if (!isDamage(error) || isDiskError(error)) return status;
    if (!location.alone) return damagedWithRows(location);
    return {status.error().code, status.error().message, std::move(fix)};
}

Result<std::string> putDamagedAside(const CheckpointLocation& location) {
    if (!location.alone) return damagedWithRows(location);
    const std::string mended = location.path + ".mended", aside = nameAside(location.path);
    std::error_code error;
    for (const char* ending : {"", "-journal"}) std::filesystem::remove(mended + ending, error);
    try {
        copyWhole(location, mended);
    } catch (const SQLite::Exception& failure) {
        std::filesystem::remove(mended, error);
        return sqliteError(failure, mended, kLockedMillis);
    }
    // A second name for it, where the disk has that: the first name is never missing.
    bool linked = std::filesystem::equivalent(location.path, aside, error);
    if (!linked) {
        std::filesystem::create_hard_link(location.path, aside, error);
        linked = !error;
    }
    // A log that stays would be taken for that of the new file.
    for (const char* ending : {"-wal", "-shm"}) {
        const std::string file = location.path + ending;
        if (!std::filesystem::exists(file, error)) continue;
        std::filesystem::rename(file, aside + ending, error);
        if (error) return unwritable(error, file);
    }
    if (!linked) std::filesystem::rename(location.path, aside, error);
    if (!linked && error) return unwritable(error, location.path);
    RW_TRY(systemOutputFiles()->rename(mended, location.path, location.path));
    return aside;
}

Result<std::optional<std::string>> putAsideIfBroken(const CheckpointLocation& location) {
    std::error_code error;
    const bool there = std::filesystem::is_regular_file(location.path, error) &&
                       std::filesystem::file_size(location.path, error) > 0;
    // A run that writes it keeps others out, and says so.
    if (!location.alone || !there || OutputLock::isHeld(location.path, claimedBy(location)))
        return std::optional<std::string>();
    try {
        SQLite::Database database(location.path, SQLite::OPEN_READWRITE, kLockedMillis);
        if (!isBroken(database)) return std::optional<std::string>();
    } catch (const SQLite::Exception&) {
        return std::optional<std::string>();  // the run, which opens it as well, tells why it can't
    }
    RW_TRY_ASSIGN(std::string aside, putDamagedAside(location));
    return std::optional(std::move(aside));
}

}  // namespace rw
