// A source and the data that its lanes share: which lane reads next, and in which order pieces go on.
//
// Lanes read pieces one after the other, each with a number, and parse them at the same time. Values that
// depend on earlier rows (stamps, row numbers) are known once all pieces with smaller numbers have been
// parsed: publish() sets them. Pieces also hold the changes of partitions, so each has its place between rows.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/executors/backlog.h"
#include "core/runtime/lent_thread.h"
#include "core/runtime/partition.h"
#include "core/runtime/partition_ordinals.h"
#include "core/runtime/run_shared.h"
#include "core/stream/recording/tape.h"
#include "core/stream/recording/tells_offsets.h"
#include "core/stream/source.h"

namespace rw {

/// A numbered piece of a source's input on its way through a lane.
struct Piece {
    enum class Kind { Rows, Marks, Barrier, End, Stop } kind = Kind::Rows;
    std::uint64_t number = 0;
    std::vector<PartitionMark> marks;  ///< come before the rows
    Partition* partition = nullptr;    ///< whose rows these are; null: only of a source with partitions
    std::unique_ptr<Chunk> chunk;
    ParsedChunk parsed;
    /// Rows without event time, taken out of the batches: (batch, row).
    std::vector<std::pair<Batch, std::uint32_t>> timeless;
    Instant largest = kMinTimestamp;  ///< largest event time in the piece
    std::int64_t readAt = 0;          ///< steady milliseconds, pauses left out
    Instant arrived = 0;              ///< as Batch::arrived
    ParsedChunk taped;                ///< recorded run: the parsed rows, those without event time with them
    RowOffsets offsets;               ///< recorded run: of these
    std::string position;             ///< Barrier: the position that the source wrote
    std::uint64_t barrier = 0;        ///< Barrier: its number; else, once it is published, the last before it

    // Known once it is published and its turn has come:
    StampState before;               ///< of the partition
    std::int64_t firstRow = 0;       ///< in the partition
    Instant floor = kMinTimestamp;   ///< the source's watermark before it
    Instant others = kMaxTimestamp;  ///< the smallest watermark of the other partitions
    std::string state;               ///< Barrier: the state for a snapshot

    /// The source's watermark when that of the piece's partition is `own`.
    Instant watermark(Instant own) const {
        return std::max(floor, partition ? std::min(own, others) : others);
    }
};

class SourceFeed final : private Alignment::Member {
 public:
    SourceFeed(RunShared& shared, const PlannedNode& node, NodeCounters& counters,
               std::unique_ptr<Source> source);
    /// Before the lanes are gone: threads of the outside world wake them until then. They may go on to try.
    void detach();

    /// The rows of this source get their event time behind it, by a node with these counters; after
    /// `idleTimeout` without rows the source is idle.
    void stampedBy(NodeCounters& counters, std::optional<Millis> idleTimeout);
    /// The feeds of all sources that share a node below, this one among them. After stampedBy().
    void setGroup(std::vector<SourceFeed*> group);
    void addLane(Task& lane) { m_lanes.push_back({&lane}); }
    /// Behind its lanes: a task below keeps rows that wait for their time.
    void holdBackFor(Backlog& backlog);
    Status open();
    /// Before open(): goes on where the snapshot was taken.
    Status restore(const StateSnapshot& snapshot);
    /// The state of a source that has ended, for a snapshot.
    std::string stateAtEnd() const;

    // Of a source that acknowledges (Source::checkpointed); nothing of others.
    bool acknowledges() const { return m_source->acknowledges; }
    /// Before the run, once all nodes are open: the checkpoint that it resumes from. Where only the sinks
    /// have to commit, the source is finished then.
    Status tellRestored(Epoch number);
    /// A checkpoint is durable. The source is told before its next poll, where it has ended at once. Any
    /// thread, but no step of a lane.
    void checkpointed(Epoch number);
    /// Whether it is to be told of one. Any thread.
    bool hasToTell() const { return acknowledges() && m_durable > m_told; }
    /// Once no step runs any more: the checkpoint that the run ends with is durable.
    Status tellLast(Epoch number);
    /// Of a run that is stopped, then: tells the source of earlier durable checkpoints. A resumed run tells it
    /// again; if it takes too long, that is a note.
    void settle();
    const Source& source() const { return *m_source; }
    const PlannedNode& node() const { return m_node; }
    /// Before open(): its rows are recorded, as those of source `number` of the tape.
    void recordAs(std::size_t number) { m_tapeNumber = number; }
    /// Before open(), after restore(): where its tape begins.
    TapeCut firstCut() const;
    /// Whether it has partitions; else its rows all belong to the unnamed one.
    bool several() const { return m_several; }

    /// Whether a barrier was asked for that this source has not let out. Any thread.
    bool barrierRequested() const { return m_shared.barriers.requested() > m_barrier; }
    const StateSnapshot::OperatorId& operatorId() const { return m_node.operatorId; }

    enum class PollResult { Piece, Wait, Closed };
    /// The next piece; Wait when there is none yet: the lane is scheduled when there may be.
    Result<PollResult> take(Task& lane, Piece& piece);
    /// Parses a piece, takes rows without event time out. Any lane, at once.
    Status parse(Piece& piece) const;
    /// Rows of this source are not wanted any more: it ends with the next take(). Any lane.
    void leaveUnread() { m_unread = true; }
    /// Puts a parsed piece in its place. Whether its turn has come already; if not, `lane` is scheduled when
    /// it does.
    bool publish(Piece& piece, Task& lane);
    /// Whether the turn of a published piece has come.
    bool ready(const Piece& piece) const;
    /// Partitions whose watermark is behind `to` advance to it, as idle ones do, before the rows that are
    /// taken next (event-time rules, 19). Any thread, once the lanes may be scheduled.
    void advanceTo(Instant to);
    /// The piece has been handed on; its rows count.
    void handedOn(const Piece& piece);

    SourceProgress progress() const { return m_source->progress(); }
    Millis watermarkDelay() const { return m_source->watermarkDelay; }
    /// Those worth a look: of several all, of one that which is out of reach or tells how far it is. Any
    /// thread.
    std::vector<PartitionMetrics> partitions() const;
    /// Whether it waits for slower ones. Any thread.
    bool waits() const { return m_resumesAt != kMinTimestamp && !m_ended; }
    /// Why it gives no rows just now; empty: it does. Any thread.
    Text holds() const;

 private:
    struct Lane {
        Task* task;
        std::int64_t wakesAt = -1;  ///< steady milliseconds; earlier than now: never
    };
    struct Waiting {
        Piece* piece;
        Task* lane;
    };
    class Waker;

    // Reading (source_feed.cpp).
    /// Whether no other lane is reading; else `lane` is scheduled when that one has read. A lane never waits for
    /// another thread here: the disk may keep that one, and other tasks need the threads of the pool.
    bool mayRead(Task& lane, std::unique_lock<std::mutex>& reading);
    void endReading(std::unique_lock<std::mutex>& reading);
    Result<PollResult> takeNext(Task& lane, Piece& piece);
    Result<PollResult> poll(Task& lane, Piece& piece, std::int64_t now, std::int64_t active);
    PollResult pieceOf(Piece& piece, Piece::Kind kind);
    Result<PollResult> close(Piece& piece, Piece::Kind kind);
    void wakeAt(Task& lane, std::int64_t until, std::int64_t now);
    /// Whether so much waits for its time below that it gives nothing more; it is woken when not.
    bool isBackedUp(std::int64_t active);
    /// The watermark advances of the tape that is replayed.
    Status takeAdvances();
    void forwardNotes();
    void forwardLastNotes();

    // Checkpoints of a source that acknowledges (source_feed_checkpoints.cpp).
    /// At a barrier, behind which checkpoint `number` may become durable.
    void remember(Epoch number, const std::string& position);
    /// The source has ended by itself, and will never be elsewhere.
    Status rememberEnd();
    Status restoreEnd(const StateReader& state);
    /// Tells the newest that is durable, if the source has not heard of it.
    Status tellDurable();
    Status tellAlone(Epoch number);

    // Partitions (source_feed_partitions.cpp).
    /// Takes over the partitions that the source tells of; `known`: those that it starts with.
    Status learn(bool known, std::int64_t active);
    Result<Partition*> find(const std::string& name, bool known, std::int64_t active);
    void loseRestored(Partition& partition);
    Partition& add(const std::string& name, std::int64_t ordinal);
    void become(Partition& partition, PartitionState state, const Text& reason, std::int64_t active);
    void show(Partition& partition, PartitionState state);
    void showEnd();
    /// States that last are noted once more; when to look again, in steady milliseconds.
    std::int64_t noteLasting(std::int64_t now);
    /// Whether `partition` takes part in the rows that the source sends: named, or the only one there is.
    bool counts(const Partition& partition) const;
    /// Idle partitions get their watermark advances; when to look again, in steady milliseconds.
    std::int64_t findIdle(std::int64_t now, std::int64_t active);
    /// The watermark advances of advanceTo(); whether there are any.
    bool takeWanted();
    template <class See>
    void eachPartition(See&& see) {
        for (Partition* at = &m_unnamed; at; at = at->next.load(std::memory_order_acquire)) see(*at);
    }
    template <class See>
    void eachPartition(See&& see) const {
        for (const Partition* at = &m_unnamed; at; at = at->next.load(std::memory_order_acquire)) see(*at);
    }

    // Watermarks of the group (source_feed_partitions.cpp).
    bool timed() const { return m_source->eventTime >= 0 || !m_stampers.empty(); }
    /// The smallest that the group has sent, idle and ended ones left out; nothing when there are no others.
    std::optional<Instant> smallestOfGroup() const;
    /// The watermark of a partition's rows: its own, or the smallest of the nodes that stamp them.
    Instant sent(const Partition& partition) const;
    /// Whether all that this source could give is too far ahead of the others; it is woken when not.
    bool heldBack(std::int64_t active);
    Instant updateLeads(std::optional<Instant> smallest);
    bool mayProceed() const override;
    void wake() override;

    // Order (source_feed_order.cpp).
    void order(Piece& piece);
    void count(Piece& piece);
    void apply(PartitionMark& mark);
    void record(Piece& piece) const;
    /// The smallest watermark of all partitions but one, in the order of the source.
    Instant smallestBut(const Partition* left) const;
    /// `first`: before any piece, when none of its partitions was announced yet.
    std::string stateAt(const Piece& barrier, const std::string& position, bool first = false) const;
    TapeCut cutAt(const Piece& barrier, bool first = false) const;
    Status restorePartitions(const StateReader& state);
    /// Drops the restored event times: as at the beginning.
    void forgetTimes();

    RunShared& m_shared;
    const PlannedNode& m_node;
    NodeCounters& m_counters;
    const std::unique_ptr<Source> m_source;
    const TellsOffsets* const m_offsets;  ///< the source; null: it knows none
    const bool m_several;
    std::size_t m_tapeNumber = 0;
    std::vector<SourceFeed*> m_group;
    std::vector<Lane> m_lanes;
    std::vector<const Backlog*> m_backlogs;
    std::vector<NodeCounters*> m_stampers;
    std::optional<Millis> m_idleTimeout;  ///< only where rows have event time, here or from a stamper
    bool m_aligned = false;               ///< others could be slower
    std::shared_ptr<Waker> m_waker;
    std::shared_ptr<LentThread> m_thread;

    std::mutex m_readMutex;  ///< guards reading: the source's poll() and the members below
    std::uint64_t m_nextNumber = 0;
    bool m_closed = false;
    bool m_endedBefore = false;  ///< in the run that the snapshot was taken of
    bool m_restored = false;
    bool m_announceAgain = false;             ///< restored: its watermark has not been sent yet
    std::atomic<std::uint64_t> m_barrier{0};  ///< the last one let out
    Partition m_unnamed;                      ///< the source itself; counts where no named one does
    Partition* m_lastFound = &m_unnamed;
    std::vector<std::unique_ptr<Partition>> m_partitions;  ///< named
    std::map<std::string, Partition*> m_byName;
    std::vector<Partition*> m_found;  ///< named, in the order in which they were found
    PartitionOrdinals m_ordinals;
    std::vector<PartitionMark> m_marks;        ///< for the next piece
    std::int64_t m_idleLookAt = 0;             ///< steady milliseconds
    Instant m_wantedBefore = kMinTimestamp;    ///< of m_wanted, the last that was taken
    std::map<Epoch, std::string> m_positions;  ///< of checkpoints that are durable, or may become so
    std::string m_end;                         ///< position behind all there is
    bool m_endTold = false;
    bool m_waits = false;  ///< it is among the sources that wait for slower ones

    std::mutex m_turnedAwayMutex;     ///< guards m_turnedAway
    std::vector<Task*> m_turnedAway;  ///< lanes that came while another one was reading

    mutable std::mutex m_orderMutex;  ///< guards the members below
    std::uint64_t m_turn = 0;         ///< pieces below have had their turn
    Instant m_floor = kMinTimestamp;  ///< the watermark of a source with partitions
    std::map<std::uint64_t, Waiting> m_waiting;
    std::uint64_t m_barrierBefore = 0;  ///< the newest among those that had their turn
    RowCounts m_ordered;                ///< of the pieces that had their turn

    std::atomic<Epoch> m_durable{0};  ///< the newest checkpoint that is durable
    std::atomic<Epoch> m_told{0};     ///< the newest that the source has heard of
    std::atomic<bool> m_polls{true};  ///< false: no lane will poll any more
    std::atomic<bool> m_ended{false};
    std::atomic<bool> m_unread{false};
    std::atomic<Instant> m_wanted{kMinTimestamp};     ///< the largest of advanceTo()
    std::atomic<int> m_open{0};                       ///< named partitions that have not ended
    std::atomic<Instant> m_resumesAt{kMinTimestamp};  ///< when the slowest is as far, it may go on
};

}  // namespace rw
