#include "core/stream/keys/changed_rows.h"

#include <utility>

namespace rw {

void ChangedRows::resize(std::size_t rows) {
    m_rows = rows;
    const std::size_t words = (rows + 63) / 64;
    if (words <= m_changed.size()) return;
    m_changed.resize(words);
    m_frozen.resize(words);
}

void ChangedRows::markNew(std::uint32_t row) {
    set(m_changed, row);
    m_order.push_back(row);
    if (m_left == 0 || !isSet(m_frozen, row)) return;
    clear(m_frozen, row);
    --m_left;
    m_first.push_back(row);
}

void ChangedRows::freeze() {
    std::swap(m_changed, m_frozen);  // all of m_frozen is clear
    m_frozenOrder = std::exchange(m_order, {});
    m_next = 0;
    m_left = m_frozenOrder.size();
}

void ChangedRows::takeSome(std::size_t most, std::vector<std::uint32_t>& rows) {
    rows.clear();
    for (; m_left > 0 && rows.size() < most; ++m_next) {
        const std::uint32_t row = m_frozenOrder[m_next];
        if (!isSet(m_frozen, row)) continue;
        clear(m_frozen, row);
        --m_left;
        rows.push_back(row);
    }
}

void ChangedRows::keep() {
    m_frozenOrder = {};
}

void ChangedRows::giveUp() {
    for (const std::uint32_t row : std::exchange(m_frozenOrder, {})) {
        if (isSet(m_frozen, row)) clear(m_frozen, row);
        if (isSet(m_changed, row)) continue;
        set(m_changed, row);
        m_order.push_back(row);
    }
    m_left = 0;
}

std::size_t ChangedRows::memoryBytes() const {
    return (m_changed.capacity() + m_frozen.capacity()) * sizeof(std::uint64_t) +
           (m_order.capacity() + m_frozenOrder.capacity() + m_first.capacity()) * sizeof(std::uint32_t);
}

}  // namespace rw
