#include "core/connect/sqlite/displaced_rows.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "core/connect/sqlite/file.h"

namespace rw {

namespace {

constexpr const char* kBytewise = "BINARY";
constexpr int kComputed = -1;

struct IndexPart {
    int column = kComputed;  ///< of the schema; kComputed: SQLite makes the value itself
    std::string collation = kBytewise;
};

struct UniqueIndex {
    std::string name;
    bool partial = false;
    std::vector<IndexPart> parts{};
};

/// Columns that the rows lack can only be computed ones: fits() lets no others pass.
int columnCalled(const Schema& schema, const std::string& name) {
    for (std::size_t i = 0; i < schema.size(); ++i)
        if (sameSqliteName(schema.fields[i].name, name)) return static_cast<int>(i);
    return kComputed;
}

const std::string& nameOf(const Schema& schema, int column) {
    return schema.fields[static_cast<std::size_t>(column)].name;
}

/// How a table compares the texts of a column.
std::string collationOf(SQLite::Database& database, const std::string& table, const std::string& column) {
    const char* collation = nullptr;
    const int found =
        sqlite3_table_column_metadata(database.getHandle(), "main", table.c_str(), column.c_str(), nullptr,
                                      &collation, nullptr, nullptr, nullptr);
    return found == SQLITE_OK && collation != nullptr ? collation : kBytewise;
}

std::vector<UniqueIndex> uniqueIndexesOf(SQLite::Database& database, const std::string& table,
                                         const Schema& schema) {
    std::vector<UniqueIndex> indexes;
    // The row id is a key without an index.
    if (const SqliteTable found = describeTable(database, table); found.keyIsRowId) {
        const std::string& name = found.uniqueKeys.front().front();
        indexes.push_back({name, false, {IndexPart{columnCalled(schema, name)}}});
    }
    SQLite::Statement list(database, "SELECT name, partial FROM pragma_index_list(?) WHERE \"unique\"");
    list.bind(1, table);
    while (list.executeStep()) {
        UniqueIndex index{list.getColumn(0).getString(), list.getColumn(1).getInt() != 0};
        SQLite::Statement parts(database, "SELECT cid, name, coll FROM pragma_index_xinfo(?) WHERE \"key\"");
        parts.bind(1, index.name);
        while (parts.executeStep()) {
            const bool expression = parts.getColumn(0).getInt() < 0;
            index.parts.push_back(
                {expression ? kComputed : columnCalled(schema, parts.getColumn(1).getString()),
                 parts.getColumn(2).getString()});
        }
        indexes.push_back(std::move(index));
    }
    return indexes;
}

bool isOver(const UniqueIndex& index, const std::vector<int>& key) {
    return index.parts.size() == key.size() &&
           std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
               return std::find(key.begin(), key.end(), part.column) != key.end();
           });
}

/// It takes no two rows for the same whose keys are different.
bool coversKey(const UniqueIndex& index, const std::vector<int>& key) {
    return std::all_of(key.begin(), key.end(), [&](int column) {
        return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
            return part.column == column && sameSqliteName(part.collation, kBytewise);
        });
    });
}

Text untoldBy(const UniqueIndex& index, const std::string& table) {
    if (index.partial) {
        return RW_TEXT("sqlite", "Unique index “%1” of table “%2” counts only some of its rows.")
            .with(index.name, table);
    }
    const bool computed = std::any_of(index.parts.begin(), index.parts.end(),
                                      [](const IndexPart& part) { return part.column == kComputed; });
    if (!computed) return {};
    return RW_TEXT("sqlite", "Unique index “%1” of table “%2” is over values that SQLite computes.")
        .with(index.name, table);
}

/// OR REPLACE puts the default of such a column in the place of NULL, and goes by that.
Text untoldByDefault(SQLite::Database& database, const std::string& table, const Schema& schema,
                     const std::vector<int>& columns) {
    SQLite::Statement query(
        database,
        "SELECT name FROM pragma_table_info(?) WHERE \"notnull\" AND dflt_value IS NOT NULL ORDER BY cid");
    query.bind(1, table);
    while (query.executeStep()) {
        const std::string name = query.getColumn(0).getString();
        if (std::find(columns.begin(), columns.end(), columnCalled(schema, name)) == columns.end()) continue;
        return RW_TEXT("sqlite",
                       "Column “%1” of table “%2”, which a unique index is over, turns NULL into its "
                       "default.")
            .with(name, table);
    }
    return {};
}

bool isInName(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           static_cast<unsigned char>(c) > 127;
}

bool namesTable(const std::string& statement, const std::string& table) {
    const std::string text = foldedName(statement), name = foldedName(table);
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if ((at == 0 || !isInName(text[at - 1])) && (end == text.size() || !isInName(text[end]))) return true;
    }
    return false;
}

/// One on another table counts as well where its statement has the name of this one: its effects on this
/// table can't be seen from outside, and a sink of the run may write that other table.
Text untoldByTrigger(SQLite::Database& database, const std::string& table) {
    SQLite::Statement triggers(
        database, "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name");
    while (triggers.executeStep()) {
        if (!sameSqliteName(triggers.getColumn(1).getString(), table) &&
            !namesTable(triggers.getColumn(2).getString(), table))
            continue;
        return RW_TEXT("sqlite", "Trigger “%1” may change rows of table “%2” by itself.")
            .with(triggers.getColumn(0).getString(), table);
    }
    return {};
}

/// True of the rows that the index takes for the same as the one that comes. `nullsToo`: NULLs are equal, as
/// for deletes by key.
std::string sameByIndex(const UniqueIndex& index, const Schema& schema, bool nullsToo,
                        std::vector<int>& columns) {
    std::string condition;
    for (const IndexPart& part : index.parts) {
        auto at = std::find(columns.begin(), columns.end(), part.column);
        if (at == columns.end()) at = columns.insert(at, part.column);
        condition += fmt::format("{}{} COLLATE {} {} ?{}", condition.empty() ? "" : " AND ",
                                 sqliteName(nameOf(schema, part.column)), sqliteName(part.collation),
                                 nullsToo ? "IS" : "=", at - columns.begin() + 2);
    }
    return '(' + condition + ')';
}

/// The same of the key, as the columns compare.
std::string sameByColumns(const Schema& schema, const std::vector<int>& key) {
    std::string condition;
    for (std::size_t i = 0; i < key.size(); ++i)
        condition +=
            fmt::format("{}{} IS ?{}", i == 0 ? "" : " AND ", sqliteName(nameOf(schema, key[i])), i + 2);
    return '(' + condition + ')';
}

}  // namespace

DisplacedRows displacedRows(SQLite::Database& database, const std::string& table, const Schema& schema,
                            const std::vector<int>& key) {
    DisplacedRows rows;
    rows.untold = untoldByTrigger(database, table);
    if (key.empty() || !rows.untold.empty()) return rows;
    rows.columns = key;
    rows.keyCollations.assign(key.size(), kBytewise);
    // A row that is removed by its key is removed as its columns compare.
    const bool otherwise = std::any_of(key.begin(), key.end(), [&](int column) {
        return !sameSqliteName(collationOf(database, table, nameOf(schema, column)), kBytewise);
    });
    rows.byKeyAlone = !otherwise;
    bool byColumns = otherwise;
    std::vector<std::string> ways;
    for (const UniqueIndex& index : uniqueIndexesOf(database, table, schema)) {
        const bool ofKey = !index.partial && isOver(index, key);
        for (std::size_t i = 0; ofKey && i < key.size(); ++i) {
            const auto part = std::find_if(index.parts.begin(), index.parts.end(),
                                           [&](const IndexPart& each) { return each.column == key[i]; });
            if (part != index.parts.end()) rows.keyCollations[i] = part->collation;
        }
        if (coversKey(index, key)) {
            byColumns = true;
            continue;
        }
        rows.byKeyAlone = false;
        rows.untold = untoldBy(index, table);
        if (!rows.untold.empty()) return rows;
        ways.push_back(sameByIndex(index, schema, ofKey, rows.columns));
    }
    // Not where only an index of another collation could find them: it finds these and more.
    if (byColumns || ways.empty()) ways.push_back(sameByColumns(schema, key));
    rows.condition = fmt::format("{}", fmt::join(ways, " OR "));
    rows.untold = untoldByDefault(database, table, schema, rows.columns);
    return rows;
}

}  // namespace rw
