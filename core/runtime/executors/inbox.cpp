#include "core/runtime/executors/inbox.h"

#include <algorithm>

namespace rw {

int Inbox::addSlot(bool numbered, int producers) {
    Slot& slot = m_slots.emplace_back();
    slot.numbered = numbered;
    slot.producers.resize(static_cast<std::size_t>(producers));
    return static_cast<int>(m_slots.size()) - 1;
}

Delivery Inbox::deliveryOf(int slot, int producer, std::vector<Batch> batches) {
    Delivery delivery{slot, producer, std::move(batches)};
    for (const Batch& batch : delivery.batches) delivery.rows += batch.rows;
    delivery.bytes = memoryBytes(delivery.batches);
    return delivery;
}

void Inbox::count(Slot& slot, const Delivery& delivery) {
    slot.rows += delivery.rows;
    slot.bytes += delivery.bytes;
    if (full(slot) && slot.fullSince < 0) slot.fullSince = m_clock->steadyMillis();
}

void Inbox::push(int slotIndex, int producer, std::vector<Batch> batches) {
    Delivery delivery = deliveryOf(slotIndex, producer, std::move(batches));
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed) return;
        count(m_slots[static_cast<std::size_t>(slotIndex)], delivery);
        makeReady(std::move(delivery));
    }
    m_executor.schedule(*m_consumer);
}

void Inbox::makeReady(Delivery delivery) {
    Slot& slot = m_slots[static_cast<std::size_t>(delivery.slot)];
    Slot::Producer& producer = slot.producers[static_cast<std::size_t>(delivery.producer)];
    if (producer.held) {
        slot.heldRows += delivery.rows;
        slot.heldBytes += delivery.bytes;
    }
    (producer.held ? producer.waiting : m_ready).push_back(std::move(delivery));
}

void Inbox::hold(int slot, int producer) {
    std::vector<Task*> waiters;
    {
        const std::lock_guard lock(m_mutex);
        Slot::Producer& of =
            m_slots[static_cast<std::size_t>(slot)].producers[static_cast<std::size_t>(producer)];
        of.held = true;
        ++m_held;
        for (Delivery& delivery : std::exchange(m_ready, {})) makeReady(std::move(delivery));
        waiters.swap(m_waiters);  // the held rows of this producer no longer count for others
    }
    wake(waiters);
}

void Inbox::releaseHeld() {
    const std::lock_guard lock(m_mutex);
    m_held = 0;
    for (Slot& slot : m_slots) {
        slot.heldRows = slot.heldBytes = 0;
        for (Slot::Producer& producer : slot.producers) {
            producer.held = false;
            for (Delivery& delivery : std::exchange(producer.waiting, {}))
                m_ready.push_back(std::move(delivery));
        }
    }
}

void Inbox::pushNumbered(int slotIndex, std::uint64_t number, std::vector<Batch> batches, bool last) {
    Delivery delivery = deliveryOf(slotIndex, 0, std::move(batches));
    std::vector<Task*> waiters;
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed) return;
        Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
        count(slot, delivery);
        if (number != slot.next) {
            slot.earlyRows += delivery.rows;
            slot.earlyBytes += delivery.bytes;
            Slot::Early& early = slot.early[number];
            early.parts.push_back(std::move(delivery));
            early.complete = last;
            return;  // nothing to take yet
        }
        makeReady(std::move(delivery));
        if (last) {
            turn(slot);
            waiters.swap(m_waiters);  // the turn of one of them may have come
        }
    }
    m_executor.schedule(*m_consumer);
    wake(waiters);
}

void Inbox::turn(Slot& slot) {
    for (auto it = slot.early.find(++slot.next); it != slot.early.end(); it = slot.early.find(++slot.next)) {
        for (Delivery& part : it->second.parts) {
            slot.earlyRows -= part.rows;
            slot.earlyBytes -= part.bytes;
            makeReady(std::move(part));
        }
        const bool complete = it->second.complete;
        slot.early.erase(it);
        if (!complete) return;
    }
}

void Inbox::close() {
    std::vector<Task*> waiters;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_ready.clear();
        m_held = 0;
        for (Slot& slot : m_slots) {
            for (Slot::Producer& producer : slot.producers) producer.waiting.clear();
            slot.early.clear();
            slot.rows = slot.bytes = slot.earlyRows = slot.earlyBytes = slot.heldRows = slot.heldBytes = 0;
            noLongerFull(slot);
        }
        waiters.swap(m_waiters);
    }
    wake(waiters);
    wake(m_producers);
}

void Inbox::noLongerFull(Slot& slot) const {
    if (slot.fullSince >= 0) slot.fullMillis += m_clock->steadyMillis() - slot.fullSince;
    slot.fullSince = -1;
}

void Inbox::waitFor(Task& waiter) {
    if (std::find(m_waiters.begin(), m_waiters.end(), &waiter) == m_waiters.end())
        m_waiters.push_back(&waiter);
}

void Inbox::wake(const std::vector<Task*>& waiters) {
    for (Task* waiter : waiters) m_executor.schedule(*waiter);
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
        if (!full(slot)) noLongerFull(slot);
        if (!fullToTake(slot)) waiters.swap(m_waiters);
    }
    wake(waiters);
    return true;
}

bool Inbox::admit(int slotIndex, int producer, Task& waiter) {
    const std::lock_guard lock(m_mutex);
    const Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
    const bool held = slot.producers[static_cast<std::size_t>(producer)].held;
    if (!(held ? full(slot) : fullToTake(slot))) return true;
    waitFor(waiter);
    return false;
}

bool Inbox::admitNumbered(int slotIndex, std::uint64_t number, Task& waiter) {
    const std::lock_guard lock(m_mutex);
    const Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
    const bool itsTurn = number == slot.next, held = slot.producers.front().held;
    const std::size_t early = itsTurn ? slot.earlyRows : 0, earlyBytes = itsTurn ? slot.earlyBytes : 0;
    if (!(itsTurn && !held ? fullToTake(slot) : full(slot.rows - early, slot.bytes - earlyBytes)))
        return true;
    waitFor(waiter);
    return false;
}

std::size_t Inbox::queuedRows(int slot) const {
    const std::lock_guard lock(m_mutex);
    return m_slots[static_cast<std::size_t>(slot)].rows;
}

std::size_t Inbox::rowsToTake(int slotIndex) const {
    const std::lock_guard lock(m_mutex);
    const Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
    return slot.rows - slot.earlyRows - slot.heldRows;
}

std::int64_t Inbox::fullMillis(int slotIndex) const {
    const std::lock_guard lock(m_mutex);
    const Slot& slot = m_slots[static_cast<std::size_t>(slotIndex)];
    return slot.fullMillis + (slot.fullSince < 0 ? 0 : m_clock->steadyMillis() - slot.fullSince);
}

}  // namespace rw
