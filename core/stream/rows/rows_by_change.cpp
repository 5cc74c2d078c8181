#include "core/stream/rows/rows_by_change.h"

#include <algorithm>
#include <numeric>

#include "core/stream/rows/held_state.h"

namespace rw {

void RowsByChange::added(std::span<const RowSlot> slots) {
    m_changed.resize(m_rows.slots());
    // None needs a copy: a slot that was frozen and has got a row now had none at the barrier, or its row
    // was copied when it was removed.
    (void)m_changed.mark(slots);
}

std::span<const RowSlot> RowsByChange::willChange(std::span<const RowSlot> slots) {
    const std::span<const RowSlot> first = m_changed.mark(slots);
    if (first.empty()) return first;
    std::vector<RowSlot> numbers;
    m_copies.add(m_rows.batchOf(first), everyRow(first.size()), numbers);
    m_copied.insert(m_copied.end(), first.begin(), first.end());
    return first;
}

void RowsByChange::freeze(bool whole) {
    m_changed.resize(m_rows.slots());
    if (whole) {
        m_changed.freezeAll();
    } else {
        m_changed.freeze();
    }
}

RowsByChange::Taken RowsByChange::takeSome(std::size_t most) {
    if (!m_changed.anyFrozen()) return takeCopies(most);
    Taken taken;
    m_changed.takeSome(most, taken.slots);
    // Free at the barrier: those of rows that were removed before it.
    std::erase_if(taken.slots, [this](RowSlot slot) { return !m_rows.contains(slot); });
    taken.rows = m_rows.batchOf(taken.slots);
    return taken;
}

/// Behind all others: no more are made then.
RowsByChange::Taken RowsByChange::takeCopies(std::size_t most) {
    Taken taken;
    taken.copied = true;
    taken.first = m_next;
    std::vector<RowSlot> numbers(std::min(most, m_copied.size() - m_next));
    std::iota(numbers.begin(), numbers.end(), static_cast<RowSlot>(m_next));
    for (const RowSlot number : numbers) taken.slots.push_back(m_copied[number]);
    taken.rows = m_copies.batchOf(numbers);
    m_next += numbers.size();
    if (m_next < m_copied.size()) return taken;
    m_copies = RowStore(m_rows.schema());  // releases its memory
    m_copied = {};
    m_next = 0;
    return taken;
}

std::size_t RowsByChange::memoryBytes() const {
    return sizeof *this + m_changed.memoryBytes() + m_copies.memoryBytes() +
           m_copied.capacity() * sizeof(RowSlot);
}

}  // namespace rw
