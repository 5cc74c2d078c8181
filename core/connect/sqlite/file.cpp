#include "core/connect/sqlite/file.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/look.h"
#include "core/connect/sqlite/values.h"
#include "core/data/visit_type.h"
#include "core/pipeline/file_identity.h"

namespace rw {

namespace {

constexpr std::string_view kNoTable = "no such table: ";

std::string listed(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

bool sameKey(std::vector<std::string> a, std::vector<std::string> b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const std::string& name) {
               return std::any_of(b.begin(), b.end(),
                                  [&](const std::string& other) { return sameSqliteName(name, other); });
           });
}

/// “no such table: _rill_…”; staged tables hold rows, and are not meant.
bool lacksOwnTable(const SQLite::Exception& error) {
    const std::string_view message(error.what());
    const auto at = message.find(kNoTable);
    if (at == std::string_view::npos) return false;
    std::string_view name = message.substr(at + kNoTable.size());
    if (name.starts_with("main.")) name.remove_prefix(5);
    return isOwnTable(name) && stagedTable(name).empty();
}

Text chooseAnother() {
    return RW_TEXT("sqlite", "Choose another file.");
}

}  // namespace

bool sameSqliteName(const std::string& a, const std::string& b) {
    return sameAsciiWord(a, b);
}

std::string_view sqliteAffinity(const std::string& declared) {
    const auto holds = [&](const char* word) { return holdsAsciiWord(declared, word); };
    if (holds("INT")) return "INTEGER";
    if (holds("CHAR") || holds("CLOB") || holds("TEXT")) return "TEXT";
    if (holds("REAL") || holds("FLOA") || holds("DOUB")) return "REAL";
    return declared.empty() || holds("BLOB") ? "BLOB" : "NUMERIC";
}

std::string sqliteName(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string_view stagedTable(std::string_view name) {
    const std::string_view head = name.substr(0, kSqliteStaging.size());
    return foldedName(head) == kSqliteStaging ? name.substr(kSqliteStaging.size()) : std::string_view();
}

bool isOwnTable(std::string_view name) {
    return foldedName(name.substr(0, kSqliteOwn.size())) == kSqliteOwn;
}

std::string claimedPart(std::string_view table) {
    return "table " + foldedName(table);
}

std::string foldedName(std::string_view name) {
    return inAsciiSmall(name);
}

std::string_view sqliteType(Type type) {
    using Storage = std::string_view;
    return visitType(
        type.id,
        Overloaded{[](AnyOf<types::Boolean, types::Int, types::Bigint> auto) { return Storage("INTEGER"); },
                   [](types::Double) { return Storage("REAL"); },
                   [](types::Bytes) { return Storage("BLOB"); },
                   [](AnyOf<types::Decimal, types::String, types::Date, types::Timestamp, types::Null,
                            types::IntervalDay, types::IntervalMonth> auto) { return Storage("TEXT"); }});
}

Status sqliteError(const SQLite::Exception& error, const std::string& path, int waitedMillis) {
    switch (error.getErrorCode() & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::Locked,
                    RW_TEXT("sqlite", "Another program keeps “%1” locked; waited %2.")
                        .with(path, durationText(waitedMillis / 1000 * 1000)),
                    RW_TEXT("sqlite", "Close the other program's transaction, or choose another file.")};
        case SQLITE_FULL:
            return {ErrorCode::Io,
                    RW_TEXT("sqlite", "The disk is full; “%1” keeps what was committed before.").with(path),
                    RW_TEXT("sqlite", "Free some space, or choose a file on another disk.")};
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {ErrorCode::Io, RW_TEXT("sqlite", "“%1” can't be written: it is read-only.").with(path),
                    RW_TEXT("sqlite", "Allow writing to the file and its folder, or choose another file.")};
        case SQLITE_CANTOPEN:
            return {ErrorCode::Io, RW_TEXT("sqlite", "“%1” can't be opened.").with(path),
                    RW_TEXT("sqlite", "Look whether its folder exists and may be written.")};
        case SQLITE_NOTADB:
            return {ErrorCode::Refused, RW_TEXT("sqlite", "“%1” is not an SQLite database.").with(path),
                    chooseAnother()};
        case SQLITE_CORRUPT:
            return {ErrorCode::Refused,
                    RW_TEXT("sqlite", "“%1” is damaged: %2.").with(path, error.getErrorStr()),
                    chooseAnother()};
        case SQLITE_NOMEM:
            return outOfMemory();
        case SQLITE_ERROR:  // also SQL errors about tables: no such one, no such column
            if (lacksOwnTable(error)) {
                return {ErrorCode::Invalid,
                        RW_TEXT("sqlite",
                                "A table that checkpoints need was removed from “%1” by another program: %2.")
                            .with(path, error.what()),
                        RW_TEXT("sqlite",
                                "Put the file back as it was, or start the run anew. Tables called _rill_… "
                                "are the runs' own.")};
            }
            return {ErrorCode::Io,
                    RW_TEXT("sqlite", "“%1” can't be read or written: %2.").with(path, error.what()),
                    RW_TEXT("sqlite",
                            "Look whether another program changed its tables, or choose another file.")};
        default:
            return {ErrorCode::Io,
                    RW_TEXT("sqlite", "“%1” can't be read or written: %2.").with(path, error.what()),
                    RW_TEXT("sqlite", "Look whether its disk is full or at fault, or choose another file.")};
    }
}

bool diskFailed(SQLite::Database& database) {
    for (const int which : {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER}) {
        sqlite3_file* file = nullptr;
        (void)sqlite3_file_control(database.getHandle(), "main", which, &file);
        if (file == nullptr || file->pMethods == nullptr) continue;
        int why = 0;
        (void)file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &why);
        if (why == EIO || why == ENXIO || why == ERANGE) return true;
    }
    return false;
}

Status sqliteError(const SQLite::Exception& error, SQLite::Database& database, const std::string& path,
                   int waitedMillis) {
    if ((error.getErrorCode() & 0xff) != SQLITE_CORRUPT || !diskFailed(database))
        return sqliteError(error, path, waitedMillis);
    return {ErrorCode::Io, RW_TEXT("sqlite", "“%1” could not be read: its disk failed.").with(path),
            RW_TEXT("sqlite", "Check the disk, then try again.")};
}

std::string rowIdName(const std::vector<SqliteColumn>& columns) {
    for (const char* name : {"rowid", "_rowid_", "oid"}) {
        const auto isIt = [&](const SqliteColumn& column) { return sameSqliteName(column.name, name); };
        if (std::none_of(columns.begin(), columns.end(), isIt)) return name;
    }
    return {};
}

SqliteTable describeTable(SQLite::Database& database, const std::string& table) {
    SqliteTable found;
    SQLite::Statement kind(
        database,
        "SELECT type FROM sqlite_master WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')");
    kind.bind(1, table);
    if (!kind.executeStep()) return found;
    found.exists = true;
    found.view = kind.getColumn(0).getString() == "view";
    SQLite::Statement columns(database,
                              "SELECT name, type, pk, \"notnull\" AND dflt_value IS NULL FROM "
                              "pragma_table_info(?) ORDER BY cid");
    columns.bind(1, table);
    std::vector<std::string> primary;
    std::string primaryType;
    while (columns.executeStep()) {
        const std::string type = columns.getColumn(1).getString();
        found.columns.push_back({columns.getColumn(0).getString(), type, declaredValues(type),
                                 columns.getColumn(3).getInt() != 0});
        if (columns.getColumn(2).getInt() == 0) continue;
        primary.push_back(found.columns.back().name);
        primaryType = found.columns.back().type;
    }
    // A key of any other type, or with DESC or WITHOUT ROWID, has an index of its own.
    found.keyIsRowId = primary.size() == 1 && sameAsciiWord(primaryType, "INTEGER");
    if (!primary.empty()) found.uniqueKeys.push_back(std::move(primary));
    SQLite::Statement indexes(
        database, "SELECT name, origin FROM pragma_index_list(?) WHERE \"unique\" AND NOT partial");
    indexes.bind(1, table);
    while (indexes.executeStep()) {
        if (indexes.getColumn(1).getString() == "pk") found.keyIsRowId = false;
        SQLite::Statement parts(database, "SELECT name FROM pragma_index_info(?)");
        parts.bind(1, indexes.getColumn(0).getString());
        std::vector<std::string> key;
        while (parts.executeStep()) key.push_back(parts.getColumn(0).getString());
        found.uniqueKeys.push_back(std::move(key));
    }
    // A stranger's table may have the name without the column.
    SQLite::Statement known(database, "SELECT 1 FROM pragma_table_info('_rill_sinks') WHERE name = 'target'");
    if (!known.executeStep()) return found;
    SQLite::Statement sinks(database, "SELECT 1 FROM _rill_sinks WHERE target = ?");
    sinks.bind(1, foldedName(table));
    found.ofRun = sinks.executeStep();
    return found;
}

Result<SqliteTable> describeTable(const std::string& path, const std::string& table) {
    std::error_code error;
    // Reading from a pipe would wait until a program writes into it.
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) == 0)
        return SqliteTable{};
    try {
        SQLite::Database database(sqliteLookUri(path), kSqliteLook);
        return describeTable(database, table);
    } catch (const SQLite::Exception& failure) {
        return sqliteError(failure, path);
    }
}

SqliteTable widened(SqliteTable table, const Schema& schema) {
    const auto has = [](const auto& columns, const std::string& wanted) {
        return std::any_of(columns.begin(), columns.end(),
                           [&wanted](const auto& column) { return sameSqliteName(column.name, wanted); });
    };
    std::erase_if(table.columns, [&](const SqliteColumn& column) {
        return !column.needed && !has(schema.fields, column.name);
    });
    for (const Field& field : schema.fields) {
        if (has(table.columns, field.name)) continue;
        const std::string declared = sqliteDeclaration(field.type);
        table.columns.push_back({field.name, declared, declaredValues(declared)});
    }
    return table;
}

Status fits(const SqliteTable& table, const std::string& name, const Schema& schema,
            const std::vector<std::string>& key) {
    if (!table.exists) return {};
    if (table.view) {
        return {ErrorCode::Invalid,
                RW_TEXT("sqlite", "“%1” is a view; rows can't be written into it.").with(name),
                RW_TEXT("sqlite", "Choose another table name.")};
    }
    std::vector<std::string> missing, surplus;
    for (const Field& field : schema.fields) {
        const auto column =
            std::find_if(table.columns.begin(), table.columns.end(),
                         [&](const SqliteColumn& each) { return sameSqliteName(each.name, field.name); });
        if (column == table.columns.end()) {
            missing.push_back(field.name);
        } else if (sqliteAffinity(column->type) != sqliteType(field.type)) {
            return {
                ErrorCode::Invalid,
                column->type.empty()
                    ? RW_TEXT("sqlite", "Column “%1” of table “%2” has no type; the rows hold %3 there.")
                          .with(field.name, name, toString(field.type))
                    : RW_TEXT("sqlite", "Column “%1” of table “%2” is declared %3; the rows hold %4 there.")
                          .with(field.name, name, column->type, toString(field.type)),
                RW_TEXT("sqlite", "Choose another table name, or set the mode to replace.")};
        }
    }
    for (const SqliteColumn& column : table.columns) {
        const bool known = std::any_of(schema.fields.begin(), schema.fields.end(), [&](const Field& field) {
            return sameSqliteName(field.name, column.name);
        });
        if (!known) surplus.push_back(column.name);
    }
    if (!missing.empty() || !surplus.empty()) {
        Text message = missing.empty()
                           ? RW_TEXT("sqlite", "Table “%1” has columns that the rows lack: %2.")
                                 .with(name, listed(surplus))
                           : RW_TEXT("sqlite", "Table “%1” lacks columns: %2.").with(name, listed(missing));
        return {ErrorCode::Invalid, std::move(message),
                RW_TEXT("sqlite", "Choose another table name, or set the mode to replace.")};
    }
    const bool unique = key.empty() || std::any_of(table.uniqueKeys.begin(), table.uniqueKeys.end(),
                                                   [&](const auto& each) { return sameKey(each, key); });
    if (unique) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite", "Table “%1” has no primary key or unique index on %2.").with(name, listed(key)),
            RW_TEXT("sqlite", "Choose another table name, or make such an index.")};
}

Status checkSqlitePath(const OutputFiles& files, const std::string& path, const std::string& home) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(path).parent_path().lexically_normal();
    const fs::path homely = fs::path(home).lexically_normal();
    if (!folder.empty() && folder != homely && folder != homely / "") {
        const Result<FileState> there = files.state(folder.native());
        if (!there.ok() || there->kind != FileState::Kind::Folder) {
            return {ErrorCode::NotFound,
                    RW_TEXT("sqlite", "There is no folder “%1”.").with(fs::path(path).parent_path().native()),
                    RW_TEXT("sqlite", "Make it, or choose another file.")};
        }
    }
    const Result<FileState> found = files.state(path);
    if (!found.ok()) return {};
    if (found->kind == FileState::Kind::Folder) {
        return {ErrorCode::Invalid, RW_TEXT("sqlite", "“%1” is a folder, not a file.").with(path),
                chooseAnother()};
    }
    if (found->kind == FileState::Kind::Other) {
        return {ErrorCode::Invalid, RW_TEXT("sqlite", "“%1” is a pipe or a device, not a file.").with(path),
                chooseAnother()};
    }
    if (!files.mayWrite(path, path).ok()) {
        return {ErrorCode::Io, RW_TEXT("sqlite", "“%1” can't be written: it is read-only.").with(path),
                RW_TEXT("sqlite", "Allow writing to the file and its folder, or choose another file.")};
    }
    return {};
}

Status checkSqliteFile(const std::string& path, const std::string& home) {
    RW_TRY(checkSqlitePath(*systemOutputFiles(), path, home));
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error || size == 0 || ::access(path.c_str(), R_OK) != 0 || isDatabase(path)) return {};
    return {ErrorCode::Refused, RW_TEXT("sqlite", "“%1” is not an SQLite database.").with(path),
            chooseAnother()};
}

}  // namespace rw
