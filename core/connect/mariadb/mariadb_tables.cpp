// What information_schema says of the tables.
#include <cstdlib>
#include <utility>

#include "core/connect/mariadb/mariadb_client.h"
#include "core/connect/mariadb/mariadb_types.h"

namespace rw {

namespace {

constexpr const char* kMariadbTable =
    "SELECT table_schema, table_name, table_type FROM information_schema.tables "
    "WHERE table_schema = ? AND table_name = ?";

constexpr const char* kMariadbColumns =
    "SELECT column_name, column_type, data_type, numeric_precision, numeric_scale, is_nullable, "
    "column_default, extra FROM information_schema.columns WHERE table_schema = ? AND table_name = ? "
    "ORDER BY ordinal_position";

constexpr const char* kMariadbUniqueKeys =
    "SELECT index_name, column_name, sub_part FROM information_schema.statistics "
    "WHERE table_schema = ? AND table_name = ? AND non_unique = 0 "
    "ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index";

/// Those that this program keeps for itself begin with “_rill_”.
constexpr const char* kMariadbTables =
    "SELECT table_schema, table_name, table_type, table_rows, data_length + index_length "
    "FROM information_schema.tables WHERE table_type IN ('BASE TABLE', 'VIEW') "
    "AND table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') "
    "AND table_name NOT LIKE '\\\\_rill\\\\_%' ORDER BY table_schema, table_name";

std::int64_t countIn(const DatabaseValue& value) {
    return value ? std::strtoll(value->c_str(), nullptr, 10) : -1;
}

bool has(const DatabaseValue& value, std::string_view word) {
    return value && value->find(word) != std::string::npos;
}

DatabaseColumn describedColumn(const std::vector<DatabaseValue>& row) {
    DatabaseColumn column;
    column.name = row[0].value_or("");
    column.declared = row[1].value_or("");
    column.type = mariadbType({row[2].value_or(""), column.declared, static_cast<int>(countIn(row[3])),
                               static_cast<int>(countIn(row[4]))});
    column.nullable = row[5] == "YES";
    column.isGenerated = has(row[7], "GENERATED") && !has(row[7], "DEFAULT_GENERATED");
    // MariaDB writes the word where a column is NULL without one; MySQL leaves it out.
    column.hasDefault = (row[6].has_value() && row[6] != "NULL") || has(row[7], "auto_increment");
    return column;
}

}  // namespace

Result<DatabaseTable> MariadbClient::describe(const TableName& name) {
    const std::string schema = name.schema.empty() ? m_connection.field("database") : name.schema;
    const std::vector<DatabaseValue> place{schema, name.table};
    RW_TRY_ASSIGN(const DatabaseRows found, query(kMariadbTable, place));
    if (found.rows.empty()) {
        return Status(
            ErrorCode::NotFound,
            RW_TEXT("databases", "There is no table “%1” in the database at %2, or the user may not see it.")
                .with(toString(name), address()),
            RW_TEXT("databases", "Check its name, or have it created."));
    }
    DatabaseTable table;
    table.name = {found.rows.front()[0].value_or(""), found.rows.front()[1].value_or("")};
    table.isView = has(found.rows.front()[2], "VIEW");
    RW_TRY_ASSIGN(const DatabaseRows columns, query(kMariadbColumns, place));
    for (const std::vector<DatabaseValue>& row : columns.rows) table.columns.push_back(describedColumn(row));
    RW_TRY_ASSIGN(const DatabaseRows keys, query(kMariadbUniqueKeys, place));
    std::vector<std::string> whole;  // indexes of the beginnings of values, or of expressions, are none
    DatabaseValue index;
    bool usable = true;
    const auto take = [&] {
        if (usable && !whole.empty()) table.uniqueKeys.push_back(whole);
        if (usable && index == "PRIMARY") table.primaryKey = whole;
        whole.clear();
        usable = true;
    };
    for (const std::vector<DatabaseValue>& row : keys.rows) {
        if (index != row[0]) take();
        index = row[0];
        usable = usable && row[1].has_value() && !row[2].has_value();
        whole.push_back(row[1].value_or(""));
    }
    take();
    return table;
}

Result<std::vector<DatabaseTableSize>> MariadbClient::tables() {
    RW_TRY_ASSIGN(const DatabaseRows found, query(kMariadbTables));
    std::vector<DatabaseTableSize> sizes;
    for (const std::vector<DatabaseValue>& row : found.rows) {
        DatabaseTableSize& size = sizes.emplace_back();
        size.name = {row[0].value_or(""), row[1].value_or("")};
        size.isView = row[2] == "VIEW";
        size.rows = countIn(row[3]);
        size.bytes = countIn(row[4]);
    }
    return sizes;
}

Result<std::vector<DatabaseColumn>> MariadbClient::columnsOf(const std::string& text) {
    if (!isConnected()) return failed();
    RW_TRY(finish());
    struct Closer {
        void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
    };
    const std::unique_ptr<MYSQL_STMT, Closer> statement(mysql_stmt_init(m_session.get()));
    if (!statement) return outOfMemory();
    int error = 0;
    const int status = mysql_stmt_prepare_start(&error, statement.get(), text.data(),
                                                static_cast<unsigned long>(text.size()));
    const auto goOn = [&](int ready) { return mysql_stmt_prepare_cont(&error, statement.get(), ready); };
    RW_TRY(carryOut(status, until(), goOn));
    if (error != 0) {
        const MariadbFault fault{mysql_stmt_errno(statement.get()), mysql_stmt_error(statement.get())};
        return mariadbStatus(fault, place());
    }
    std::vector<DatabaseColumn> columns;
    MYSQL_RES* const described = mysql_stmt_result_metadata(statement.get());
    if (described == nullptr) return columns;
    const MYSQL_FIELD* const fields = mysql_fetch_fields(described);
    for (unsigned i = 0; i < mysql_num_fields(described); ++i) columns.push_back(mariadbColumn(fields[i]));
    mysql_free_result(described);
    return columns;
}

std::string MariadbClient::declaration(Type type, bool inKey) const {
    return mariadbDeclaration(type, inKey, version().starts_with("MySQL"));
}

}  // namespace rw
