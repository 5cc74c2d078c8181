#include "core/stream/row_table.h"

#include <numeric>

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
    m_batches.push_back({taken, std::vector<bool>(taken.rows), taken.memoryBytes()});
    m_batches.back().batch.kinds = nullptr;
    m_bytes += m_batches.back().bytes;
    for (std::uint32_t row = 0; row < taken.rows; ++row) {
        Place& place = m_places[keys[row]];
        if (place.batch != kNowhere) {
            m_batches[place.batch].stands[place.row] = false;
            --m_size;
        }
        const RowKind kind = taken.kind(row);
        const bool sets = kind == RowKind::Insert || kind == RowKind::UpdateAfter;
        place = sets ? Place{number, row} : Place{};
        if (!sets) continue;
        m_batches[number].stands[row] = true;
        ++m_size;
    }
    m_held += taken.rows;
    if (m_held > 2 * m_size + kTolerated) compact();
}

Batch RowTable::standing(std::size_t batch) const {
    const Held& held = m_batches[batch];
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < held.batch.rows; ++row) {
        if (held.stands[row]) rows.push_back(row);
    }
    return held.batch.select(rows);
}

void RowTable::compact() {
    std::vector<Type> types;
    for (const int column : m_key) types.push_back(m_batches.front().batch.column(column).type());
    RowTable fresh(m_key, types);
    std::vector<std::uint32_t> all;
    for (std::size_t i = 0; i < m_batches.size(); ++i) {
        const Batch batch = standing(i);
        if (batch.rows == 0) continue;
        all.resize(batch.rows);
        std::iota(all.begin(), all.end(), 0U);
        fresh.apply(batch, all);
    }
    *this = std::move(fresh);
}

std::size_t RowTable::memoryBytes() const {
    return m_keys.memoryBytes() + m_places.capacity() * sizeof(Place) + m_bytes;
}

}  // namespace rw
