#include "core/runtime/source_feed.h"

#include <algorithm>

#include "core/runtime/metrics/stopwatch.h"
#include "core/runtime/source_feed_waker.h"
#include "core/runtime/tape_task.h"

namespace rw {

namespace {

constexpr std::int64_t kTapeLookMillis = 10;  ///< a source asks again whether the tape has room
constexpr std::uint32_t kFewRows = 1024;

/// A few rows of a file that grows pin the whole block that they were read with, and say much less.
std::uint64_t bytesGiven(const ParsedChunk& parsed) {
    if (parsed.rowsRead > kFewRows) return memoryBytes(parsed.batches);
    std::uint64_t bytes = 0;
    for (const Batch& batch : parsed.batches) bytes += batch.compacted().memoryBytes();
    return bytes;
}

}  // namespace

SourceFeed::SourceFeed(RunShared& shared, const PlannedNode& node, NodeCounters& counters,
                       std::unique_ptr<Source> source)
    : m_shared(shared),
      m_node(node),
      m_counters(counters),
      m_source(std::move(source)),
      m_offsets(dynamic_cast<const TellsOffsets*>(m_source.get())),
      m_several(m_source->several),
      m_waker(std::make_shared<Waker>()),
      m_thread(std::make_shared<LentThread>(*shared.executor, shared.clock)) {
    if (m_source->eventTime >= 0 && !m_source->replays) m_idleTimeout = m_source->idleTimeout;
    m_source->setWaker(m_waker);
    m_source->setThread(m_thread);
}

void SourceFeed::detach() {
    m_waker->disconnect();
    m_thread->cut();
}

void SourceFeed::stampedBy(NodeCounters& counters, std::optional<Millis> idleTimeout) {
    m_stampers.push_back(&counters);
    if (m_several) counters.partitions = std::make_unique<PartitionClock>();
    if (m_source->replays) return;
    if (!idleTimeout) idleTimeout = m_source->idleTimeout;
    if (idleTimeout) m_idleTimeout = std::min(*idleTimeout, m_idleTimeout.value_or(*idleTimeout));
}

void SourceFeed::setGroup(std::vector<SourceFeed*> group) {
    m_group = std::move(group);
    m_aligned = m_shared.options.alignRows > 0 && timed() && (m_several || m_group.size() > 1);
}

void SourceFeed::holdBackFor(Backlog& backlog) {
    m_backlogs.push_back(&backlog);
    for (const Lane& lane : m_lanes) backlog.addLane(*lane.task);
}

Status SourceFeed::open() {
    const bool over = m_endedBefore || m_shared.finishing;
    // Its end may be news to the outside world.
    if (over && m_end.empty()) return {};
    RW_TRY(m_source->open());
    if (over) return {};
    RW_TRY(learn(true, -1));
    for (const auto& [name, partition] : m_byName) {
        if (partition->found || partition->ended) continue;
        loseRestored(*partition);
        m_shared.note(m_node.node, {RW_TEXT("run", "The partition “%1” is no longer there.").with(name)});
    }
    return {};
}

Result<SourceFeed::PollResult> SourceFeed::take(Task& lane, Piece& piece) {
    std::unique_lock reading(m_readMutex, std::defer_lock);
    if (!mayRead(lane, reading)) return PollResult::Wait;
    Result<PollResult> taken = takeNext(lane, piece);
    // A source that failed is not asked again: another lane may come before the run has stopped.
    m_closed = m_closed || !taken.ok();
    endReading(reading);
    return taken;
}

bool SourceFeed::mayRead(Task& lane, std::unique_lock<std::mutex>& reading) {
    if (reading.try_lock()) return true;
    {
        const std::lock_guard lock(m_turnedAwayMutex);
        m_turnedAway.push_back(&lane);
    }
    return reading.try_lock();  // the other one may have left before it could know of this one
}

void SourceFeed::endReading(std::unique_lock<std::mutex>& reading) {
    reading.unlock();
    std::vector<Task*> turnedAway;
    {
        const std::lock_guard lock(m_turnedAwayMutex);
        turnedAway.swap(m_turnedAway);
    }
    for (Task* lane : turnedAway) m_shared.executor->schedule(*lane);
}

Result<SourceFeed::PollResult> SourceFeed::takeNext(Task& lane, Piece& piece) {
    if (m_closed) return PollResult::Closed;
    RW_TRY(tellDurable());
    if (m_endedBefore) return close(piece, Piece::Kind::End);
    m_waker->connect(*this);
    if (std::exchange(m_announceAgain, false)) return pieceOf(piece, Piece::Kind::Marks);
    if (const std::uint64_t wanted = m_shared.barriers.requested(); wanted > m_barrier) {
        m_barrier = piece.barrier = wanted;
        StateWriter position;
        RW_TRY(m_source->snapshot(position));
        piece.position = position.finish();
        remember(m_shared.epochsBefore + wanted, piece.position);
        return pieceOf(piece, Piece::Kind::Barrier);
    }
    const StopRequest stop = m_shared.stopRequest;
    if (stop != StopRequest::None) {
        return close(piece, stop == StopRequest::Drain ? Piece::Kind::End : Piece::Kind::Stop);
    }
    if (m_unread) return close(piece, Piece::Kind::End);
    // It was to hear of a checkpoint, or another lane has the batch of a step.
    if (m_shared.paused && !m_shared.record.stepping.lets(m_node.node)) return PollResult::Wait;
    const std::int64_t now = m_shared.clock->steadyMillis();
    const std::int64_t active = now - m_shared.pausedMillis;
    if (isBackedUp(active) || heldBack(active)) return PollResult::Wait;
    if (m_shared.tape && !m_shared.tape->admits()) {
        wakeAt(lane, now + kTapeLookMillis, now);
        return PollResult::Wait;
    }
    if (takeWanted()) return pieceOf(piece, Piece::Kind::Marks);
    // While some partitions are busy, others may be idle.
    if (m_several && now >= m_idleLookAt) (void)findIdle(now, active);
    return poll(lane, piece, now, active);
}

Result<SourceFeed::PollResult> SourceFeed::poll(Task& lane, Piece& piece, std::int64_t now,
                                                std::int64_t active) {
    RW_TRY_ASSIGN(const Poll poll, m_source->poll(piece.chunk));
    forwardNotes();
    RW_TRY(learn(false, active));
    if (m_source->replays) RW_TRY(takeAdvances());
    if (poll.kind == Poll::Kind::End) return close(piece, Piece::Kind::End);
    if (poll.kind == Poll::Kind::Stop) return close(piece, Piece::Kind::Stop);
    if (poll.kind == Poll::Kind::Ready) {
        const auto index = static_cast<std::size_t>(poll.partition);
        if (m_several && (index >= m_found.size() || m_found[index]->state == PartitionState::Ended)) {
            return Status(ErrorCode::Internal,
                          RW_TEXT("run", "The source gives rows of a partition that it did not tell of."),
                          {});
        }
        Partition& partition = m_several ? *m_found[index] : m_unnamed;
        if (piece.chunk->arrived == 0) piece.chunk->arrived = m_shared.clock->now();
        // On a tape it is as it was recorded; pieces of several sources come in another order there.
        piece.arrived = m_source->replays ? piece.chunk->arrived
                                          : m_shared.arrivals.of(piece.chunk->arrived, *m_shared.clock);
        piece.partition = &partition;
        partition.rowsAt = active;
        if (partition.state == PartitionState::Connecting)
            become(partition, PartitionState::Live, {}, active);
        if (partition.state == PartitionState::Drained) partition.state = PartitionState::Live;
        if (partition.idle) show(partition, partition.state);
        partition.idle = false;
        m_shared.record.stepping.took(m_node.node, m_nextNumber);
        return pieceOf(piece, Piece::Kind::Rows);
    }
    eachPartition([drained = poll.drained](Partition& partition) {
        if (drained && partition.state == PartitionState::Live && !partition.held)
            partition.state = PartitionState::Drained;
    });
    const std::int64_t lookAt = std::min(findIdle(now, active), noteLasting(now));
    if (!m_marks.empty()) return pieceOf(piece, Piece::Kind::Marks);
    const std::int64_t until = std::min(poll.until, lookAt);
    if (until != Poll::kUntilWoken) wakeAt(lane, std::min(until, now + Executor::kLongestWaitMillis), now);
    return PollResult::Wait;
}

bool SourceFeed::isBackedUp(std::int64_t active) {
    if (std::none_of(m_backlogs.begin(), m_backlogs.end(), [](const Backlog* one) { return one->large(); }))
        return false;
    // To wait is no silence.
    eachPartition([active](Partition& partition) { partition.rowsAt = active; });
    return true;
}

/// A lane's timer that goes off earlier does as well: the lane asks again, and the timer is set again.
void SourceFeed::wakeAt(Task& lane, std::int64_t until, std::int64_t now) {
    for (Lane& known : m_lanes) {
        if (known.task != &lane) continue;
        if (known.wakesAt > now && known.wakesAt <= until) return;
        known.wakesAt = until;
    }
    m_shared.executor->scheduleAt(lane, until);
}

SourceFeed::PollResult SourceFeed::pieceOf(Piece& piece, Piece::Kind kind) {
    piece.kind = kind;
    piece.number = m_nextNumber++;
    piece.readAt = m_shared.clock->steadyMillis() - m_shared.pausedMillis;
    piece.marks = std::exchange(m_marks, {});
    if (!m_several) piece.partition = &m_unnamed;
    return PollResult::Piece;
}

Result<SourceFeed::PollResult> SourceFeed::close(Piece& piece, Piece::Kind kind) {
    m_closed = true;
    if (kind == Piece::Kind::End) showEnd();
    if (std::exchange(m_waits, false)) m_shared.alignment.leave(*this);
    if (kind == Piece::Kind::End && !m_endedBefore) RW_TRY(rememberEnd());
    if (!m_endedBefore || !m_end.empty()) {
        m_source->finish();
        forwardNotes();
    }
    m_polls = false;
    RW_TRY(tellDurable());  // one may have become so since, and only this call tells it
    // The other lanes wait for input that will not come; they must see that this is the end.
    wake();
    return pieceOf(piece, kind);
}

void SourceFeed::forwardNotes() {
    if (std::vector<Text> notes = m_source->takeNotes(); !notes.empty())
        m_shared.note(m_node.node, std::move(notes));
}

void SourceFeed::wake() {
    for (const Lane& lane : m_lanes) m_shared.executor->schedule(*lane.task);
}

Status SourceFeed::parse(Piece& piece) const {
    if (piece.kind != Piece::Kind::Rows) return {};
    const std::int64_t began = stopwatchNanos();
    const Status status = m_source->parse(*piece.chunk, piece.parsed);
    m_counters.busyNanos.fetch_add(stopwatchNanos() - began, std::memory_order_relaxed);
    RW_TRY(status);
    if (m_shared.tape && m_offsets) piece.offsets = m_offsets->offsets(*piece.chunk);
    piece.chunk.reset();
    if (m_shared.tape) piece.taped = piece.parsed;
    if (m_aligned) piece.partition->lead.gave({piece.parsed.rowsRead, bytesGiven(piece.parsed)});
    const int eventTime = m_source->eventTime;
    if (eventTime < 0) return {};
    for (Batch& batch : piece.parsed.batches) {
        if (batch.rows > 0 && batch.column(eventTime).validity().nullCount(batch.rows) > 0) {
            std::vector<std::uint32_t> timed;
            for (std::uint32_t row = 0; row < batch.rows; ++row) {
                if (batch.column(eventTime).isNull(row)) {
                    piece.timeless.emplace_back(batch, row);
                } else {
                    timed.push_back(row);
                }
            }
            batch = batch.select(timed);
        }
        piece.largest = std::max(piece.largest, largestEventTime(batch, eventTime));
    }
    return {};
}

}  // namespace rw
