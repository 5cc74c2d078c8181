#include "core/stream/rows/rows_by_key_and_time.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {
constexpr std::size_t kFirstPlaces = 16;
constexpr int kLongestCell = 62;
}  // namespace

// Twice to four times as long as a span: most spans lie in one cell.
RowsByKeyAndTime::RowsByKeyAndTime(const RowStore& rows, std::vector<int> keys, Millis length)
    : m_rows(rows),
      m_keys(std::move(keys)),
      m_cellBits(
          std::min(static_cast<int>(std::bit_width(static_cast<std::uint64_t>(length))) + 1, kLongestCell)) {}

void RowsByKeyAndTime::add(std::span<const Row> rows) {
    makeRoom(rows.size());
    const auto placeOfRow = [this](const Row& row) {
        return placeOf(static_cast<std::uint32_t>(row.hash), row.time);
    };
    for (const Row& row : rows) __builtin_prefetch(&m_heads[placeOfRow(row)], 1);
    for (const Row& row : rows) {
        m_links[row.slot].time = row.time;
        m_links[row.slot].hash = static_cast<std::uint32_t>(row.hash);
        link(row.slot);
    }
    m_size += rows.size();
}

void RowsByKeyAndTime::link(RowSlot slot) {
    RowSlot& head = m_heads[placeOf(m_links[slot])];
    if (head != kNoRow) m_previous[head] = slot;
    m_previous[slot] = kNoRow;
    m_links[slot].next = std::exchange(head, slot);
}

void RowsByKeyAndTime::makeRoom(std::size_t more) {
    m_links.resize(m_rows.slots());
    m_previous.resize(m_rows.slots(), kNotIn);
    if (m_size + more <= m_heads.size()) return;
    m_heads.assign(std::max(kFirstPlaces, std::bit_ceil(m_size + more)), kNoRow);
    m_placeMask = static_cast<std::uint32_t>(m_heads.size() - 1);
    for (RowSlot slot = 0; slot < m_links.size(); ++slot) {
        if (in(slot)) link(slot);
    }
}

void RowsByKeyAndTime::remove(std::span<const RowSlot> slots) {
    for (const RowSlot slot : slots) {
        if (in(slot)) __builtin_prefetch(&m_heads[placeOf(m_links[slot])], 1);
    }
    for (const RowSlot slot : slots) {
        if (!in(slot)) continue;
        const RowSlot next = m_links[slot].next, previous = std::exchange(m_previous[slot], kNotIn);
        if (previous == kNoRow) {
            m_heads[placeOf(m_links[slot])] = next;
        } else {
            m_links[previous].next = next;
        }
        if (next != kNoRow) m_previous[next] = previous;
        --m_size;
    }
}

void RowsByKeyAndTime::find(std::span<const std::uint32_t> rows, std::span<const std::uint64_t> hashes,
                            std::span<const Instant> times, const Distance& distance,
                            std::vector<Look>& looks) const {
    looks.clear();
    if (m_size == 0) return;
    looks.resize(2 * rows.size());
    // Where a chain begins is not known yet: its place stands there.
    std::size_t count = 0;
    for (const std::uint32_t row : rows) {
        const Span span = distance.of(times[row]);
        const auto hash = static_cast<std::uint32_t>(hashes[row]);
        const std::uint32_t first = placeOf(hash, span.from), last = placeOf(hash, span.until);
        __builtin_prefetch(&m_heads[first]);
        __builtin_prefetch(&m_heads[last]);
        looks[count++] = {row, first};
        looks[count] = {row, last};
        count += first != last ? 1 : 0;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Look look{looks[i].row, m_heads[looks[i].slot]};
        if (look.slot != kNoRow) __builtin_prefetch(&m_links[look.slot]);
        looks[kept] = look;
        kept += look.slot != kNoRow ? 1 : 0;
    }
    looks.resize(kept);
}

}  // namespace rw
