#include "core/stream/keys/changed_rows.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {
/// An assignment would keep the memory.
void release(std::vector<std::uint32_t>& rows) {
    std::vector<std::uint32_t>().swap(rows);
}
}  // namespace

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
    m_all = false;
    m_left = m_frozenOrder.size();
    m_next = 0;
}

void ChangedRows::freezeAll() {
    std::fill(m_changed.begin(), m_changed.end(), 0);
    std::fill(m_frozen.begin(), m_frozen.begin() + static_cast<std::ptrdiff_t>(m_rows / 64),
              ~std::uint64_t{0});
    for (std::size_t row = m_rows / 64 * 64; row < m_rows; ++row)
        set(m_frozen, static_cast<std::uint32_t>(row));
    release(m_order);
    release(m_frozenOrder);
    m_all = true;
    m_left = m_rows;
    m_next = 0;
}

void ChangedRows::takeSome(std::size_t most, std::vector<std::uint32_t>& rows) {
    rows.clear();
    for (; m_left > 0 && rows.size() < most; ++m_next) {
        const std::uint32_t row = m_all ? static_cast<std::uint32_t>(m_next) : m_frozenOrder[m_next];
        if (!isSet(m_frozen, row)) continue;
        clear(m_frozen, row);
        --m_left;
        rows.push_back(row);
    }
    if (m_left == 0) release(m_frozenOrder);
}

std::size_t ChangedRows::memoryBytes() const {
    return (m_changed.capacity() + m_frozen.capacity()) * sizeof(std::uint64_t) +
           (m_order.capacity() + m_frozenOrder.capacity() + m_first.capacity()) * sizeof(std::uint32_t);
}

}  // namespace rw
