#include "core/stream/joins/interval_rows.h"

#include <string>
#include <utility>

#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {
constexpr std::uint32_t kIntervalRowsVersion = 1;
}

void rowsWithKey(const Batch& batch, std::span<const int> keys, std::span<const std::uint32_t> rows,
                 std::vector<std::uint32_t>& keyed) {
    keyed.assign(rows.begin(), rows.end());
    for (const int key : keys) {
        const Validity& validity = batch.column(key).validity();
        if (validity.allValid()) continue;
        std::erase_if(keyed, [&validity](std::uint32_t row) { return !validity.valid(row); });
    }
}

IntervalRows::IntervalRows(Shape shape)
    : m_shape(std::move(shape)),
      m_rows(m_shape.rows.schema),
      m_byKey(m_rows, m_shape.rows.keys, m_shape.length) {}

void IntervalRows::add(const Batch& batch, std::span<const std::uint32_t> rows,
                       std::span<const std::uint32_t> keyed, std::span<const std::uint64_t> hashes) {
    const std::span<const Instant> times = batch.column(m_shape.eventTime).values<Instant>();
    const auto dueOf = [&](std::uint32_t row) { return saturatingAdd(times[row], m_shape.wait); };
    const auto passed = [&](std::uint32_t row) { return dueOf(row) <= m_due.watermark(); };
    m_kept.assign(m_shape.outer ? rows.begin() : keyed.begin(), m_shape.outer ? rows.end() : keyed.end());
    if (!m_shape.outer) std::erase_if(m_kept, passed);
    m_added.clear();
    m_rows.add(batch, m_kept, m_added);
    m_slots.assign(batch.rows, kNoRow);
    for (std::size_t i = 0; i < m_kept.size(); ++i) {
        m_slots[m_kept[i]] = m_added[i];
        m_due.add(m_added[i], dueOf(m_kept[i]));
    }
    m_found.clear();
    for (const std::uint32_t row : keyed) {
        // A row that is passed finds others when it comes, but no later row can find it.
        if (!passed(row)) m_found.push_back({hashes[row], times[row], m_slots[row]});
    }
    m_byKey.add(m_found);
    if (!m_shape.outer) return;
    m_met.resize(m_rows.slots());
    for (const std::uint32_t row : m_kept) m_met[m_slots[row]] = 0;
}

void IntervalRows::drop(std::span<const RowSlot> slots) {
    m_byKey.remove(slots);
    m_rows.remove(slots);
}

void IntervalRows::write(std::string_view name, StateWriter& out) const {
    const std::vector<RowSlot> slots = keptSlots(m_rows);
    if (slots.empty()) return;
    const Batch rows = m_rows.batchOf(slots);
    // Rows that are equal have met the same ones: no more than the columns is needed.
    std::vector<std::uint32_t> order = orderByColumns(rows);
    std::vector<std::uint64_t> hashes;
    hashKeys(rows, keys(), hashes);
    const auto hashOf = [&hashes](std::uint32_t row) { return hashes[row]; };
    forEachKeyGroup(std::move(order), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        std::string met;
        for (const std::uint32_t row : some) met += static_cast<char>(outer() ? m_met[slots[row]] : 0);
        out.keyed(name, group, kIntervalRowsVersion, [&](StateWriter& record) {
            record.batch("rows", rows.select(some));
            record.bytes("met", met);
        });
    });
}

Status IntervalRows::read(std::string_view name, const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(name));
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> keyed;
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kIntervalRowsVersion) return brokenState("version of rows to be joined");
        RW_TRY_ASSIGN(const Batch batch, readRowsOfGroup(record, m_shape.rows, keyGroup, hashes));
        RW_TRY_ASSIGN(const std::string_view met, record.bytes("met"));
        if (met.size() != batch.rows) return brokenState("which rows have met others");
        const std::vector<std::uint32_t> rows = everyRow(batch.rows);
        rowsWithKey(batch, keys(), rows, keyed);
        add(batch, rows, keyed, hashes);
        for (const std::uint32_t row : rows) {
            if (outer() && met[row] != 0) addedMet(row);
        }
    }
    return {};
}

std::size_t IntervalRows::memoryBytes() const {
    return m_rows.memoryBytes() + m_byKey.memoryBytes() + m_due.memoryBytes() + m_met.capacity();
}

}  // namespace rw
