#include "core/stream/row_table.h"

#include <algorithm>

#include "core/stream/key_hash.h"

namespace rw {

namespace {
constexpr std::size_t kTolerated = 4096;  // replaced rows that are not worth rewriting
}

void RowTable::apply(const Batch& batch, std::span<const std::uint32_t> rows) {
    const Batch taken = batch.select(rows).compacted();  // kept for long
    std::vector<const Column*> columns;
    for (const int column : m_key) columns.push_back(&taken.column(column));
    std::vector<std::uint64_t> hashes;
    hashKeys(columns, taken.rows, hashes);
    std::vector<std::uint32_t> all(taken.rows), keys;
    for (std::uint32_t row = 0; row < taken.rows; ++row) all[row] = row;
    m_keys.findOrInsert(columns, hashes, all, keys);
    m_places.resize(m_keys.size());

    const auto number = static_cast<std::uint32_t>(m_batches.size());
    for (std::uint32_t row = 0; row < taken.rows; ++row) {
        Place& place = m_places[keys[row]];
        if (place.batch != kNowhere) --m_size;
        const RowKind kind = taken.kind(row);
        const bool sets = kind == RowKind::Insert || kind == RowKind::UpdateAfter;
        place = sets ? Place{number, row} : Place{};
        if (sets) ++m_size;
    }
    m_batches.push_back(taken);
    m_batches.back().kinds = nullptr;
    m_held += taken.rows;
    if (m_held > 2 * m_size + kTolerated) compact();
}

std::vector<std::vector<std::uint32_t>> RowTable::standingRows() const {
    std::vector<std::vector<std::uint32_t>> rows(m_batches.size());
    for (const Place& place : m_places) {
        if (place.batch != kNowhere) rows[place.batch].push_back(place.row);
    }
    for (auto& standing : rows) std::sort(standing.begin(), standing.end());
    return rows;
}

std::vector<Batch> RowTable::batches() const {
    std::vector<Batch> out;
    const auto rows = standingRows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].empty()) out.push_back(m_batches[i].select(rows[i]));
    }
    return out;
}

void RowTable::compact() {
    std::vector<Batch> standing = batches();
    std::vector<Type> types;
    for (const int column : m_key) types.push_back(m_batches.front().column(column).type());
    RowTable fresh(m_key, types);
    std::vector<std::uint32_t> all;
    for (const Batch& batch : standing) {
        all.resize(batch.rows);
        for (std::uint32_t row = 0; row < batch.rows; ++row) all[row] = row;
        fresh.apply(batch, all);
    }
    *this = std::move(fresh);
}

std::size_t RowTable::memoryBytes() const {
    std::size_t bytes = m_keys.memoryBytes() + m_places.capacity() * sizeof(Place);
    for (const Batch& batch : m_batches) bytes += batch.memoryBytes();
    return bytes;
}

}  // namespace rw
