// SQLite files: their tables, and their errors in terms that a user understands.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/base/output_files.h"
#include "core/data/schema.h"

namespace rw {

/// How long a writer waits for another program that holds the file.
inline constexpr int kSqliteWaitMillis = 5'000;

/// How the names of our own tables begin, in any case of their letters.
inline constexpr std::string_view kSqliteOwn = "_rill_";
/// A run collects the rows of the table that will replace table T in one of this name and T.
inline constexpr std::string_view kSqliteStaging = "_rill_new_";

/// The table whose place staging table `name` will take; empty: it is no staging table.
std::string_view stagedTable(std::string_view name);

bool isOwnTable(std::string_view name);

/// By which name a run claims a table of the file that it writes.
std::string claimedPart(std::string_view table);

/// "name" with quotes doubled: any name, keywords too.
std::string sqliteName(std::string_view name);

/// The same for all spellings of a name that SQLite takes for one: ASCII letters small.
std::string foldedName(std::string_view name);

/// The storage type of a column of a stream: INTEGER, REAL or TEXT.
std::string_view sqliteType(Type type);
/// How SQLite stores values of a column with this declaration: INTEGER, REAL, TEXT, NUMERIC or BLOB.
std::string_view sqliteAffinity(const std::string& declared);

/// Whether SQLite takes the names for one.
bool sameSqliteName(const std::string& a, const std::string& b);

/// The error on the file at `path`, and how to fix it.
Status sqliteError(const SQLite::Exception& error, const std::string& path,
                   int waitedMillis = kSqliteWaitMillis);

/// The same of a connection that met it. SQLite tells a disk that failed as damage (SQLITE_IOERR_CORRUPTFS).
Status sqliteError(const SQLite::Exception& error, SQLite::Database& database, const std::string& path,
                   int waitedMillis = kSqliteWaitMillis);
/// Whether a read of the disk failed under this connection: nothing says that what is on it is damaged.
bool diskFailed(SQLite::Database& database);

struct SqliteColumn {
    std::string name;
    std::string type;              ///< as declared
    TypeId values = TypeId::Null;  ///< the type of the values, see declaredValues()
    bool needed = false;           ///< a row can't leave it out: NOT NULL, and no default
    bool operator==(const SqliteColumn&) const = default;
};

struct SqliteTable {
    bool exists = false;
    bool view = false;
    std::vector<SqliteColumn> columns{};
    std::vector<std::vector<std::string>> uniqueKeys{};  ///< the primary key and unique indexes over all rows
    /// The primary key is the row id under another name: SQLite makes a number up for a NULL in it.
    bool keyIsRowId = false;
    bool ofRun = false;  ///< a run that takes checkpoints has written it, and may be resumed
};

/// By which name a table with these columns gives its row ids, if it has any; empty: all are columns'.
std::string rowIdName(const std::vector<SqliteColumn>& columns);

/// The columns and keys of `table`. Throws SQLite::Exception.
SqliteTable describeTable(SQLite::Database& database, const std::string& table);

/// The same, looking into the file; a file that does not exist has no tables. Does not wait for locks.
Result<SqliteTable> describeTable(const std::string& path, const std::string& table);

/// Why rows of `schema` can't go into `table` as it is; success when they can.
Status fits(const SqliteTable& table, const std::string& name, const Schema& schema,
            const std::vector<std::string>& key);

/// `table` as it is once it has the columns of `schema` that it lacks, and without those that it can do
/// without: a run that is resumed after an edit adds the ones, and leaves the others NULL.
SqliteTable widened(SqliteTable table, const Schema& schema);

/// Whether a database can be written at `path`: its folder is there, it is no folder itself. `home` is a
/// folder that will be made when it is missing.
Status checkSqlitePath(const OutputFiles& files, const std::string& path, const std::string& home);

/// The same before a run, on the machine; and the file holds a database or nothing.
Status checkSqliteFile(const std::string& path, const std::string& home);

}  // namespace rw
