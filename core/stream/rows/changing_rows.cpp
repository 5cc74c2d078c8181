#include "core/stream/rows/changing_rows.h"

#include "core/stream/keys/key_hash.h"
#include "core/stream/row_errors.h"
#include "core/stream/rows/held_state.h"

namespace rw {

ChangingRows::ChangingRows(SchemaRef schema, std::vector<int> key, int eventTime)
    : m_key(std::move(key)),
      m_eventTime(eventTime),
      m_rows(std::move(schema)),
      m_byKey(m_rows, m_key, true) {}

void ChangingRows::apply(const Batch& batch, std::span<const std::uint32_t> rows) {
    const std::span<const Instant> times = batch.column(m_eventTime).values<Instant>();
    m_columns.clear();
    for (const int key : m_key) m_columns.push_back(&batch.column(key));
    hashKeys(batch, m_key, m_hashes);
    for (const std::uint32_t row : rows) {
        const std::uint64_t hash = m_hashes[row];
        RowSlot known = m_byKey.first(hash);
        while (known != kNoRow && !m_byKey.has(known, hash, m_columns, row)) known = m_byKey.behind(known);
        if (known != kNoRow) remove(known);
        if (withdraws(batch, row)) continue;
        const RowSlot slot = m_rows.add(batch, row);
        m_byKey.add(slot, hash);
        m_order.emplace(times[row], slot);
    }
}

void ChangingRows::remove(RowSlot slot) {
    m_order.erase({m_rows.value<Instant>(m_eventTime, slot), slot});
    m_byKey.remove(slot);
    m_rows.remove(slot);
}

Batch ChangingRows::release(Instant watermark, std::size_t atMost) {
    std::vector<RowSlot> slots;
    for (auto next = m_order.begin();
         next != m_order.end() && next->first <= watermark && slots.size() < atMost; ++next)
        slots.push_back(next->second);
    Batch batch = m_rows.batchOf(slots);
    for (const RowSlot slot : slots) remove(slot);
    return batch;
}

Batch ChangingRows::rows() const {
    const Batch all = m_rows.batchOf(keptSlots(m_rows));
    return all.select(orderByColumns(all));
}

std::size_t ChangingRows::memoryBytes() const {
    constexpr std::size_t kNode = 64;  // of the tree, with what the allocator adds
    return m_rows.memoryBytes() + m_byKey.memoryBytes() + m_order.size() * kNode;
}

}  // namespace rw
