#include "core/connect/mariadb/mariadb_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "core/base/figures.h"
#include "core/connect/mariadb/packed_rows.h"
#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr std::size_t kStatementBytes = 1 << 20, kLeastPacket = 1 << 14;
constexpr std::size_t kPacketHead = 64;                           // bytes besides the statement, at most
constexpr std::size_t kMostInserted = 4'096, kMostRemoved = 500;  // rows of a statement

bool isNumber(TypeId type) {
    return type == TypeId::Int || type == TypeId::Bigint || type == TypeId::Double || type == TypeId::Decimal;
}

}  // namespace

std::unique_ptr<TableWriter> MariadbClient::makeWriter(const TableTarget& target, std::string stage) {
    return std::make_unique<MariadbWriter>(*this, target, std::move(stage));
}

const MarkerStatements& MariadbClient::markerStatements() const {
    static const MarkerStatements kStatements{
        "CREATE TABLE IF NOT EXISTS _rill_sinks (name varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin "
        "PRIMARY KEY, epoch bigint NOT NULL, owner varchar(64) NOT NULL) ENGINE = InnoDB",
        "INSERT INTO _rill_sinks VALUES (?, 0, uuid()) ON DUPLICATE KEY UPDATE owner = VALUES(owner)",
        "SELECT owner, epoch FROM _rill_sinks WHERE name = ?",
        "UPDATE _rill_sinks SET epoch = ? WHERE name = ? AND owner = ?", ""};
    return kStatements;
}

/// Each keeps a lock of that name as long as it lives.
Status MariadbClient::cutOffOthers(const std::string& marker) {
    RW_TRY_ASSIGN(const DatabaseRows holder,
                  query("SELECT is_used_lock(md5(concat('_rill_sinks ', ?))), connection_id()", {marker}));
    const std::string other = holder.first();
    if (!other.empty() && holder.rows.front()[1] != other) {
        const Status killed = execute("KILL " + other);
        // It may have gone by itself.
        if (!killed.ok() && !isConnected()) return killed;
    }
    constexpr const char* kTake = "SELECT get_lock(md5(concat('_rill_sinks ', ?)), 10)";
    RW_TRY_ASSIGN(const DatabaseRows taken, query(kTake, {marker}));
    if (taken.first() == "1") return {};
    return {ErrorCode::Io,
            RW_TEXT("databases", "Another session of this run at %1 does not end.").with(address()),
            RW_TEXT("databases", "See whether another run with these checkpoints goes on, and end it.")};
}

bool MariadbWriter::takes(Type type, const DatabaseColumn& column) const {
    const TypeId there = column.type.id;
    const bool whole = there == TypeId::Int || there == TypeId::Bigint ||
                       (there == TypeId::Decimal && column.type.scale == 0);
    return visitType(
        type.id,
        Overloaded{[there](types::Boolean) { return there == TypeId::Boolean; },
                   [&](AnyOf<types::Int, types::Bigint> auto) { return whole || isNumber(there); },
                   // An integer column would round it without a word.
                   [&](AnyOf<types::Double, types::Decimal> auto) {
                       return there == TypeId::Double || there == TypeId::Decimal;
                   },
                   [there](types::String) { return there == TypeId::String; },
                   [there](types::Date) { return there == TypeId::Date || there == TypeId::Timestamp; },
                   [there](types::Timestamp) { return there == TypeId::Timestamp; },
                   [there](types::Bytes) { return there == TypeId::Bytes; },
                   [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) { return false; }});
}

std::string MariadbWriter::stageStatement(const std::string& stage, const std::string& table) const {
    return "CREATE TABLE IF NOT EXISTS " + stage + " LIKE " + table;
}

Status MariadbWriter::onlyKeyNames(const DatabaseTable& table) const {
    if (m_target.mode != TableTarget::Mode::Upsert || m_target.key.empty()) return {};
    const std::vector<std::string> key = m_target.keyNames();
    for (const std::vector<std::string>& other : table.uniqueKeys) {
        const bool same = std::is_permutation(other.begin(), other.end(), key.begin(), key.end());
        const bool written = std::all_of(other.begin(), other.end(), [this](const std::string& name) {
            return m_target.schema->find(name).has_value();
        });
        if (same || !written) continue;
        std::string names;
        for (const std::string& name : other) names += (names.empty() ? "" : ", ") + name;
        return {ErrorCode::Invalid,
                RW_TEXT("databases",
                        "Table “%1” has another unique index, on %2: an upsert would change the row that has "
                        "those values, and not the one with the key.")
                    .with(toString(m_target.table), names),
                RW_TEXT("databases", "Use that index as the key, or write to a table without it.")};
    }
    return {};
}

Status MariadbWriter::compile(const DatabaseTable& table, const std::vector<std::size_t>& places) {
    RW_TRY(onlyKeyNames(table));
    RW_TRY_ASSIGN(const DatabaseRows packet, m_client.query("SELECT @@max_allowed_packet"));
    const std::size_t largest =
        std::max<std::size_t>(std::strtoull(packet.first().c_str(), nullptr, 10), kLeastPacket);
    m_mostBytes = std::min(kStatementBytes, largest / 4);
    m_longest = largest - kPacketHead;
    m_all.resize(places.size());
    std::iota(m_all.begin(), m_all.end(), 0);
    m_insert = "INSERT INTO " + writtenTable() + " (" + columnList() + ") VALUES ";
    std::string keys, changes, first;
    for (std::size_t i = 0; i < m_target.schema->size(); ++i) {
        const std::string name = m_client.quoted(m_target.schema->fields[i].name);
        if (first.empty()) first = name;
        if (std::find(m_target.key.begin(), m_target.key.end(), static_cast<int>(i)) != m_target.key.end())
            continue;
        changes += (changes.empty() ? "" : ", ") + name + " = VALUES(" + name + ")";
    }
    for (const std::string& name : m_target.keyNames())
        keys += (keys.empty() ? "" : ", ") + m_client.quoted(name);
    if (keys.empty()) return {};
    if (changes.empty()) changes = first + " = " + first;
    m_update = " ON DUPLICATE KEY UPDATE " + changes;
    m_remove = "DELETE FROM " + writtenTable() + " WHERE (" + keys + ") IN (";
    return {};
}

Status MariadbWriter::add(const Batch& batch, RowNumbers rows) {
    return send(m_insert, "", m_all, batch, rows, kMostInserted);
}

Status MariadbWriter::put(const Batch& batch, RowNumbers rows) {
    return send(m_insert, m_update, m_all, batch, rows, kMostInserted);
}

Status MariadbWriter::remove(const Batch& batch, RowNumbers rows) {
    return send(m_remove, ")", m_target.key, batch, rows, kMostRemoved);
}

Status MariadbWriter::send(const std::string& head, const std::string& tail, const std::vector<int>& columns,
                           const Batch& batch, RowNumbers rows, std::size_t mostRows) {
    PackedRows packed(head, tail, {mostRows, m_mostBytes, m_longest});
    for (const std::uint32_t row : rows) {
        m_text = "(";
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (column != 0) m_text += ',';
            appendValue(batch.column(columns[column]), row);
        }
        m_text += ')';
        // The server would end the connection, each time that it is sent again.
        if (!packed.takes(m_text)) {
            return {ErrorCode::Row, RW_TEXT("databases",
                                            "The row is longer than a statement may be there: %1 "
                                            "(max_allowed_packet).")
                                        .with(figures::bytes(m_longest))};
        }
        if (packed.isFullFor(m_text)) RW_TRY(m_session.send(packed.take()).status());
        packed.add(m_text);
    }
    return packed.empty() ? Status() : m_session.send(packed.take()).status();
}

void MariadbWriter::appendValue(const Column& column, std::size_t row) {
    if (column.isNull(row)) {
        m_text += "NULL";
        return;
    }
    visitType(column.type().id,
              Overloaded{[&](types::Boolean) { m_text += column.at<std::uint8_t>(row) != 0 ? '1' : '0'; },
                         [&](types::Double) {
                             const double value = column.at<double>(row);
                             if (std::isfinite(value)) return appendDouble(m_text, value);
                             ++m_nans;
                             m_text += "NULL";
                         },
                         [&](types::String) { MariadbClient::appendLiteral(m_text, column.string(row)); },
                         [&](types::Bytes) {
                             m_text += "x'";
                             appendHex(m_text, column.string(row));
                             m_text += '\'';
                         },
                         [&](AnyOf<types::Date, types::Timestamp> auto) {
                             m_text += '\'';
                             appendCell(m_text, column, row);
                             m_text += '\'';
                         },
                         [&](AnyOf<types::Int, types::Bigint, types::Decimal, types::Null, types::IntervalDay,
                                   types::IntervalMonth> auto) { appendCell(m_text, column, row); }});
}

}  // namespace rw
