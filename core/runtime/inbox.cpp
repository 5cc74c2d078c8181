#include "core/runtime/inbox.h"

#include <algorithm>

namespace rw {

namespace {

std::pair<std::size_t, std::size_t> rowsAndBytes(const std::vector<Batch>& batches) {
    std::size_t rows = 0, bytes = 0;
    for (const Batch& batch : batches) {
        rows += batch.rows;
        bytes += batch.memoryBytes();
    }
    return {rows, bytes};
}

}  // namespace

int Inbox::addSlot(int producers, bool numbered) {
    Slot slot;
    slot.producers = producers;
    slot.numbered = numbered;
    m_slots.push_back(std::move(slot));
    return static_cast<int>(m_slots.size()) - 1;
}

bool Inbox::full(const Slot& slot) const {
    return slot.rows >= m_rowLimit || slot.bytes >= kByteLimit;
}

void Inbox::push(int slotIndex, int producer, std::uint64_t number, std::vector<Batch> batches) {
    {
        const std::lock_guard lock(m_mutex);
        Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
        const auto [rows, bytes] = rowsAndBytes(batches);
        slot.rows += rows;
        slot.bytes += bytes;
        if (full(slot) && slot.fullSince < 0) slot.fullSince = m_clock->steadyMillis();
        if (!slot.numbered) {
            m_ready.push_back({slotIndex, producer, std::move(batches)});
        } else if (number != slot.next) {
            slot.early.emplace(number, std::move(batches));
            return;  // nothing to take yet
        } else {
            m_ready.push_back({slotIndex, 0, std::move(batches)});
            ++slot.next;
            for (auto it = slot.early.find(slot.next); it != slot.early.end();
                 it = slot.early.find(slot.next)) {
                m_ready.push_back({slotIndex, 0, std::move(it->second)});
                slot.early.erase(it);
                ++slot.next;
            }
        }
    }
    m_executor.schedule(*m_consumer);
}

bool Inbox::pop(Delivery& delivery) {
    std::vector<Task*> waiters;
    {
        const std::lock_guard lock(m_mutex);
        if (m_ready.empty()) return false;
        delivery = std::move(m_ready.front());
        m_ready.pop_front();
        Slot& slot = m_slots[static_cast<std::size_t>(delivery.slot)];
        const auto [rows, bytes] = rowsAndBytes(delivery.batches);
        slot.rows -= rows;
        slot.bytes -= bytes;
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

int Inbox::producers(int slot) const {
    return m_slots[static_cast<std::size_t>(slot)].producers;
}

}  // namespace rw
