// The batches that wait at a task: each producer's in order, bounded in rows and bytes.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/data/batch.h"
#include "core/runtime/executors/executor.h"

namespace rw {

/// Batches that one producer sent at once.
struct Delivery {
    int slot = 0;      ///< Inbox slot: an exchange
    int producer = 0;  ///< its instance; 0 for the lanes of a source, which are one producer
    std::vector<Batch> batches{};
    std::size_t rows = 0, bytes = 0;  ///< of all batches
};

/// Many producers, one consumer. Pushing never fails and never waits: producers ask admit() before they begin
/// a piece of work, so that a limit is overshot by that piece at most.
class Inbox {
 public:
    static constexpr std::size_t kByteLimit = 32U << 20;

    Inbox(Executor& executor, std::shared_ptr<Clock> clock, std::size_t rowLimit)
        : m_executor(executor), m_clock(std::move(clock)), m_rowLimit(rowLimit) {}

    /// Before the run: another exchange that ends here. Numbered producers (the lanes of a source) push in
    /// any order, are taken by number and count as one. Returns the slot.
    int addSlot(bool numbered, int producers);
    void setConsumer(Task& task) { m_consumer = &task; }
    void addProducer(Task& task) { m_producers.push_back(&task); }

    void push(int slot, int producer, std::vector<Batch> batches);
    /// For a numbered slot: some of the batches of `number`, which counts 0, 1, 2 … without gaps; `last`:
    /// nothing of it follows.
    void pushNumbered(int slot, std::uint64_t number, std::vector<Batch> batches, bool last);
    bool pop(Delivery& delivery);
    // For the consumer, which takes the same barrier from every producer before it goes on with any: batches
    // of a held producer wait here until all are let go. They count for that producer alone: the others must
    // not wait for room that is made only when their barrier has come.
    void hold(int slot, int producer);
    int held() const { return m_held; }
    void releaseHeld();

    /// The consumer takes nothing any more: batches that wait here or still come are dropped, and there is
    /// always room for them. Producers are scheduled, so that they see that there is no reader.
    void close();
    bool closed() const { return m_closed; }  ///< any thread

    /// Whether a producer may begin another piece of work; if not, `waiter` is scheduled when it may.
    bool admit(int slot, int producer, Task& waiter);
    /// Whether the producer of `number` may go on with it. Batches that came early for later numbers do not
    /// keep the next number in turn from going on: they all wait for it.
    bool admitNumbered(int slot, std::uint64_t number, Task& waiter);

    // For metrics; any thread.
    std::size_t queuedRows(int slot) const;
    /// Of these the ones that the consumer can take as things are.
    std::size_t rowsToTake(int slot) const;
    std::size_t rowLimit() const { return m_rowLimit; }
    /// Milliseconds for which the slot has been full so far.
    std::int64_t fullMillis(int slot) const;

 private:
    struct Slot {
        struct Producer {
            bool held = false;
            std::deque<Delivery> waiting{};
        };
        bool numbered = false;
        std::vector<Producer> producers;
        std::uint64_t next = 0;  ///< the number whose turn it is
        struct Early {
            std::vector<Delivery> parts;
            bool complete = false;
        };
        std::map<std::uint64_t, Early> early;  ///< numbers beyond `next`
        std::size_t rows = 0, bytes = 0;       ///< that wait, early ones too
        std::size_t earlyRows = 0, earlyBytes = 0;
        std::size_t heldRows = 0, heldBytes = 0;  ///< of held producers
        std::int64_t fullSince = -1, fullMillis = 0;
    };
    bool full(std::size_t rows, std::size_t bytes) const { return rows >= m_rowLimit || bytes >= kByteLimit; }
    bool full(const Slot& slot) const { return full(slot.rows, slot.bytes); }
    /// Of the rows that the consumer can take now.
    bool fullToTake(const Slot& slot) const {
        return full(slot.rows - slot.earlyRows - slot.heldRows,
                    slot.bytes - slot.earlyBytes - slot.heldBytes);
    }
    static Delivery deliveryOf(int slot, int producer, std::vector<Batch> batches);
    void count(Slot& slot, const Delivery& delivery);
    void makeReady(Delivery delivery);
    /// The turn has come of the next number.
    void turn(Slot& slot);
    void noLongerFull(Slot& slot) const;
    void waitFor(Task& waiter);
    void wake(const std::vector<Task*>& waiters);

    Executor& m_executor;
    const std::shared_ptr<Clock> m_clock;
    const std::size_t m_rowLimit;
    Task* m_consumer = nullptr;
    std::vector<Task*> m_producers;
    std::atomic<bool> m_closed{false};  ///< written under the mutex
    mutable std::mutex m_mutex;         ///< guards the members below
    std::vector<Slot> m_slots;
    std::deque<Delivery> m_ready;
    int m_held = 0;  ///< producers; written by the consumer alone
    std::vector<Task*> m_waiters;
};

}  // namespace rw
