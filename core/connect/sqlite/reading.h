// Opens an SQLite file read-only for the length of one question.
#pragma once
#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <utility>

#include "core/connect/sqlite/browser.h"
#include "core/connect/sqlite/look.h"
#include "core/connect/sqlite/values.h"

namespace rw {

/// A connection whose statements end with SQLITE_INTERRUPT once the flag is set.
class SqliteReading {
 public:
    static constexpr int kWaitMillis = 2'000;  ///< a writer that checkpoints holds the file that long at most

    SqliteReading(const std::string& path, CancelFlag cancel) : SqliteReading(DatabaseFile{path, {}, {}, {}}, cancel) {}
    SqliteReading(DatabaseFile file, CancelFlag cancel)
        : m_file(std::move(file)),
          m_look(sqliteLook(m_file.path, m_file.vfs)),
          m_database(m_look.uri, kSqliteLook, kWaitMillis, m_file.vfs) {
        addValueFunctions(m_database);
        if (cancel == nullptr) return;
        sqlite3_progress_handler(m_database.getHandle(), kStepsBetweenLooks, cancelled,
                                 const_cast<std::atomic<bool>*>(cancel));
    }
    SQLite::Database& database() { return m_database; }
    bool unlocked() const { return m_look.unlocked; }
    /// isThatDatabase(); before anything is read.
    Status isThat(const std::string& shown) { return isThatDatabase(m_database, m_file, shown); }

 private:
    static constexpr int kStepsBetweenLooks = 10'000;  // of SQLite's machine

    static int cancelled(void* flag) {
        return static_cast<const std::atomic<bool>*>(flag)->load(std::memory_order_relaxed) ? 1 : 0;
    }

    const DatabaseFile m_file;
    const SqliteLook m_look;
    SQLite::Database m_database;
};

/// A value for people, by the type that its column declares.
SqliteCell sqliteCell(const SQLite::Column& column, TypeId values);

/// SqliteListing::placed of an attached database. Throws SQLite::Exception.
std::string placedIn(SQLite::Database& database, const std::string& schema);

/// Whether there is a file at `path` that can be opened without waiting; `missing` is how to fix that there
/// is none.
inline Status readableSqlite(const std::string& path,
                             Text missing = RW_TEXT("sqlite", "A run of the pipeline makes it.")) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return Status(ErrorCode::NotFound, RW_TEXT("sqlite", "There is no file “%1” yet.").with(path),
                      std::move(missing));
    }
    // Reading from a pipe would wait until a program writes into it.
    if (!std::filesystem::is_regular_file(path, error)) {
        return Status(ErrorCode::Io, RW_TEXT("sqlite", "“%1” is no file that can be read.").with(path),
                      RW_TEXT("sqlite", "Choose another file."));
    }
    return {};
}

/// Runs `read` with the file open; an exception of SQLite becomes an error.
template <class T, class Read>
Result<T> readingSqlite(const std::string& path, CancelFlag cancel, Read read) {
    RW_TRY(readableSqlite(path));
    try {
        SqliteReading reading(path, cancel);
        try {
            return read(reading.database());
        } catch (const SQLite::Exception& failure) {
            if (diskFailed(reading.database()))
                return sqliteError(failure, reading.database(), path, SqliteReading::kWaitMillis);
            throw;
        }
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() == SQLITE_INTERRUPT)
            return Status(ErrorCode::Cancelled, RW_TEXT("sqlite", "Reading was cancelled."));
        return sqliteError(failure, path, SqliteReading::kWaitMillis);
    }
}

}  // namespace rw
