#include "core/stream/interval_rows.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "core/stream/key_hash.h"

namespace rw {

namespace {
constexpr std::uint32_t kIntervalRowsVersion = 1;
}

IntervalRows::IntervalRows(Shape shape)
    : m_shape(std::move(shape)), m_rows(m_shape.rows.schema), m_byKey(m_rows, m_shape.rows.keys) {}

void IntervalRows::add(const Batch& batch, std::span<const std::uint32_t> rows,
                       std::span<const std::uint64_t> hashes, Instant watermark,
                       std::vector<RowSlot>& slots) {
    slots.assign(batch.rows, kNoRow);
    const std::span<const Instant> times = batch.column(m_shape.eventTime).values<Instant>();
    for (const std::uint32_t row : rows) {
        const Instant due = saturatingAdd(times[row], m_shape.wait);
        const bool findable = std::none_of(m_shape.rows.keys.begin(), m_shape.rows.keys.end(),
                                           [&](int key) { return batch.column(key).isNull(row); });
        if (!m_shape.outer && (!findable || due <= watermark)) continue;
        const RowSlot slot = m_rows.add(batch, row);
        slots[row] = slot;
        if (findable) m_byKey.add(slot, hashes[row]);
        m_met.resize(m_rows.slots());
        m_met[slot] = 0;
        m_waiting.push_back({due, slot});
        std::push_heap(m_waiting.begin(), m_waiting.end(), std::greater<>());
    }
}

std::vector<RowSlot> IntervalRows::takeDue(Instant watermark, std::size_t atMost) {
    std::vector<RowSlot> slots;
    while (due(watermark) && slots.size() < atMost) {
        std::pop_heap(m_waiting.begin(), m_waiting.end(), std::greater<>());
        slots.push_back(m_waiting.back().slot);
        m_waiting.pop_back();
    }
    return slots;
}

void IntervalRows::drop(std::span<const RowSlot> slots) {
    for (const RowSlot slot : slots) {
        m_byKey.remove(slot);
        m_rows.remove(slot);
    }
}

void IntervalRows::write(std::string_view name, StateWriter& out) const {
    std::vector<RowSlot> slots;
    for (const Waiting& waiting : m_waiting) slots.push_back(waiting.slot);
    if (slots.empty()) return;
    const Batch rows = m_rows.batchOf(slots);
    // Rows that are equal have met the same ones: no more than the columns is needed.
    std::vector<std::uint32_t> order = orderByColumns(rows);
    std::vector<std::uint64_t> hashes;
    hashKeys(rows, keys(), hashes);
    const auto hashOf = [&hashes](std::uint32_t row) { return hashes[row]; };
    forEachKeyGroup(std::move(order), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        std::string met;
        for (const std::uint32_t row : some) met += static_cast<char>(m_met[slots[row]]);
        out.keyed(name, group, kIntervalRowsVersion, [&](StateWriter& record) {
            record.batch("rows", rows.select(some));
            record.bytes("met", met);
        });
    });
}

Status IntervalRows::read(std::string_view name, const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(name));
    std::vector<std::uint64_t> hashes;
    std::vector<RowSlot> slots;
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kIntervalRowsVersion) return brokenState("version of rows to be joined");
        RW_TRY_ASSIGN(const Batch batch, readRowsOfGroup(record, m_shape.rows, keyGroup, hashes));
        RW_TRY_ASSIGN(const std::string_view met, record.bytes("met"));
        if (met.size() != batch.rows) return brokenState("which rows have met others");
        add(batch, everyRow(batch.rows), hashes, kMinTimestamp, slots);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (slots[row] != kNoRow && met[row] != 0) m_met[slots[row]] = 1;
        }
    }
    return {};
}

std::size_t IntervalRows::memoryBytes() const {
    return m_rows.memoryBytes() + m_byKey.memoryBytes() + m_met.capacity() +
           m_waiting.capacity() * sizeof(Waiting);
}

}  // namespace rw
