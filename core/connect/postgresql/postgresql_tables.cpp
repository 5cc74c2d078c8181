// What the catalogue of the server says of its tables.
#include <cstdlib>
#include <utility>

#include "core/connect/postgresql/postgresql_client.h"
#include "core/connect/postgresql/postgresql_types.h"

namespace rw {

namespace {

constexpr const char* kTableOf =
    "SELECT c.oid, n.nspname, c.relname, c.relkind IN ('v', 'm') "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.oid = pg_catalog.to_regclass($1)";

constexpr const char* kColumnsOf =
    "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), "
    "CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END, "
    "CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END, "
    "a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> '' OR a.attidentity = 'a' "
    "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
    "WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

constexpr const char* kUniqueKeysOf =
    "SELECT i.indexrelid, i.indisprimary, a.attname FROM pg_catalog.pg_index i "
    "CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) "
    "JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number "
    "WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL "
    "AND i.indexprs IS NULL AND k.place <= i.indnkeyatts ORDER BY i.indisprimary DESC, i.indexrelid, k.place";

/// Those that this program keeps for itself begin with “_rill_”.
constexpr const char* kTables =
    "SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), "
    "CASE WHEN c.relkind = 'v' OR c.reltuples < 0 THEN -1 ELSE c.reltuples::bigint END, "
    "CASE WHEN c.relkind IN ('v', 'f') THEN -1 WHEN c.relkind = 'p' THEN "
    "(SELECT coalesce(sum(pg_catalog.pg_total_relation_size(p.relid)), 0)::bigint "
    "FROM pg_catalog.pg_partition_tree(c.oid) p WHERE p.isleaf) "
    "ELSE pg_catalog.pg_total_relation_size(c.oid) END "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition "
    "AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' "
    "AND c.relname NOT LIKE '\\_rill\\_%' AND pg_catalog.has_table_privilege(c.oid, 'SELECT') "
    "ORDER BY n.nspname, c.relname";

bool isTrue(const DatabaseValue& value) {
    return value == "t";
}

std::int64_t numberIn(const DatabaseValue& value) {
    return value ? std::strtoll(value->c_str(), nullptr, 10) : -1;
}

DatabaseColumn columnOf(std::string name, std::string declared, std::uint32_t wireType, int modifier) {
    DatabaseColumn column;
    column.name = std::move(name);
    column.declared = std::move(declared);
    column.wireType = wireType;
    const ReadableType readable = postgresqlReadable(wireType, modifier);
    column.type = readable.type;
    column.asText = readable.asText;
    return column;
}

}  // namespace

Result<DatabaseTable> PostgresqlClient::describe(const TableName& name) {
    RW_TRY_ASSIGN(const DatabaseRows found, query(kTableOf, {quoted(name)}));
    if (found.rows.empty()) {
        return Status(
            ErrorCode::NotFound,
            RW_TEXT("databases", "There is no table “%1” in the database at %2, or the user may not see it.")
                .with(toString(name), address()),
            RW_TEXT("databases", "Check its name, or have it created."));
    }
    const std::vector<DatabaseValue>& row = found.rows.front();
    DatabaseTable table;
    const DatabaseValue number = row[0];
    table.name = {row[1].value_or(""), row[2].value_or("")};
    table.isView = isTrue(row[3]);
    RW_TRY_ASSIGN(const DatabaseRows columns, query(kColumnsOf, {number}));
    for (const std::vector<DatabaseValue>& each : columns.rows) {
        DatabaseColumn& column = table.columns.emplace_back(
            columnOf(each[0].value_or(""), each[1].value_or(""),
                     static_cast<std::uint32_t>(numberIn(each[2])), static_cast<int>(numberIn(each[3]))));
        column.nullable = !isTrue(each[4]);
        column.hasDefault = isTrue(each[5]);
        column.isGenerated = isTrue(each[6]);
    }
    RW_TRY_ASSIGN(const DatabaseRows keys, query(kUniqueKeysOf, {number}));
    DatabaseValue index;
    for (const std::vector<DatabaseValue>& each : keys.rows) {
        if (index != each[0]) table.uniqueKeys.emplace_back();
        index = each[0];
        table.uniqueKeys.back().push_back(each[2].value_or(""));
        if (isTrue(each[1])) table.primaryKey.push_back(each[2].value_or(""));
    }
    return table;
}

Result<std::vector<DatabaseTableSize>> PostgresqlClient::tables() {
    RW_TRY_ASSIGN(const DatabaseRows found, query(kTables));
    std::vector<DatabaseTableSize> sizes;
    for (const std::vector<DatabaseValue>& row : found.rows) {
        DatabaseTableSize& size = sizes.emplace_back();
        size.name = {row[0].value_or(""), row[1].value_or("")};
        size.isView = isTrue(row[2]);
        size.rows = numberIn(row[3]);
        size.bytes = numberIn(row[4]);
    }
    return sizes;
}

Result<std::vector<DatabaseColumn>> PostgresqlClient::columnsOf(const std::string& text) {
    if (!isConnected()) return lost();
    m_until =
        m_clock->steadyMillis() + (m_about.answerWithin > 0 ? m_about.answerWithin : m_about.connectWithin);
    if (PQsendPrepare(m_handle.get(), "", text.c_str(), 0, nullptr) == 0) return lost();
    RW_TRY(flush());
    RW_TRY(finish());
    if (PQsendDescribePrepared(m_handle.get(), "") == 0) return lost();
    RW_TRY(flush());
    RW_TRY_ASSIGN(const PostgresqlResult described, next());
    RW_TRY(finish());
    if (!described) return lost();
    std::vector<DatabaseColumn> columns;
    for (int i = 0; i < PQnfields(described.get()); ++i) {
        const Oid type = PQftype(described.get(), i);
        const int modifier = PQfmod(described.get(), i);
        RW_TRY_ASSIGN(const DatabaseRows declared, query("SELECT pg_catalog.format_type($1::oid, $2::int4)",
                                                         {std::to_string(type), std::to_string(modifier)}));
        columns.push_back(columnOf(PQfname(described.get(), i), declared.first(), type, modifier));
    }
    return columns;
}

std::string PostgresqlClient::declaration(Type type, bool) const {
    return postgresqlDeclaration(type);
}

}  // namespace rw
