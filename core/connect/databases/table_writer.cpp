#include "core/connect/databases/table_writer.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "core/connect/databases/table_fit.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/key_value.h"

namespace rw {

namespace {

/// Rows that count and have a key, in their order; the others go to `nullKeys`.
std::vector<std::uint32_t> rowsWithKeys(const Batch& batch, const std::vector<int>& key,
                                        const std::vector<std::uint32_t>& leftOut,
                                        std::vector<std::uint32_t>& nullKeys) {
    std::vector<const Column*> withNulls;
    for (const int column : key)
        if (!batch.column(column).validity().allValid()) withNulls.push_back(&batch.column(column));
    std::vector<std::uint32_t> rows;
    rows.reserve(batch.rows);
    auto out = leftOut.begin();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const bool isOut = out != leftOut.end() && *out == row;
        if (isOut) ++out;
        // The row behind it has the same key and takes its place.
        if (isOut || batch.kind(row) == RowKind::UpdateBefore) continue;
        const bool noKey = std::any_of(withNulls.begin(), withNulls.end(),
                                       [row](const Column* column) { return column->isNull(row); });
        (noKey ? nullKeys : rows).push_back(row);
    }
    return rows;
}

}  // namespace

KeyedRows keyedRows(const Batch& batch, const std::vector<int>& key,
                    const std::vector<std::uint32_t>& leftOut) {
    KeyedRows rows;
    const std::vector<std::uint32_t> counted = rowsWithKeys(batch, key, leftOut, rows.nullKeys);
    rows.put.reserve(counted.size());
    std::vector<std::uint64_t> hashes;
    hashKeys(batch, key, hashes);
    const auto isSame = [&](std::uint32_t a, std::uint32_t b) {
        return std::all_of(key.begin(), key.end(), [&](int place) {
            const Column& column = batch.column(place);
            const KeyCells cells(column);
            return withKeyType(column.type().id, [&]<class T>() { return sameKey<T>(cells, a, cells, b); });
        });
    };
    // From the end, so that the first row of a key that is met is the one that counts: those met stand in an
    // open-addressing table, at most half of which is taken.
    constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> met(std::bit_ceil(2 * counted.size() + 1), kFree);
    const std::size_t mask = met.size() - 1;
    for (std::size_t i = counted.size(); i-- > 0;) {
        const std::uint32_t row = counted[i];
        std::size_t place = hashes[row] & mask;
        while (met[place] != kFree && (hashes[met[place]] != hashes[row] || !isSame(met[place], row)))
            place = (place + 1) & mask;
        if (met[place] != kFree) continue;
        met[place] = row;
        (batch.kind(row) == RowKind::Delete ? rows.removed : rows.put).push_back(row);
    }
    std::reverse(rows.put.begin(), rows.put.end());
    std::reverse(rows.removed.begin(), rows.removed.end());
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
