// A source and what its lanes share: who reads next, and in which order what was read goes on.
//
// Lanes read pieces one after the other, each with a number, and parse them at the same time. What depends on
// earlier rows (stamps, row numbers) is known once all pieces with smaller numbers have been parsed: that is
// publish().
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/runtime/run_shared.h"
#include "core/stream/source.h"
#include "core/stream/stamper.h"

namespace rw {

/// A numbered piece of a source's input on its way through a lane.
struct Piece {
    enum class Kind { Rows, Raise, Barrier, End, Stop } kind = Kind::Rows;
    std::uint64_t number = 0;
    std::unique_ptr<Chunk> chunk;
    ParsedChunk parsed;
    /// Rows without event time, taken out of the batches: (batch, row).
    std::vector<std::pair<Batch, std::uint32_t>> timeless;
    Instant largest = kMinTimestamp;  ///< largest event time in the piece
    Instant raise = kMinTimestamp;    ///< Raise: the watermark to be raised to
    std::string position;             ///< Barrier: what the source wrote of where it is

    // Known once it is published and its turn has come:
    StampState before;
    std::int64_t firstRow = 0;
};

class SourceFeed {
 public:
    SourceFeed(RunShared& shared, const PlannedNode& node, NodeCounters& counters,
               std::unique_ptr<Source> source);

    void setGroup(std::vector<SourceFeed*> group) { m_group = std::move(group); }
    /// The rows of this source get their event time behind it, by a node with these counters; after
    /// `idleTimeout` without rows the source is idle.
    void stampedBy(const NodeCounters& counters, std::optional<Millis> idleTimeout);
    void addLane(Task& lane) { m_lanes.push_back(&lane); }
    Status open() { return m_endedBefore ? Status() : m_source->open(); }
    /// Before open(): goes on where the snapshot was taken.
    Status restore(const StateSnapshot& snapshot);
    /// What a snapshot keeps of the source at a barrier piece whose turn has come.
    std::string stateAt(const Piece& barrier) const;
    /// What it keeps of a source that has ended.
    std::string stateAtEnd() const;
    const Source& source() const { return *m_source; }

    /// Whether a barrier was asked for that this source has not let out. Any thread.
    bool barrierWanted() const { return m_shared.barriers.wanted() > m_barrier; }
    const StateSnapshot::Place& place() const { return m_node.place; }

    enum class Taken { Piece, Wait, Closed };
    /// The next piece; Wait when there is none yet: the lane is scheduled when there may be.
    Result<Taken> take(Task& lane, Piece& piece);
    /// Parses a piece, takes rows without event time out. Any lane, at once.
    Status parse(Piece& piece) const;
    /// Puts a parsed piece in its place. Whether its turn has come already; if not, `lane` is scheduled when
    /// it does.
    bool publish(Piece& piece, Task& lane);
    /// Whether the turn of a published piece has come.
    bool ready(const Piece& piece) const;
    /// The piece has been handed on; its rows count.
    void handedOn(const Piece& piece);

    SourceProgress progress() const { return m_source->progress(); }

 private:
    struct Waiting {
        Piece* piece;
        Task* lane;
    };
    Taken close(Piece& piece, Piece::Kind kind);
    void tellNotes();
    /// The idle source's raise, when it is time for one.
    bool raise(Piece& piece);
    Instant groupWatermark() const;
    /// The watermark of this source's rows: its own, or the smallest of the nodes that stamp them.
    Instant sent() const;

    RunShared& m_shared;
    const PlannedNode& m_node;
    NodeCounters& m_counters;
    const std::unique_ptr<Source> m_source;
    std::vector<SourceFeed*> m_group;
    std::vector<Task*> m_lanes;
    std::vector<const NodeCounters*> m_stampers;
    std::optional<Millis> m_idleTimeout;  ///< only where rows have event time, here or from a stamper

    std::mutex m_readMutex;  ///< guards reading: the source's poll() and what follows
    std::uint64_t m_nextNumber = 0;
    bool m_closed = false;
    bool m_endedBefore = false;               ///< in the run that the snapshot was taken of
    bool m_tellAgain = false;                 ///< restored: nobody has heard yet how far its time is
    std::atomic<std::uint64_t> m_barrier{0};  ///< the last one let out
    std::int64_t m_rowsAt = -1;               ///< steady milliseconds of the last rows, pauses left out
    Instant m_lastRaise = kMinTimestamp;

    mutable std::mutex m_orderMutex;  ///< guards what follows
    std::uint64_t m_turn = 0;         ///< pieces below have had their turn
    StampState m_state;
    std::int64_t m_rows = 0;
    std::map<std::uint64_t, Waiting> m_waiting;

    std::atomic<Instant> m_sent{kMinTimestamp};
    std::atomic<bool> m_idle{false}, m_ended{false};
};

}  // namespace rw
