#include "core/runtime/inbox.h"

#include <algorithm>

namespace rw {

int Inbox::addSlot(bool numbered) {
    m_slots.emplace_back().numbered = numbered;
    return static_cast<int>(m_slots.size()) - 1;
}

bool Inbox::full(const Slot& slot) const {
    return slot.rows >= m_rowLimit || slot.bytes >= kByteLimit;
}

void Inbox::push(int slotIndex, int producer, std::uint64_t number, std::vector<Batch> batches) {
    Delivery delivery{slotIndex, producer, std::move(batches)};
    for (const Batch& batch : delivery.batches) {
        delivery.rows += batch.rows;
        delivery.bytes += batch.memoryBytes();
    }
    {
        const std::lock_guard lock(m_mutex);
        Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
        slot.rows += delivery.rows;
        slot.bytes += delivery.bytes;
        if (full(slot) && slot.fullSince < 0) slot.fullSince = m_clock->steadyMillis();
        if (slot.numbered && number != slot.next) {
            slot.early.emplace(number, std::move(delivery));
            return;  // nothing to take yet
        }
        m_ready.push_back(std::move(delivery));
        if (slot.numbered) takeEarly(slot);
    }
    m_executor.schedule(*m_consumer);
}

/// What came early and is next now.
void Inbox::takeEarly(Slot& slot) {
    for (auto it = slot.early.find(++slot.next); it != slot.early.end(); it = slot.early.find(++slot.next)) {
        m_ready.push_back(std::move(it->second));
        slot.early.erase(it);
    }
}

bool Inbox::pop(Delivery& delivery) {
    std::vector<Task*> waiters;
    {
        const std::lock_guard lock(m_mutex);
        if (m_ready.empty()) return false;
        delivery = std::move(m_ready.front());
        m_ready.pop_front();
        Slot& slot = m_slots[static_cast<std::size_t>(delivery.slot)];
        slot.rows -= delivery.rows;
        slot.bytes -= delivery.bytes;
        if (!full(slot)) {
            if (slot.fullSince >= 0) slot.fullMillis += m_clock->steadyMillis() - slot.fullSince;
            slot.fullSince = -1;
            waiters.swap(m_waiters);
        }
    }
    for (Task* waiter : waiters) m_executor.schedule(*waiter);
    return true;
}

bool Inbox::admit(int slot, Task& waiter) {
    const std::lock_guard lock(m_mutex);
    if (!full(m_slots[static_cast<std::size_t>(slot)])) return true;
    if (std::find(m_waiters.begin(), m_waiters.end(), &waiter) == m_waiters.end())
        m_waiters.push_back(&waiter);
    return false;
}

std::size_t Inbox::queuedRows(int slot) const {
    const std::lock_guard lock(m_mutex);
    return m_slots[static_cast<std::size_t>(slot)].rows;
}

std::int64_t Inbox::fullMillis(int slotIndex) const {
    const std::lock_guard lock(m_mutex);
    const Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
    return slot.fullMillis + (slot.fullSince < 0 ? 0 : m_clock->steadyMillis() - slot.fullSince);
}

}  // namespace rw
