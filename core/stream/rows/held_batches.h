// Batches that an operator holds between calls, in the order in which they came, with the watermark that
// follows each, and between them the changes of partitions.
#pragma once
#include <cstddef>
#include <deque>
#include <utility>

#include "core/stream/operator.h"

namespace rw {

/// Rows that wait for a time or for an answer, and leave by the front. Single-threaded.
class HeldBatches {
 public:
    /// `read`: columns that rows must have when they come back from a state, besides event time.
    HeldBatches(const StreamType& input, ColumnSet read) : m_input(input), m_read(std::move(read)) {}

    bool empty() const { return m_held.empty(); }
    std::size_t size() const { return m_held.size(); }
    /// By place: 0 is the front, of which rows may have gone.
    const Batch& at(std::size_t place) const { return m_held[place]; }
    const Batch& front() const { return m_held.front(); }
    /// Behind all that is held.
    Instant watermark() const { return m_held.back().watermark; }
    /// Control::WatermarkAdvance, without rows: a change of a partition.
    static bool isMark(const Batch& held) { return held.control == Control::WatermarkAdvance; }
    /// Rows of the front that have gone.
    std::size_t sent() const { return m_sent; }
    std::size_t left() const { return m_held.front().rows - m_sent; }
    /// Those at the place that have not gone.
    Batch rest(std::size_t place) const;

    void hold(Batch batch);
    void holdMark(WireNumber wire, Instant advancedTo);
    /// Puts a watermark behind the held batches, of which there is one.
    void follow(Instant watermark) { m_held.back().watermark = watermark; }
    /// The one at `place` leaves before the others. The watermark behind it stays behind all that came before
    /// it.
    void bringForward(std::size_t place);
    /// The first `rows` of the one at `place`, fewer than it has, become one of their own, followed by no
    /// watermark. None of it has gone.
    void split(std::size_t place, std::size_t rows);
    /// So many rows of the front have gone.
    void send(std::size_t rows) { m_sent += rows; }
    /// Lets go of the front, whose rows have all gone. The watermark behind it; kMinTimestamp: none.
    Instant pop();

    void snapshot(StateWriter& out) const;
    /// Whether a state, written by snapshot() among other things, holds some.
    static Result<bool> holdsAny(const StateReader& state);
    Status restore(const StateReader& state);
    Operator::StateSize stateSize() const { return {m_size.bytes, m_size.keys - m_sent}; }

 private:
    Result<Batch> restored(const StateReader& record) const;
    Status check(const Batch& held) const;

    const StreamType m_input;
    const ColumnSet m_read;
    std::deque<Batch> m_held{};
    std::deque<std::size_t> m_bytes{};  ///< of each
    Operator::StateSize m_size{};       ///< of all in m_held
    std::size_t m_sent = 0;
};

}  // namespace rw
