#include "core/connect/sqlite/table_copy.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/base/whole_file.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/reading.h"
#include "core/connect/sqlite/statements.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

constexpr int kCopyingLooks = 10'000;  // steps of SQLite's machine between two looks at the flag

int copyCancelled(void* flag) {
    return static_cast<const std::atomic<bool>*>(flag)->load(std::memory_order_relaxed) ? 1 : 0;
}

/// What a file declares may be any text in quotes: only words, numbers and one pair of brackets are copied.
std::string declarationOf(const SqliteColumn& column) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == ' ' || c == ',';
    };
    const std::string_view type = column.type;
    const std::size_t open = type.find('('), close = type.find(')');
    const bool bracketed = open != std::string_view::npos;
    std::string plain(type);
    if (bracketed && close == type.size() - 1 && open < close) {
        plain.erase(close, 1);
        plain.erase(open, 1);
    }
    const bool copied = std::all_of(plain.begin(), plain.end(), isPlain) &&
                        (bracketed || plain.find(',') == std::string::npos) && !plain.starts_with(' ');
    return copied ? std::string(type) : std::string(sqliteAffinity(column.type));
}

std::string tableSql(const SqliteMatch& match, const std::string& name) {
    std::vector<std::string> columns;
    for (const SqliteColumn& column : match.query.table.columns)
        columns.push_back(sqliteName(column.name) + ' ' + declarationOf(column));
    return fmt::format("CREATE TABLE {} ({})", sqliteName(name), fmt::join(columns, ", "));
}

/// Steps through the rows of a match, as they are stored.
class FoundRows {
 public:
    FoundRows(SQLite::Database& database, const SqliteMatch& match)
        : m_match(match),
          m_statement(database, match.query.table.rowId.empty() ? sqlitePage(match.query, 0, match.rows)
                                                                : sqliteRowById(match.query)) {
        if (match.query.table.rowId.empty()) bindFilter(m_statement, match.query);
    }
    bool step() {
        if (m_match.query.table.rowId.empty()) return m_statement.executeStep();
        while (m_next < m_match.ids.size()) {
            m_statement.reset();
            m_statement.bind(1, m_match.ids[m_next++]);
            if (m_statement.executeStep()) return true;
        }
        return false;
    }
    SQLite::Statement& statement() { return m_statement; }

 private:
    const SqliteMatch& m_match;
    SQLite::Statement m_statement;
    std::size_t m_next = 0;
};

void bindStored(SQLite::Statement& statement, int parameter, const SQLite::Column& value) {
    switch (value.getType()) {
        case SQLITE_INTEGER:
            return statement.bind(parameter, value.getInt64());
        case SQLITE_FLOAT:
            return statement.bind(parameter, value.getDouble());
        case SQLITE_TEXT: {
            const int bytes = value.getBytes();
            return statement.bind(parameter, std::string(value.getText(), static_cast<std::size_t>(bytes)));
        }
        case SQLITE_BLOB: {
            // A null pointer would be NULL.
            const int bytes = value.getBytes();
            return statement.bind(parameter, bytes == 0 ? "" : value.getBlob(), bytes);
        }
        default:
            return statement.bind(parameter);
    }
}

bool hasTable(SQLite::Database& database, const std::string& name, bool& view) {
    SQLite::Statement look(database,
                           "SELECT type = 'view' FROM sqlite_master WHERE type IN ('table', 'view')"
                           " AND name = ?1 COLLATE NOCASE");
    look.bind(1, name);
    if (!look.executeStep()) return false;
    view = look.getColumn(0).getInt() != 0;
    return true;
}

Result<std::int64_t> fill(SQLite::Database& from, SQLite::Database& into, const SqliteMatch& match,
                          const SqliteCopy& to, CancelFlag cancel) {
    SQLite::Transaction change(into, SQLite::TransactionBehavior::IMMEDIATE);
    bool view = false;
    if (hasTable(into, to.table, view)) {
        if (!to.replace || view)
            return Status(ErrorCode::Refused,
                          view ? RW_TEXT("sqlite", "“%1” has a view “%2”.").with(to.path, to.table)
                               : RW_TEXT("sqlite", "“%1” has a table “%2” already.").with(to.path, to.table),
                          RW_TEXT("sqlite", "Choose another name for the table."));
        into.exec("DROP TABLE " + sqliteName(to.table));
    }
    into.exec(tableSql(match, to.table));
    const SQLite::Transaction moment(from);
    FoundRows rows(from, match);
    const std::size_t columns = match.query.table.columns.size();
    std::vector<std::string> places(columns, "?");
    SQLite::Statement insert(
        into, fmt::format("INSERT INTO {} VALUES ({})", sqliteName(to.table), fmt::join(places, ", ")));
    std::int64_t count = 0;
    while (rows.step()) {
        if (cancel != nullptr && *cancel)
            return Status(ErrorCode::Cancelled, RW_TEXT("sqlite", "Copying was cancelled."));
        for (int i = 0; i < static_cast<int>(columns); ++i)
            bindStored(insert, i + 1, rows.statement().getColumn(i));
        insert.exec();
        insert.reset();
        ++count;
    }
    change.commit();
    return count;
}

Result<std::int64_t> copyInto(const SqliteMatch& match, const SqliteCopy& to, const std::string& path,
                              int mode, CancelFlag cancel) {
    return readingSqlite<std::int64_t>(
        match.query.path, cancel, [&](SQLite::Database& from) -> Result<std::int64_t> {
            try {
                SQLite::Database into(path, mode, SqliteReading::kWaitMillis);
                if (cancel != nullptr)
                    sqlite3_progress_handler(into.getHandle(), kCopyingLooks, copyCancelled,
                                             const_cast<std::atomic<bool>*>(cancel));
                return fill(from, into, match, to, cancel);
            } catch (const SQLite::Exception& failure) {
                if (failure.getErrorCode() == SQLITE_INTERRUPT)
                    return Status(ErrorCode::Cancelled, RW_TEXT("sqlite", "Copying was cancelled."));
                return sqliteError(failure, to.path, SqliteReading::kWaitMillis);
            }
        });
}

void removeParts(const std::string& path) {
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) fs::remove(path + ending, ignored);
}

}  // namespace

Result<std::int64_t> copyRows(const SqliteMatch& match, const SqliteCopy& to, CancelFlag cancel) {
    if (isOwnTable(to.table) || foldedName(to.table).starts_with("sqlite_"))
        return Status(ErrorCode::Invalid, RW_TEXT("sqlite", "No table may be called “%1”.").with(to.table),
                      RW_TEXT("sqlite", "Choose another name for the table."));
    std::error_code error;
    const bool there = fs::exists(to.path, error);
    // Neither a run nor another copy is at work on the same.
    RW_TRY_ASSIGN(const auto claim,
                  systemOutputFiles()->claim(to.path, there ? claimedPart(to.table) : std::string(),
                                             OutputClaim::Mode::Alone));
    if (there) return copyInto(match, to, to.path, SQLite::OPEN_READWRITE, cancel);
    if (error)
        return Status(ErrorCode::Io,
                      RW_TEXT("sqlite", "“%1” can't be reached: %2.").with(to.path, error.message()),
                      RW_TEXT("sqlite", "Choose another file."));
    // Beside the file, so that nobody sees a part of it.
    const std::string part = to.path + ".part";
    removeParts(part);
    Result<std::int64_t> copied =
        copyInto(match, to, part, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, cancel);
    if (copied.ok()) {
        fs::rename(part, to.path, error);
        if (!error) error = syncFolderOf(to.path);
        if (error)
            copied = Status(ErrorCode::Io,
                            RW_TEXT("sqlite", "“%1” can't be written: %2.").with(to.path, error.message()),
                            RW_TEXT("sqlite", "Choose another file."));
    }
    if (!copied.ok()) removeParts(part);
    return copied;
}

}  // namespace rw
