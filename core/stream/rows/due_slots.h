// Slots of rows that wait until a watermark passes them.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/time.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// A radix heap (Ahuja, Mehlhorn, Orlin and Tarjan): nothing is ever due before the watermark, which never
/// goes back, so rows need not be in order. A row is in the group of the highest bit in which its time
/// differs from the watermark; it moves to a lower group when the watermark takes over that bit, and so at
/// most once a bit. No step compares rows with each other, and all memory is walked over from end to end.
/// Single-threaded.
class DueSlots {
 public:
    /// The slot is due once the watermark is at least `due`.
    void add(RowSlot slot, Instant due) {
        if (due > m_watermark) {
            m_waiting[groupOf(due)].push_back({due, slot});
        } else {
            forgetTaken();
            m_due.push_back(slot);
        }
    }
    /// A lower one than before changes nothing.
    void pass(Instant watermark);
    Instant watermark() const { return m_watermark; }
    /// Whether take() has something to give.
    bool any() const { return m_taken < m_due.size(); }
    /// At most `atMost` slots that are due, the earlier ones about first. They stand there until the next
    /// call of add() or pass().
    std::span<const RowSlot> take(std::size_t atMost);
    std::size_t memoryBytes() const;

 private:
    struct Waiting {
        Instant due;
        RowSlot slot;
    };
    /// Of a later time than the watermark. Two's complement: the highest bit that differs tells which of two
    /// times is the later one within a sign, and a watermark below zero has all others above it.
    std::size_t groupOf(Instant due) const {
        return static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(due ^ m_watermark)));
    }
    void forgetTaken() {
        if (any()) return;
        m_due.clear();
        m_taken = 0;
    }

    Instant m_watermark = kMinTimestamp;
    std::array<std::vector<Waiting>, 65> m_waiting{};  ///< by group; times in a higher one are later
    std::vector<RowSlot> m_due{};
    std::size_t m_taken = 0;  ///< of m_due, from the front
};

}  // namespace rw
