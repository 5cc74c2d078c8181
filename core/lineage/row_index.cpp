#include "core/lineage/row_index.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

constexpr std::size_t kFewestBuckets = 64;  // the number is a power of two

}  // namespace

void RowIndex::clear() {
    m_first.clear();
    m_next.clear();
    m_hashes.clear();
}

void RowIndex::add(const Batch& oneRow) {
    const auto place = static_cast<std::uint32_t>(m_next.size());
    m_hashes.push_back(hashOf(oneRow));
    m_next.push_back(kEnd);
    if (m_next.size() > m_first.size()) return grow();
    m_next[place] = std::exchange(m_first[bucketOf(m_hashes[place])], place);
}

/// In the order of the places, so that the highest stands first in its bucket again.
void RowIndex::grow() {
    m_first.assign(std::max(2 * m_first.size(), kFewestBuckets), kEnd);
    for (std::uint32_t place = 0; place < m_next.size(); ++place) {
        if (m_next[place] == kTaken) continue;
        m_next[place] = std::exchange(m_first[bucketOf(m_hashes[place])], place);
    }
}

bool RowIndex::areSame(const Batch& a, const Batch& b) {
    return sameRow(a.columns, 0, b.columns, 0);
}

std::uint64_t RowIndex::hashOf(const Batch& oneRow) {
    m_columns.clear();
    for (const ColumnRef& column : oneRow.columns) m_columns.push_back(column.get());
    hashKeys(m_columns, 1, m_hash);
    return m_hash.front();
}

}  // namespace rw
