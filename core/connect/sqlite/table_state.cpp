#include "core/connect/sqlite/table_state.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <xxhash.h>

#include <filesystem>

#include "core/connect/sqlite/file.h"

namespace rw {

namespace {

constexpr int kComparedRows = 200'000;
constexpr int kLockedMillis = 500;

std::uint64_t hashOfCell(const SQLite::Column& cell, std::uint64_t before) {
    const int type = cell.getType();
    before = XXH3_64bits_withSeed(&type, sizeof type, before);
    if (cell.isInteger()) {
        const std::int64_t number = cell.getInt64();
        return XXH3_64bits_withSeed(&number, sizeof number, before);
    }
    if (cell.isFloat()) {
        const double number = cell.getDouble();
        return XXH3_64bits_withSeed(&number, sizeof number, before);
    }
    const void* bytes = cell.getBlob();  // before its size, which may change with it
    const int size = cell.getBytes();
    before = XXH3_64bits_withSeed(&size, sizeof size, before);
    return size > 0 ? XXH3_64bits_withSeed(bytes, static_cast<std::size_t>(size), before) : before;
}

std::uint64_t hashOfRows(SQLite::Database& database, const std::string& name) {
    SQLite::Statement rows(database, fmt::format("SELECT * FROM {} LIMIT {}", name, kComparedRows));
    std::uint64_t hash = 0;
    while (rows.executeStep()) {
        for (int column = 0; column < rows.getColumnCount(); ++column)
            hash = hashOfCell(rows.getColumn(column), hash);
    }
    return hash;
}

std::optional<std::string> stateIn(SQLite::Database& database, const std::string& table) {
    SQLite::Statement made(database,
                           "SELECT sql, type = 'view' FROM sqlite_master WHERE name = ? COLLATE NOCASE AND type IN "
                           "('table', 'view')");
    made.bind(1, table);
    if (!made.executeStep()) return std::nullopt;
    const std::string sql = made.getColumn(0).getString(), name = sqliteName(table);
    const std::uint64_t declared = XXH3_64bits(sql.data(), sql.size());
    if (made.getColumn(1).getInt() != 0) return fmt::format("view {:x}", declared);  // its rows are others'
    SQLite::Statement count(database, "SELECT COUNT(*) FROM " + name);
    count.executeStep();
    return fmt::format("table {:x} {} {:x}", declared, count.getColumn(0).getInt64(), hashOfRows(database, name));
}

}  // namespace

std::optional<std::string> sqliteTableState(const std::string& path, const std::string& table) {
    std::error_code error;
    // A pipe would be waited for until somebody writes into it.
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) == 0)
        return std::nullopt;
    try {
        SQLite::Database database(path, SQLite::OPEN_READONLY, kLockedMillis);
        return stateIn(database, table);
    } catch (const SQLite::Exception&) {
        return std::string();
    }
}

}  // namespace rw
