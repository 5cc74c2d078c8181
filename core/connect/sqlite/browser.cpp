#include "core/connect/sqlite/browser.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <filesystem>

#include "core/connect/files/output_lock.h"
#include "core/connect/sqlite/reading.h"
#include "core/connect/sqlite/statements.h"
#include "core/data/text.h"

namespace rw {
namespace {

// It says nothing about the table: the question was cancelled, or has to be asked again.
bool endsReading(const SQLite::Exception& failure) {
    const int code = failure.getErrorCode() & 0xff;
    return code == SQLITE_INTERRUPT || code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

// Prepares a statement; false where SQLite refuses it.
bool understands(SQLite::Database& database, const std::string& sql) {
    try {
        const SQLite::Statement statement(database, sql);
        return true;
    } catch (const SQLite::Exception& failure) {
        if (endsReading(failure)) throw;
        return false;
    }
}

// A name under which the row id can be had: a table may be without row ids.
std::string rowIdOf(SQLite::Database& database, const SqliteEntry& table) {
    const std::string name = rowIdName(table.columns);
    if (name.empty()) return {};
    const std::string sql = fmt::format("SELECT {} FROM {}", name, sqliteName(table.name));
    return understands(database, sql) ? name : std::string();
}

std::int64_t countRows(SQLite::Database& database, const std::string& name) {
    try {
        SQLite::Statement count(database, "SELECT COUNT(*) FROM " + sqliteName(name));
        count.executeStep();
        return count.getColumn(0).getInt64();
    } catch (const SQLite::Exception& failure) {
        if (endsReading(failure)) throw;
        return -1;
    }
}

std::vector<SqliteEntry> entriesOf(SQLite::Database& database) {
    const SQLite::Transaction moment(database);
    std::vector<SqliteEntry> entries;
    SQLite::Statement list(database,
                           "SELECT name, type = 'view' FROM sqlite_master WHERE type IN ('table', 'view')"
                           " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'view', name");
    while (list.executeStep()) {
        SqliteEntry entry{list.getColumn(0).getString(), list.getColumn(1).getInt() != 0};
        // A view that refers to a table that is gone has no columns; it must not hide the others.
        if (understands(database, "SELECT * FROM " + sqliteName(entry.name)))
            entry.columns = describeTable(database, entry.name).columns;
        if (!entry.view) entry.rowId = rowIdOf(database, entry);
        entries.push_back(std::move(entry));
    }
    return entries;
}

// Our own tables, but for those that a run fills now: those of a killed run are no results.
bool isHidden(const std::string& path, const std::string& table) {
    if (!isOwnTable(table)) return false;
    const std::string_view staged = stagedTable(table);
    return staged.empty() || !OutputLock::isHeld(path, claimedPart(staged));
}

SqliteRow rowOf(SQLite::Statement& statement, const SqliteEntry& table) {
    SqliteRow row;
    for (int column = 0; column < statement.getColumnCount(); ++column)
        row.push_back(
            sqliteCell(statement.getColumn(column), table.columns[static_cast<std::size_t>(column)].values));
    return row;
}

void readEnds(SQLite::Database& database, SqliteMatch& match) {
    const std::string sql = sqliteEnds(match.query);
    if (sql.empty()) return;
    SQLite::Statement ends(database, sql);
    bindFilter(ends, match.query);
    if (!ends.executeStep() || ends.getColumn(0).isNull()) return;
    match.least = ends.getColumn(0).getDouble();
    match.most = ends.getColumn(1).getDouble();
}

}  // namespace

// The newest checkpoint of each sink whose rows are in its table: see EpochRows.
std::string placedIn(SQLite::Database& database, const std::string& schema) {
    const std::string sql = fmt::format(
        "SELECT name, epoch FROM {}._rill_sinks WHERE epoch > 0 ORDER BY name", sqliteName(schema));
    if (!understands(database, sql)) return {};
    SQLite::Statement sinks(database, sql);
    std::string placed;
    while (sinks.executeStep())
        placed += fmt::format("{}:{} ", sinks.getColumn(0).getString(), sinks.getColumn(1).getInt64());
    return placed;
}

SqliteCell sqliteCell(const SQLite::Column& column, TypeId values) {
    SqliteCell cell;
    const auto bytes = static_cast<std::size_t>(column.getBytes());
    switch (column.getType()) {
        case SQLITE_NULL:
            break;
        case SQLITE_BLOB: {
            cell.kind = SqliteCell::Kind::Blob;
            const auto* raw = static_cast<const unsigned char*>(column.getBlob());
            cell.text = fmt::format("X'{:02X}'", fmt::join(raw, raw + bytes, ""));
            break;
        }
        case SQLITE_TEXT:
            cell.kind = SqliteCell::Kind::Text;
            cell.text.assign(column.getText(), bytes);
            if (values != TypeId::Decimal) break;
            if (const auto number = parseDouble(cell.text)) {
                cell.kind = SqliteCell::Kind::Number;
                cell.number = *number;
            }
            break;
        case SQLITE_INTEGER:
            cell.kind = SqliteCell::Kind::Number;
            cell.number = column.getDouble();
            cell.text = std::to_string(column.getInt64());
            if (values != TypeId::Boolean || (cell.text != "0" && cell.text != "1")) break;
            cell.kind = SqliteCell::Kind::Text;
            cell.text = cell.text == "1" ? "true" : "false";
            break;
        default:
            cell.kind = SqliteCell::Kind::Number;
            cell.number = column.getDouble();
            appendDouble(cell.text, cell.number);  // SQLite's own text gives 15 digits
    }
    return cell;
}

std::string sqliteStamp(const std::string& path) {
    namespace fs = std::filesystem;
    std::string stamp;
    for (const char* ending : {"", "-wal"}) {
        std::error_code error;
        const auto size = fs::file_size(path + ending, error);
        if (error) continue;
        const auto time = fs::last_write_time(path + ending, error).time_since_epoch().count();
        stamp += fmt::format("{}:{} ", size, time);
    }
    return stamp;
}

Result<SqliteListing> listSqlite(const std::string& path, CancelFlag cancel) {
    SqliteListing listing;
    listing.stamp = sqliteStamp(path);  // before reading: a write meanwhile must be noticed next time
    const auto read = [&](SQLite::Database& database) -> Result<SqliteListing> {
        listing.placed = placedIn(database, "main");
        listing.entries = entriesOf(database);
        std::erase_if(listing.entries, [&](const SqliteEntry& entry) { return isHidden(path, entry.name); });
        for (SqliteEntry& entry : listing.entries) entry.rows = countRows(database, entry.name);
        for (const char* ending : {"", "-wal"}) {
            std::error_code error;
            const auto size = std::filesystem::file_size(path + ending, error);
            if (!error) listing.bytes += size;
        }
        return std::move(listing);
    };
    return readingSqlite<SqliteListing>(path, cancel, read);
}

Result<SqliteMatch> findRows(const SqliteQuery& query, CancelFlag cancel) {
    return readingSqlite<SqliteMatch>(
        query.path, cancel, [&](SQLite::Database& database) -> Result<SqliteMatch> {
            SqliteMatch match{query};
            const SQLite::Transaction moment(database);
            if (query.table.rowId.empty()) {
                SQLite::Statement count(database, sqliteCount(query));
                bindFilter(count, query);
                count.executeStep();
                match.rows = count.getColumn(0).getInt64();
            } else {
                SQLite::Statement ids(database, sqliteIds(query, kMostListedRows + 1));
                bindFilter(ids, query);
                while (ids.executeStep()) match.ids.push_back(ids.getColumn(0).getInt64());
                match.cut = static_cast<std::int64_t>(match.ids.size()) > kMostListedRows;
                if (match.cut) match.ids.pop_back();
                match.rows = static_cast<std::int64_t>(match.ids.size());
            }
            if (query.sortColumn >= 0) readEnds(database, match);
            return match;
        });
}

Result<std::vector<SqliteRow>> readRows(const SqliteMatch& match, std::int64_t first, std::int64_t count,
                                        CancelFlag cancel) {
    using Rows = std::vector<SqliteRow>;
    first = std::clamp<std::int64_t>(first, 0, match.rows);
    count = std::clamp<std::int64_t>(count, 0, match.rows - first);
    return readingSqlite<Rows>(match.query.path, cancel, [&](SQLite::Database& database) -> Result<Rows> {
        Rows rows;
        rows.reserve(static_cast<std::size_t>(count));
        const SQLite::Transaction moment(database);
        if (match.query.table.rowId.empty()) {
            SQLite::Statement page(database, sqlitePage(match.query, first, count));
            bindFilter(page, match.query);
            while (page.executeStep()) rows.push_back(rowOf(page, match.query.table));
            rows.resize(static_cast<std::size_t>(count));
            return rows;
        }
        SQLite::Statement one(database, sqliteRowById(match.query));
        for (std::int64_t row = first; row < first + count; ++row) {
            one.bind(1, match.ids[static_cast<std::size_t>(row)]);
            rows.push_back(one.executeStep() ? rowOf(one, match.query.table) : SqliteRow{});
            one.reset();
        }
        return rows;
    });
}

}  // namespace rw
