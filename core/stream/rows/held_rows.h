// Rows that wait for the watermark, to be taken in an order that no thread decides: until it has passed their
// stamps, as a session over several wires or producers needs (event-time rules, 14 b), or until it has
// reached their event times, as nodes need that go by event time (rule 9).
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "core/data/batch.h"

namespace rw {

enum class HeldUntil {
    Stamp,     ///< the watermark has passed the stamp; in the order of stamps, wires, positions, event times
    EventTime  ///< the watermark has reached the event time; in the order of event times, wires, positions
};

/// Keeps copies, gathered into batches of its own: the batch of a row is not kept alive. Rows that are
/// equal in all that orders them, made rows above all, go by their columns from left to right.
/// Single-threaded.
class HeldRows {
 public:
    /// `eventTime`: the column of the event time. `batchRows`: rows in such a batch.
    HeldRows(HeldUntil until, int eventTime, std::size_t batchRows)
        : m_until(until), m_eventTime(eventTime), m_batchRows(batchRows) {}

    /// Rows that are let go: batches, each of one wire, and the order in which to take their rows.
    struct Released {
        struct Place {
            std::uint32_t batch, row;
        };
        std::vector<Batch> batches;
        std::vector<bool> known{};  ///< of each batch: a checkpoint has its rows, or is to have them
        std::vector<Place> order;
        /// All in one batch, in their order; without stamps and positions.
        Batch gathered() const;
    };

    /// Keeps rows `rows` of a batch of inserts; it has stamps where they are waited for.
    void hold(const Batch& batch, std::span<const std::uint32_t> rows);
    /// Whether rows wait no longer than for this.
    bool due(Instant watermark) const;
    /// Takes out at most `atMost` of them, in their order.
    Released release(Instant watermark, std::size_t atMost);
    bool empty() const { return m_rows.empty() && m_fresh == 0; }
    std::size_t size() const { return m_rows.size() + m_fresh; }
    /// All that wait, in the order in which they will be let go, in batches of one wire each, with their
    /// positions, and stamps where they are waited for: the form for a snapshot, independent of the order of
    /// arrival. hold() takes them again.
    std::vector<Batch> waiting() const;
    std::size_t memoryBytes() const;

    /// Of memoryBytes() those of rows that were let go, while others of their batches wait; but for frozen
    /// ones.
    std::size_t idleBytes() const;
    /// Gives that memory back: batches of which few rows wait become fewer ones.
    void compact();

    // Rows that go to files, and come back (held_files.h), where they wait until their event time.
    /// No row waits any more, and nothing is frozen.
    void clear();
    /// Those that were let go of which checkpoints know, or do not, in few batches of one wire each.
    std::vector<Batch> gathered(const Released& some, bool known) const;
    /// Keeps a batch of rows that waited here before.
    void holdAgain(Batch batch, bool known);

    // By change, as ChangingState has it. Rows come and go, and nothing of them changes: so who restores
    // finds out from the watermark of the barrier which of them had gone.
    /// At a barrier: `watermark` has been waited for, and all that are due() have been released.
    void freeze(bool whole, Instant watermark);
    bool anyFrozen() const { return m_nextFrozen < m_endFrozen; }
    /// About `atMost` rows, and 4 MiB, that are frozen and waited at the barrier, in batches as waiting() has
    /// them, in no order; may be none, though there are more.
    std::vector<Batch> takeFrozen(std::size_t atMost);
    /// The rows of a batch that wait for longer than this.
    std::vector<std::uint32_t> waitingFor(const Batch& batch, Instant watermark) const;

 private:
    struct Row {
        Instant due;  ///< stamp or event time
        WireNumber wire;
        std::int64_t position;  ///< -1: unknown
        Instant time;
        std::uint64_t batch;  ///< its number
        std::uint32_t row;    ///< in the batch
    };
    /// A batch that rows of a wire are still added to.
    struct Open {
        std::uint64_t number = 0;
        Batch batch{};  ///< without columns and stamps
        std::vector<ColumnBuilder> columns{};
        std::vector<Instant> stamps{};
        std::vector<std::uint32_t> offsets{};  ///< of positions
        std::vector<Row> rows{};
        std::size_t textBytes = 0;  ///< in `columns`
        Instant firstDue = kMaxTimestamp;
    };
    struct Held {
        Batch batch{};
        std::size_t bytes = 0;
        std::size_t left = 0;  ///< rows that still wait
    };

    bool isFrozen(std::uint64_t batch) const { return m_nextFrozen <= batch && batch < m_endFrozen; }
    Instant dueOf(const Batch& batch, std::uint32_t row) const {
        return m_until == HeldUntil::Stamp ? (*batch.stamps)[row]
                                           : batch.column(m_eventTime).at<Instant>(row);
    }
    bool isSparse(std::uint64_t number, const Held& held) const {
        return held.left <= held.batch.rows / 2 && !isFrozen(number);
    }
    /// A row of the wire comes; `known`: as holdAgain() has it.
    void put(Open& open, const Batch& batch, std::uint32_t row, bool known);
    void makeRoom(Open& open, const Batch& batch, std::int64_t position, bool known);
    void close(Open& open);
    static Batch closedBatch(Open& open);
    void siftUp();
    bool reached(Instant due, Instant watermark) const {
        return m_until == HeldUntil::Stamp ? due < watermark : due <= watermark;
    }
    /// Of rows of closed batches: whether `a` is let go behind `b`, as heaps ask.
    bool behind(const Row& a, const Row& b) const;

    HeldUntil m_until;
    int m_eventTime;
    std::size_t m_batchRows;
    std::map<WireNumber, Open> m_open{};     ///< by wire; those with rows
    std::map<std::uint64_t, Held> m_held{};  ///< by number, in the order in which they came
    static constexpr std::uint64_t kFirstNumber = std::uint64_t{1} << 63;
    std::uint64_t m_numbers = kFirstNumber;  ///< the next one
    std::uint64_t m_known = kFirstNumber;  ///< the least: those that come again and are known get lower ones
    std::vector<Row> m_rows{};  ///< of closed batches: a heap, the first to be released on top
    std::size_t m_fresh = 0;    ///< rows in m_open
    std::size_t m_bytes = 0;    ///< of m_held and m_gone
    // Numbers of closed batches: those that are frozen, and not taken yet.
    std::uint64_t m_nextFrozen = 0, m_endFrozen = 0;
    Instant m_frozenAt = kMinTimestamp;      ///< the watermark
    std::map<std::uint64_t, Held> m_gone{};  ///< frozen ones whose rows have all been released since
};

}  // namespace rw
