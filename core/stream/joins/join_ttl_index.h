// When the keys of a join last had a row, for the one that they end by (event-time rules, 17).
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/stream/rows/changing_slots.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// The keys that live, each with the moment of its newest row, the oldest to be found first. Single-threaded.
class JoinTtlIndex final : private RowsBySlot {
 public:
    /// The keys of a batch: their columns in the types in which they are kept.
    struct Keys {
        Batch batch{};
        std::vector<const Column*> columns{};
        std::vector<std::uint64_t> hashes{};
    };

    /// The types of the key's columns at either input, pair by pair: the same, or whole numbers.
    JoinTtlIndex(std::span<const Type> left, std::span<const Type> right);
    JoinTtlIndex(const JoinTtlIndex&) = delete;
    JoinTtlIndex& operator=(const JoinTtlIndex&) = delete;

    Keys keysOf(const Batch& batch, std::span<const int> columns) const;
    /// The life of the key at row `row`, which has no NULL; kNoRow: it does not live.
    RowSlot find(const Keys& keys, std::uint32_t row) const;
    /// It has a row of this moment: it lives at least from it.
    void touch(const Keys& keys, std::uint32_t row, Instant moment);
    Instant newest(RowSlot life) const { return m_newest[life]; }
    /// The key of a life, in one row.
    Keys key(RowSlot life) const;
    void end(RowSlot life);

    bool empty() const { return m_queue.empty(); }
    /// No key has its newest row before this moment.
    Instant earliest() const { return m_queue.begin()->first; }
    /// The key that this was true of when it was asked last. When it is no longer, requeue() puts it where it
    /// belongs, so that the next one is found.
    RowSlot first() const { return m_queue.begin()->second; }
    void requeue(RowSlot life);

    /// Writes keyed records called `name`, in an order that does not tell how the keys came.
    void write(std::string_view name, StateWriter& out) const;
    // As ChangingState has them; with records called as in write(), and of what has changed.
    void freeze(bool whole);
    bool anyFrozen() const { return m_changes && m_changes->anyFrozen(); }
    void writePiece(std::string_view name, StateWriter& out) { m_changes->writePiece(name, out); }
    /// Takes over the keys of `own` that either of these wrote.
    Status read(std::string_view name, const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    static HeldShape writtenShape(const Schema& keys);
    std::uint64_t hashOf(RowSlot life) const override { return m_byKey.hash(life); }
    std::int64_t numberOf(RowSlot life) const override { return m_newest[life]; }
    void writeRows(Batch rows, std::span<const std::int64_t> numbers, StateWriter& record) const override;

    RowStore m_keys;
    const HeldShape m_written;  ///< with a column for the newest moment
    RowsByKey m_byKey;
    std::vector<Instant> m_newest{};  ///< by slot
    std::vector<Instant> m_queued{};  ///< by slot: the moment under which it is in the queue
    /// Moved only when it is looked at, which a key that is busy rarely is.
    std::set<std::pair<Instant, RowSlot>> m_queue{};
    std::unique_ptr<ChangingSlots> m_changes{};  ///< from the first freeze on
};

}  // namespace rw
