// The rows of one input of an interval join that may still meet rows of the other.
#pragma once
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/stream/held_state.h"
#include "core/stream/row_store.h"

namespace rw {

/// Finds them by key, and lets them go when the other input has passed them. Single-threaded.
class IntervalRows {
 public:
    struct Shape {
        HeldShape rows{};    ///< its keys are those of the join
        int eventTime = -1;  ///< column
        Millis wait = 0;     ///< a row is kept until the other watermark reaches its event time + this
        bool outer = false;  ///< rows that met none are asked for when they go
    };

    explicit IntervalRows(Shape shape);
    IntervalRows(const IntervalRows&) = delete;
    IntervalRows& operator=(const IntervalRows&) = delete;

    /// Keeps those of `rows` that are needed while the other watermark is `watermark`; `hashes` are those of
    /// the keys, one a row of the batch. `slots`, as long, gets the slots of rows that are kept.
    void add(const Batch& batch, std::span<const std::uint32_t> rows, std::span<const std::uint64_t> hashes,
             Instant watermark, std::vector<RowSlot>& slots);
    const RowStore& store() const { return m_rows; }
    const RowsByKey& byKey() const { return m_byKey; }
    std::span<const int> keys() const { return m_shape.rows.keys; }
    int eventTime() const { return m_shape.eventTime; }
    Instant time(RowSlot slot) const { return m_rows.value<Instant>(m_shape.eventTime, slot); }
    bool outer() const { return m_shape.outer; }
    /// The row has met one.
    void met(RowSlot slot) { m_met[slot] = 1; }

    /// Whether rows are kept no longer than until this.
    bool due(Instant watermark) const { return !m_waiting.empty() && m_waiting.front().due <= watermark; }
    /// At most `atMost` of them, the earliest first. Their rows are there until they are given to drop(),
    /// which must come next.
    std::vector<RowSlot> takeDue(Instant watermark, std::size_t atMost);
    bool isAlone(RowSlot slot) const { return m_met[slot] == 0; }
    void drop(std::span<const RowSlot> slots);

    /// Writes keyed records called `name`, in an order that does not tell how the rows came.
    void write(std::string_view name, StateWriter& out) const;
    /// Takes over those of `own`.
    Status read(std::string_view name, const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    struct Waiting {
        Instant due;
        RowSlot slot;
        auto operator<=>(const Waiting&) const = default;
    };

    const Shape m_shape;
    RowStore m_rows;
    RowsByKey m_byKey;
    std::vector<std::uint8_t> m_met{};  ///< by slot
    std::vector<Waiting> m_waiting{};   ///< all rows: a heap, the first to go on top
};

}  // namespace rw
