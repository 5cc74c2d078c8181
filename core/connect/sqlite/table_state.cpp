#include "core/connect/sqlite/table_state.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <xxhash.h>

#include <filesystem>

#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/look.h"

namespace rw {

namespace {

// Limits that come out the same every time: one of time would make one table look like two.
constexpr int kMostRows = 200'000;
constexpr int kMostBytes = 4 << 20;
constexpr int kCellBytes = 8;                                         // that even an empty one counts
constexpr int kMostSteps = 20'000'000, kStepsBetweenLooks = 100'000;  // of SQLite's machine
constexpr int kLockedMillis = 500;

/// A connection whose statements take kMostSteps together, and then end with SQLITE_INTERRUPT; a cell of more
/// than kMostBytes ends one with SQLITE_TOOBIG, before it takes room in memory.
class Look {
 public:
    explicit Look(const std::string& path) : m_database(sqliteLookUri(path), kSqliteLook, kLockedMillis) {
        sqlite3_limit(m_database.getHandle(), SQLITE_LIMIT_LENGTH, kMostBytes);
        sqlite3_progress_handler(m_database.getHandle(), kStepsBetweenLooks, over, this);
    }
    Look(const Look&) = delete;
    Look& operator=(const Look&) = delete;
    SQLite::Database& database() { return m_database; }

 private:
    static int over(void* look) { return --static_cast<Look*>(look)->m_looksLeft <= 0 ? 1 : 0; }

    int m_looksLeft = kMostSteps / kStepsBetweenLooks;
    SQLite::Database m_database;
};

/// The first rows of a table, as many as are compared.
struct FirstRows {
    int count = 0;
    std::int64_t bytes = 0;
    std::uint64_t hash = 0;
    bool more = false;  ///< there are others behind them

    void add(const SQLite::Column& cell) {
        const int type = cell.getType();
        take(&type, sizeof type);
        bytes += kCellBytes;
        if (cell.isInteger()) {
            const std::int64_t number = cell.getInt64();
            return take(&number, sizeof number);
        }
        if (cell.isFloat()) {
            const double number = cell.getDouble();
            return take(&number, sizeof number);
        }
        const void* blob = cell.getBlob();  // before its size, which may change with it
        const int size = cell.getBytes();
        take(&size, sizeof size);
        if (size > 0) take(blob, static_cast<std::size_t>(size));
        bytes += size;
    }

 private:
    void take(const void* part, std::size_t size) { hash = XXH3_64bits_withSeed(part, size, hash); }
};

FirstRows firstRowsOf(SQLite::Database& database, const std::string& name) {
    SQLite::Statement rows(database, "SELECT * FROM " + name);
    FirstRows first;
    try {
        while (rows.executeStep()) {
            if (first.count == kMostRows || first.bytes >= kMostBytes) {
                first.more = true;
                break;
            }
            for (int column = 0; column < rows.getColumnCount(); ++column) first.add(rows.getColumn(column));
            ++first.count;
        }
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() != SQLITE_TOOBIG) throw;
        first.more = true;
    }
    return first;
}

/// The number of the last row, which is found at once: another one when rows came behind those compared.
std::string lastRowOf(SQLite::Database& database, const std::string& name) {
    try {
        SQLite::Statement last(database, "SELECT max(_rowid_) FROM " + name);
        last.executeStep();
        return last.getColumn(0).getString();
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() != SQLITE_ERROR) throw;
        return "?";  // its rows have no numbers
    }
}

std::optional<std::string> stateIn(SQLite::Database& database, const std::string& table) {
    SQLite::Statement made(
        database,
        "SELECT sql, type = 'view' FROM sqlite_master WHERE name = ? COLLATE NOCASE AND type IN "
        "('table', 'view')");
    made.bind(1, table);
    if (!made.executeStep()) return std::nullopt;
    const std::string sql = made.getColumn(0).getString(), name = sqliteName(table);
    const std::uint64_t declared = XXH3_64bits(sql.data(), sql.size());
    if (made.getColumn(1).getInt() != 0) return fmt::format("view {:x}", declared);  // its rows are others'
    const FirstRows first = firstRowsOf(database, name);
    if (!first.more) return fmt::format("table {:x} {} {:x}", declared, first.count, first.hash);
    return fmt::format("table {:x} more than {} rows {:x} to {}", declared, first.count, first.hash,
                       lastRowOf(database, name));
}

}  // namespace

std::optional<std::string> sqliteTableState(const std::string& path, const std::string& table) {
    std::error_code error;
    // Reading from a pipe would wait until a program writes into it.
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) == 0)
        return std::nullopt;
    try {
        Look look(path);
        return stateIn(look.database(), table);
    } catch (const SQLite::Exception&) {
        return std::string();
    }
}

}  // namespace rw
