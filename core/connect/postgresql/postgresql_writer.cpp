#include "core/connect/postgresql/postgresql_writer.h"

#include <algorithm>
#include <numeric>

#include "core/connect/postgresql/postgresql_values.h"

namespace rw {

namespace {

constexpr std::size_t kCopyBytes = 512 * 1024;  // that are collected before they are sent

/// Texts become values of other types only where a cast says so.
bool needsCast(PostgresqlType sent, std::uint32_t wireType) {
    const auto column = static_cast<PostgresqlType>(wireType);
    return sent == PostgresqlType::Text && column != PostgresqlType::Text;
}

const char* arrayName(PostgresqlType sent) {
    switch (sent) {
        case PostgresqlType::Boolean:
            return "boolean[]";
        case PostgresqlType::Bytea:
            return "bytea[]";
        case PostgresqlType::Int4:
            return "int4[]";
        case PostgresqlType::Int8:
            return "int8[]";
        case PostgresqlType::Float8:
            return "float8[]";
        case PostgresqlType::Numeric:
            return "numeric[]";
        case PostgresqlType::Date:
            return "date[]";
        case PostgresqlType::Timestamp:
            return "timestamp[]";
        case PostgresqlType::Timestamptz:
            return "timestamptz[]";
        case PostgresqlType::Varchar:
            return "varchar[]";
        case PostgresqlType::Bpchar:
            return "bpchar[]";
        case PostgresqlType::JsonText:
            return "json[]";
        default:
            return "text[]";
    }
}

}  // namespace

std::unique_ptr<TableWriter> PostgresqlClient::makeWriter(const TableTarget& target, std::string stage) {
    return std::make_unique<PostgresqlWriter>(*this, target, std::move(stage));
}

const MarkerStatements& PostgresqlClient::markerStatements() const {
    static const MarkerStatements kStatements{
        "CREATE TABLE IF NOT EXISTS _rill_sinks (name text PRIMARY KEY, epoch bigint NOT NULL, owner text "
        "NOT NULL)",
        "INSERT INTO _rill_sinks VALUES ($1, 0, pg_catalog.md5(pg_catalog.random()::text || "
        "pg_catalog.clock_timestamp()::text || pg_catalog.pg_backend_pid()::text)) "
        "ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner",
        "SELECT owner, epoch FROM _rill_sinks WHERE name = $1",
        "UPDATE _rill_sinks SET epoch = $1 WHERE name = $2 AND owner = $3", "SET CONSTRAINTS ALL IMMEDIATE"};
    return kStatements;
}

/// They have the name of this session, which is made from the marker's.
Status PostgresqlClient::cutOffOthers(const std::string&) {
    return execute(
        "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity "
        "WHERE application_name = pg_catalog.current_setting('application_name') AND usename = current_user "
        "AND datname = current_database() AND pid <> pg_catalog.pg_backend_pid()");
}

bool PostgresqlWriter::takes(Type type, const DatabaseColumn& column) const {
    return postgresqlSent(type, column.wireType).has_value();
}

std::string PostgresqlWriter::stageStatement(const std::string& stage, const std::string& table) const {
    return "CREATE TABLE IF NOT EXISTS " + stage + " (LIKE " + table + " INCLUDING ALL)";
}

std::string PostgresqlWriter::unnested(const std::vector<int>& columns) const {
    std::string selected, arrays, names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<std::size_t>(columns[i]);
        const std::string number = std::to_string(i + 1), comma = i == 0 ? "" : ", ";
        const std::string& cast = m_casts[column];
        selected += comma + (cast.empty() ? "r.c" + number : "CAST(r.c" + number + " AS " + cast + ")");
        arrays += comma + "$" + number + "::" + arrayName(m_sent[column]);
        names += comma + "c" + number;
    }
    return "SELECT " + selected + " FROM unnest(" + arrays + ") AS r(" + names + ")";
}

Status PostgresqlWriter::compile(const DatabaseTable& table, const std::vector<std::size_t>& places) {
    m_sent.clear();
    m_casts.clear();
    bool own = true;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const DatabaseColumn& column = table.columns[places[i]];
        const PostgresqlType sent =
            postgresqlSent(m_target.schema->fields[i].type, column.wireType).value_or(PostgresqlType::Text);
        m_sent.push_back(sent);
        m_casts.push_back(needsCast(sent, column.wireType) ? column.declared : std::string());
        own = own && static_cast<std::uint32_t>(sent) == column.wireType;
    }
    m_all.resize(places.size());
    std::iota(m_all.begin(), m_all.end(), 0);
    m_arrays.resize(places.size());
    const std::string into = "INTO " + writtenTable() + " (" + columnList() + ") ";
    m_copy = own && !table.isView
                 ? "COPY " + writtenTable() + " (" + columnList() + ") FROM STDIN (FORMAT binary)"
                 : std::string();
    m_insert = "INSERT " + into + unnested(m_all);
    std::string keys, conditions, changes;
    for (std::size_t i = 0; i < m_target.schema->size(); ++i) {
        const std::string name = m_client.quoted(m_target.schema->fields[i].name);
        const auto key = std::find(m_target.key.begin(), m_target.key.end(), static_cast<int>(i));
        if (key == m_target.key.end()) {
            changes += (changes.empty() ? "" : ", ") + name + " = EXCLUDED." + name;
            continue;
        }
        // The parameters are in the order of the key.
        const std::string given = "k.c" + std::to_string(key - m_target.key.begin() + 1);
        keys += (keys.empty() ? "" : ", ") + name;
        conditions += (conditions.empty() ? "t." : " AND t.") + name + " = " + given;
    }
    if (keys.empty()) return {};
    m_upsert = m_insert + " ON CONFLICT (" + keys + ") DO " +
               (changes.empty() ? std::string("NOTHING") : "UPDATE SET " + changes);
    std::string names;
    for (std::size_t i = 0; i < m_target.key.size(); ++i)
        names += (i == 0 ? "c" : ", c") + std::to_string(i + 1);
    m_remove = "DELETE FROM " + writtenTable() + " AS t USING (" + unnested(m_target.key) + ") AS k(" +
               names + ") WHERE " + conditions;
    return {};
}

Status PostgresqlWriter::add(const Batch& batch, RowNumbers rows) {
    return m_copy.empty() ? send(m_insert, m_all, batch, rows) : copy(batch, rows);
}

Status PostgresqlWriter::put(const Batch& batch, RowNumbers rows) {
    return send(m_upsert, m_all, batch, rows);
}

Status PostgresqlWriter::remove(const Batch& batch, RowNumbers rows) {
    return send(m_remove, m_target.key, batch, rows);
}

Status PostgresqlWriter::copy(const Batch& batch, RowNumbers rows) {
    RW_TRY(m_session.beginCopyIn(m_copy));
    m_bytes.clear();
    beginPostgresqlCopy(m_bytes);
    for (const std::uint32_t row : rows) {
        beginPostgresqlRow(m_bytes, m_sent.size());
        for (std::size_t column = 0; column < m_sent.size(); ++column)
            appendPostgresqlField(m_bytes, *batch.columns[column], row, m_sent[column]);
        if (m_bytes.size() < kCopyBytes) continue;
        RW_TRY(m_session.copyIn(m_bytes));
        m_bytes.clear();
    }
    endPostgresqlCopy(m_bytes);
    RW_TRY(m_session.copyIn(m_bytes));
    return m_session.endCopyIn().status();
}

Status PostgresqlWriter::send(const std::string& statement, const std::vector<int>& columns,
                              const Batch& batch, RowNumbers rows) {
    PostgresqlParams params;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<std::size_t>(columns[i]);
        m_arrays[i].clear();
        appendPostgresqlArray(m_arrays[i], *batch.columns[column], rows, m_sent[column]);
        params.addBinary(postgresqlArrayType(m_sent[column]), m_arrays[i]);
    }
    return m_session.run(statement, params).status();
}

}  // namespace rw
