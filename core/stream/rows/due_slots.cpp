#include "core/stream/rows/due_slots.h"

#include <algorithm>
#include <utility>

namespace rw {

void DueSlots::pass(Instant watermark) {
    if (watermark <= m_watermark) return;
    forgetTaken();
    const std::size_t group = groupOf(watermark);
    m_watermark = watermark;
    // Lower groups agree with the old watermark where the new one is above it; higher ones stay
    // unchanged.
    for (std::size_t lower = 0; lower < group; ++lower) {
        for (const Waiting& waiting : std::exchange(m_waiting[lower], {})) m_due.push_back(waiting.slot);
    }
    for (const Waiting& waiting : std::exchange(m_waiting[group], {})) add(waiting.slot, waiting.due);
}

std::span<const RowSlot> DueSlots::take(std::size_t atMost) {
    const std::span<const RowSlot> some =
        std::span<const RowSlot>(m_due).subspan(m_taken, std::min(atMost, m_due.size() - m_taken));
    m_taken += some.size();
    return some;
}

std::size_t DueSlots::memoryBytes() const {
    std::size_t bytes = m_due.capacity() * sizeof(RowSlot);
    for (const std::vector<Waiting>& group : m_waiting) bytes += group.capacity() * sizeof(Waiting);
    return bytes;
}

}  // namespace rw
