#include "core/stream/joins/window_scan.h"

#include <algorithm>
#include <limits>

namespace rw {

namespace {
constexpr std::uint64_t kBytesOfIndex = 48;  // what a row takes while it is looked at, about, besides itself
constexpr std::uint64_t kMostAtOnce = std::uint64_t{4}
                                      << 20;  // bytes that one call reads, unless a row has more
}  // namespace

WindowScan::WindowScan(WindowSide& side, const Window& window)
    : m_side(side),
      m_window(window),
      m_stored(side.storedIn(window)),
      m_rows(static_cast<std::uint64_t>(side.rowsIn(window))) {
    std::vector<RowSlot> inMemory;
    WindowSide::Walk walk = side.rowsOf(window);
    side.take(walk, std::numeric_limits<std::size_t>::max(), inMemory);
    m_order = slotsByKeyGroup(inMemory, side.hashes(), m_begins);
    for (const WindowSide::Piece* const piece : m_stored) piece->rows.addBytes(m_bytes);
    for (std::size_t group = 0; group < m_bytes.size(); ++group)
        m_bytes[group] += (m_begins[group + 1] - m_begins[group]) * kBytesOfIndex;
}

void WindowScan::begin(const KeyGroups& groups) {
    m_groups = groups;
    m_piece = m_section = 0;
    m_next = m_begins[static_cast<std::size_t>(groups.first)];
    m_end = m_begins[static_cast<std::size_t>(groups.end)];
}

/// False: no section has rows of the key groups any more.
bool WindowScan::toNextSection() {
    for (; m_piece < m_stored.size(); ++m_piece, m_section = 0) {
        for (; m_section < m_stored[m_piece]->rows.sections(); ++m_section) {
            const KeyGroups groups = m_stored[m_piece]->rows.groupsOf(m_section);
            if (groups.first >= m_groups.end) break;
            if (groups.end > m_groups.first) return true;
        }
    }
    return false;
}

Result<bool> WindowScan::next(std::size_t atMost, std::vector<RowSlot>& slots) {
    const std::size_t before = slots.size();
    std::uint64_t bytesRead = 0;
    while (slots.size() - before < atMost && bytesRead < kMostAtOnce && toNextSection()) {
        const StoredRows& stored = m_stored[m_piece]->rows;
        const std::size_t first = slots.size();
        RW_TRY(m_side.load(*m_stored[m_piece], m_section, m_window, m_groups, slots));
        m_loaded.insert(m_loaded.end(), slots.begin() + static_cast<std::ptrdiff_t>(first), slots.end());
        const std::uint64_t loaded = slots.size() - first, bytes = stored.bytesOf(m_section);
        // A section may have more key groups, whose rows are not loaded.
        m_held +=
            bytes * loaded / std::max<std::uint64_t>(stored.rowsOf(m_section), 1) + loaded * kBytesOfIndex;
        bytesRead += bytes;
        ++m_section;
    }
    // They come in one order each time, wherever the calls end: those in memory are the last.
    if (toNextSection()) return true;
    const std::size_t given = std::min(slots.size() - before, atMost);
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(m_end - m_next, atMost - given));
    const auto from = m_order.begin() + static_cast<std::ptrdiff_t>(m_next);
    slots.insert(slots.end(), from, from + static_cast<std::ptrdiff_t>(count));
    m_next += count;
    m_held += count * kBytesOfIndex;
    return m_next < m_end;
}

void WindowScan::release() {
    m_side.unload(m_loaded);
    m_loaded.clear();
    m_held = 0;
}

}  // namespace rw
