#include "core/connect/databases/table_writer.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "core/connect/databases/table_fit.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// Such that no two keys have the same bytes.
void appendKeyBytes(std::string& out, const Column& column, std::size_t row) {
    withMemoryType(column.type().id, [&]<class T>() {
        if constexpr (std::is_same_v<T, StringRef>) {
            const std::string_view text = column.string(row);
            const std::size_t size = text.size();
            out.append(reinterpret_cast<const char*>(&size), sizeof size);
            out.append(text);
        } else {
            const T value = column.at<T>(row);
            out.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
    });
}

}  // namespace

KeyedRows keyedRows(const Batch& batch, const std::vector<int>& key,
                    const std::vector<std::uint32_t>& leftOut) {
    KeyedRows rows;
    std::unordered_map<std::string, std::uint32_t> last;
    last.reserve(batch.rows);
    std::string bytes;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        // The row behind it has the same key and takes its place.
        if (batch.kind(row) == RowKind::UpdateBefore) continue;
        if (std::binary_search(leftOut.begin(), leftOut.end(), row)) continue;
        const bool noKey =
            std::any_of(key.begin(), key.end(), [&](int column) { return batch.column(column).isNull(row); });
        if (noKey) {
            rows.nullKeys.push_back(row);
            continue;
        }
        bytes.clear();
        for (const int column : key) appendKeyBytes(bytes, batch.column(column), row);
        last[bytes] = row;
    }
    for (const auto& [name, row] : last)
        (batch.kind(row) == RowKind::Delete ? rows.removed : rows.put).push_back(row);
    std::sort(rows.put.begin(), rows.put.end());
    std::sort(rows.removed.begin(), rows.removed.end());
    return rows;
}

TableName TableWriter::stageName() const {
    return {m_target.table.schema, m_stage};
}

std::string TableWriter::writtenTable() const {
    return m_client.quoted(m_stage.empty() ? m_target.table : stageName());
}

std::string TableWriter::columnList() const {
    std::string out;
    for (const Field& field : m_target.schema->fields)
        out += (out.empty() ? "" : ", ") + m_client.quoted(field.name);
    return out;
}

Status TableWriter::check() {
    const Result<DatabaseTable> table = m_client.describe(m_target.table);
    if (!table.ok()) {
        const bool made = table.error().code == ErrorCode::NotFound && m_target.create;
        return made ? Status() : table.status();
    }
    return fittingColumns(*table, m_target,
                          [this](Type type, const DatabaseColumn& column) { return takes(type, column); })
        .status();
}

Status TableWriter::open() {
    Result<DatabaseTable> table = m_client.describe(m_target.table);
    if (!table.ok() && table.error().code == ErrorCode::NotFound && m_target.create) {
        RW_TRY(m_client.execute(createStatement(m_client, m_target)));
        table = m_client.describe(m_target.table);
    }
    if (!table.ok()) return table.status();
    RW_TRY_ASSIGN(const std::vector<std::size_t> places,
                  fittingColumns(*table, m_target, [this](Type type, const DatabaseColumn& column) {
                      return takes(type, column);
                  }));
    if (!m_stage.empty())
        RW_TRY(m_client.execute(stageStatement(writtenTable(), m_client.quoted(m_target.table))));
    return compile(*table, places);
}

Status TableWriter::clear() {
    return m_client.execute("DELETE FROM " + writtenTable());
}

Status TableWriter::swap() {
    const std::string table = m_client.quoted(m_target.table);
    RW_TRY(m_client.execute("DELETE FROM " + table));
    return m_client.execute("INSERT INTO " + table + " (" + columnList() + ") SELECT " + columnList() +
                            " FROM " + writtenTable());
}

Status TableWriter::dropStage() {
    return m_stage.empty() ? Status() : m_client.execute("DROP TABLE IF EXISTS " + writtenTable());
}

}  // namespace rw
