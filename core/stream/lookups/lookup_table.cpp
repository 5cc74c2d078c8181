#include "core/stream/lookups/lookup_table.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_hash.h"

namespace rw {

LookupTable::LookupTable(const SchemaRef& schema, std::vector<int> keys)
    : m_keys(std::move(keys)), m_rows(schema), m_byKey(m_rows, m_keys) {}

void LookupTable::add(const Batch& rows) {
    hashKeys(rows, m_keys, m_hashes);
    for (std::uint32_t row = 0; row < rows.rows; ++row) {
        const RowSlot slot = m_rows.add(rows, row);
        const bool found =
            std::none_of(m_keys.begin(), m_keys.end(), [&](int key) { return rows.column(key).isNull(row); });
        if (found) m_byKey.add(slot, m_hashes[row]);
    }
}

void LookupTable::find(std::uint64_t hash, std::span<const Column* const> columns, std::size_t row,
                       std::vector<RowSlot>& found) const {
    found.clear();
    m_byKey.forEach(hash, columns, row, [&found](RowSlot slot) { found.push_back(slot); });
    std::sort(found.begin(), found.end());  // nothing is taken out: slots count up
}

}  // namespace rw
