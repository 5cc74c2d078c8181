#include "core/stream/rows/rows_by_change.h"

#include <algorithm>

#include "core/stream/rows/held_state.h"

namespace rw {

namespace {
constexpr std::size_t kRowsOfLot = 256, kTextsOfSome = std::size_t{4} << 20;  // bytes
}  // namespace

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
    std::vector<std::uint32_t> lot;
    std::size_t texts = 0;
    for (std::size_t looked = 0; looked < most && texts < kTextsOfSome && m_changed.anyFrozen();
         looked += lot.size()) {
        m_changed.takeSome(std::min(kRowsOfLot, most - looked), lot);
        for (const RowSlot slot : lot) {
            // Free at the barrier: those of rows that were removed before it.
            if (!m_rows.contains(slot)) continue;
            taken.slots.push_back(slot);
            texts += m_rows.textBytes(slot);
        }
    }
    taken.rows = m_rows.batchOf(taken.slots);
    return taken;
}

/// Behind all others: no more are made then.
RowsByChange::Taken RowsByChange::takeCopies(std::size_t most) {
    Taken taken;
    taken.copied = true;
    taken.first = m_next;
    std::vector<RowSlot> numbers;
    for (std::size_t texts = 0; m_next < m_copied.size() && numbers.size() < most && texts < kTextsOfSome;
         ++m_next) {
        const auto number = static_cast<RowSlot>(m_next);
        numbers.push_back(number);
        taken.slots.push_back(m_copied[m_next]);
        texts += m_copies.textBytes(number);
    }
    taken.rows = m_copies.batchOf(numbers);
    if (m_next < m_copied.size()) return taken;
    m_copies = RowStore(m_rows.schema());  // releases its memory
    std::vector<RowSlot>().swap(m_copied);  // an assignment would keep the memory
    m_next = 0;
    return taken;
}

std::size_t RowsByChange::memoryBytes() const {
    return sizeof *this + m_changed.memoryBytes() + m_copies.memoryBytes() +
           m_copied.capacity() * sizeof(RowSlot);
}

}  // namespace rw
