#include "core/connect/sqlite/text_table.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <charconv>

#include "core/connect/sqlite/file.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr int kWaitForTextTable = 2'000;  // milliseconds: nobody else knows of the file

/// The bytes of the literal X'00FF'; nothing: it is none.
std::optional<std::string> bytesOfLiteral(std::string_view text) {
    const bool quoted =
        text.size() >= 3 && (text[0] == 'X' || text[0] == 'x') && text[1] == '\'' && text.back() == '\'';
    if (!quoted || text.size() % 2 == 0) return std::nullopt;
    text = text.substr(2, text.size() - 3);
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        unsigned char byte = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, byte, 16);
        if (error != std::errc() || end != text.data() + i + 2) return std::nullopt;
        bytes.push_back(static_cast<char>(byte));
    }
    return bytes;
}

class MadeTable final : public TextTable {
 public:
    MadeTable(const std::string& path, const std::string& name, const std::vector<SqliteColumn>& columns)
        : m_path(path),
          m_columns(columns),
          m_database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kWaitForTextTable) {
        m_database.exec("PRAGMA journal_mode = OFF");
        m_database.exec("PRAGMA synchronous = OFF");
        std::vector<std::string> declared, places;
        for (const SqliteColumn& column : columns) {
            m_affinities.emplace_back(sqliteAffinity(column.type));
            declared.push_back(sqliteName(column.name) + ' ' + m_affinities.back());
            places.emplace_back("?");
        }
        m_database.exec(fmt::format("CREATE TABLE {} ({})", sqliteName(name), fmt::join(declared, ", ")));
        m_database.exec("BEGIN");
        m_insert.emplace(
            m_database, fmt::format("INSERT INTO {} VALUES ({})", sqliteName(name), fmt::join(places, ", ")));
    }

    Status add(const std::vector<std::optional<std::string>>& cells) override {
        try {
            for (std::size_t i = 0; i < m_columns.size(); ++i) bind(static_cast<int>(i) + 1, i, cells[i]);
            m_insert->exec();
            m_insert->reset();
            return {};
        } catch (const SQLite::Exception& failure) {
            return sqliteError(failure, m_path, kWaitForTextTable);
        }
    }

    Status finish() override {
        try {
            m_insert.reset();
            m_database.exec("COMMIT");
            return {};
        } catch (const SQLite::Exception& failure) {
            return sqliteError(failure, m_path, kWaitForTextTable);
        }
    }

 private:
    void bind(int parameter, std::size_t column, const std::optional<std::string>& cell) {
        if (!cell) return m_insert->bind(parameter);
        if (m_columns[column].values == TypeId::Boolean) {
            if (foldedName(*cell) == "true") return m_insert->bind(parameter, 1);
            if (foldedName(*cell) == "false") return m_insert->bind(parameter, 0);
        }
        if (m_affinities[column] == "BLOB") {
            if (const auto bytes = bytesOfLiteral(*cell))
                return m_insert->bind(parameter, bytes->data(), static_cast<int>(bytes->size()));
        }
        if (m_affinities[column] == "REAL") {
            if (const auto number = parseDouble(*cell)) return m_insert->bind(parameter, *number);
        }
        m_insert->bind(parameter, *cell);
    }

    const std::string m_path;
    const std::vector<SqliteColumn> m_columns;
    std::vector<std::string> m_affinities{};
    SQLite::Database m_database;
    std::optional<SQLite::Statement> m_insert{};
};

}  // namespace

Result<std::unique_ptr<TextTable>> TextTable::make(const std::string& path, const std::string& name,
                                                   const std::vector<SqliteColumn>& columns) {
    try {
        return std::unique_ptr<TextTable>(std::make_unique<MadeTable>(path, name, columns));
    } catch (const SQLite::Exception& failure) {
        return sqliteError(failure, path, kWaitForTextTable);
    }
}

}  // namespace rw
