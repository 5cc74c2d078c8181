#include "core/stream/ranks/named_rows.h"

#include <algorithm>

#include "core/stream/keys/key_hash.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {

/// A row is found among those of its partition: a change that moves it to another one takes it back there,
/// and perhaps another instance has that.
std::vector<int> columnsThatName(const StreamType& input, const std::vector<int>& partition) {
    if (!input.updating) return {};
    std::vector<int> columns;
    for (int column = 0; column < static_cast<int>(input.schema->size()); ++column) {
        const auto names = [column](const std::vector<int>& some) {
            return std::find(some.begin(), some.end(), column) != some.end();
        };
        if (input.multiset || names(input.key) || names(partition)) columns.push_back(column);
    }
    return columns;
}

}  // namespace

NamedRows::NamedRows(const RankedRows& rows, const StreamType& input, const std::vector<int>& partition)
    : m_rows(rows),
      m_multiset(input.multiset),
      m_names(columnsThatName(input, partition)),
      m_byName(rows.store(), m_names, true) {}

void NamedRows::take(const Batch& batch) {
    m_columns.clear();
    for (const int name : m_names) m_columns.push_back(&batch.column(name));
    hashKeys(batch, m_names, m_hashes);
}

RowSlot NamedRows::replacedBy(const Batch& batch, std::uint32_t row) const {
    // A key names one row: an old one that was not taken back is replaced.
    if (m_multiset && !withdraws(batch, row)) return kNoRow;
    const std::uint64_t hash = m_hashes[row];
    // As keys −0.0 and 0.0 are one, as rows they are two.
    const auto found = [&](RowSlot slot) {
        return m_byName.has(slot, hash, m_columns, row) && (!m_multiset || m_rows.same(batch, row, slot));
    };
    RowSlot slot = m_byName.first(hash);
    while (slot != kNoRow && !found(slot)) slot = m_byName.behind(slot);
    return slot;
}

}  // namespace rw
