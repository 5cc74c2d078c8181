#include "core/connect/tables/sql_rows.h"

#include <numeric>

namespace rw {

void SqlRows::add(std::string_view cell) {
    m_cells.push_back({static_cast<std::uint32_t>(m_bytes.size()), static_cast<std::int32_t>(cell.size())});
    m_bytes += cell;
}

void SqlRows::addRow(std::span<const std::optional<std::string_view>> cells) {
    const auto own = cells.first(columns());
    std::size_t at = m_bytes.size(), end = at;
    for (const auto& cell : own) end += cell ? cell->size() : 0;
    m_bytes.resize(end);
    for (const auto& cell : own) {
        if (!cell) {
            addNull();
            continue;
        }
        m_cells.push_back({static_cast<std::uint32_t>(at), static_cast<std::int32_t>(cell->size())});
        at += cell->copy(m_bytes.data() + at, cell->size());
    }
    endRow();
}

void SqlRows::endRow(RowKind kind, bool joins) {
    const bool plain = kind == RowKind::Insert && !joins;
    if (!plain && m_isPlain) {
        m_isPlain = false;
        m_kinds.assign(m_rows, RowKind::Insert);
        m_numbers.resize(m_rows);
        std::iota(m_numbers.begin(), m_numbers.end(), 0U);
    }
    if (!joins) ++m_changes;
    ++m_rows;
    if (m_isPlain) return;
    m_numbers.push_back(m_changes - 1);
    m_kinds.push_back(kind);
}

}  // namespace rw
