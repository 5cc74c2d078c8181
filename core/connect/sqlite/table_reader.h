// Reads a table of an SQLite file from its first row to its last, as columns of the types that the caller
// declares for it.
#pragma once
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/reading.h"
#include "core/data/batch.h"

namespace rw {

/// The columns of a table or view as its declaration says them, ours or another program's. INTEGER is BIGINT,
/// for SQLite keeps 64 bits; a column without a type is STRING. An error names the tables that there are.
Result<Schema> sqliteSchema(const std::string& path, const std::string& table);

/// Why rows of `schema` can't be read from the table; success when it has these columns.
Status hasColumns(const SqliteTable& table, const std::string& name, const Schema& schema);

/// Sees the table as it is when the first row is read, as far as isOfOneMoment() says. Until the last one the
/// write-ahead log can't be emptied, and a file without one can't be written by others: read to the end soon.
/// One thread at a time.
class SqliteTableReader {
 public:
    /// A file that was changed so short a time ago may be changed again without another time of change: those
    /// of most file systems go on by 4 ms, others know seconds only.
    static constexpr Millis kTick = 20, kWholeSecondsTick = 2'000;

    /// `files`: null: the machine's; outlives the reader.
    static Result<std::unique_ptr<SqliteTableReader>> open(const std::string& path, const std::string& table,
                                                           SchemaRef schema, const Files* files = nullptr);
    /// The next rows, `most` at most; none: that was all. A value that is not of its type is an error.
    Result<Batch> next(std::size_t most);
    /// Whether no other program can have changed the database between the rows read so far, which may look
    /// damaged then. `opened`: wall time when the reader was opened.
    bool isOfOneMoment(Instant opened) const;

 private:
    SqliteTableReader(std::string path, std::string table, SchemaRef schema, DatabaseFile file,
                      const Files* files);
    /// The state of the file, which tells whether it was changed; nothing: it is gone.
    std::optional<FileState> fileNow() const;
    Status readRow(std::vector<ColumnBuilder>& builders);
    Status wrongValue(std::size_t column) const;

    const std::string m_path, m_table;
    const SchemaRef m_schema;
    const Files* const m_files;
    const std::optional<FileState> m_before;  ///< of the file, before it was opened
    SqliteReading m_reading;
    std::unique_ptr<SQLite::Statement> m_rows;
    std::uint64_t m_read = 0;
    bool m_over = false;
};

}  // namespace rw
