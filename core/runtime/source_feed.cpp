#include "core/runtime/source_feed.h"

#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/runtime/stopwatch.h"

namespace rw {

namespace {
constexpr std::int64_t kRaiseEveryMillis = 50;
constexpr std::int64_t kLongestWaitMillis = 3'600'000;  // timers count in nanoseconds, sources in ages
}  // namespace

SourceFeed::SourceFeed(RunShared& shared, const PlannedNode& node, NodeCounters& counters,
                       std::unique_ptr<Source> source)
    : m_shared(shared), m_node(node), m_counters(counters), m_source(std::move(source)) {
    if (m_source->eventTime >= 0) m_idleTimeout = m_source->idleTimeout;
}

void SourceFeed::stampedBy(const NodeCounters& counters, std::optional<Millis> idleTimeout) {
    m_stampers.push_back(&counters);
    if (!idleTimeout) idleTimeout = m_source->idleTimeout;
    if (idleTimeout) m_idleTimeout = std::min(*idleTimeout, m_idleTimeout.value_or(*idleTimeout));
}

Result<SourceFeed::Taken> SourceFeed::take(Task& lane, Piece& piece) {
    const std::lock_guard lock(m_readMutex);
    if (m_closed) return Taken::Closed;
    if (m_endedBefore) return close(piece, Piece::Kind::End);
    if (std::exchange(m_tellAgain, false)) {
        piece.kind = Piece::Kind::Raise;
        piece.raise = m_lastRaise;
        piece.number = m_nextNumber++;
        return Taken::Piece;
    }
    if (const std::uint64_t wanted = m_shared.barriers.wanted(); wanted > m_barrier) {
        m_barrier = wanted;
        StateWriter position;
        RW_TRY(m_source->snapshot(position));
        piece.position = position.finish();
        piece.kind = Piece::Kind::Barrier;
        piece.number = m_nextNumber++;
        return Taken::Piece;
    }
    const StopRequest stop = m_shared.stopRequest;
    if (stop != StopRequest::None) {
        return close(piece, stop == StopRequest::Drain ? Piece::Kind::End : Piece::Kind::Stop);
    }
    const std::int64_t now = m_shared.clock->steadyMillis();
    const std::int64_t active = now - m_shared.pausedMillis;
    if (m_rowsAt < 0) m_rowsAt = active;
    const Result<Poll> polled = m_source->poll(piece.chunk);
    // What failed is not asked again: another lane may come before the run has stopped.
    m_closed = !polled.ok();
    RW_TRY_ASSIGN(const Poll poll, polled);
    tellNotes();
    switch (poll.kind) {
        case Poll::Kind::Ready:
            if (piece.chunk->arrived == 0) piece.chunk->arrived = m_shared.clock->now();
            piece.kind = Piece::Kind::Rows;
            piece.number = m_nextNumber++;
            m_rowsAt = active;
            m_idle = false;
            return Taken::Piece;
        case Poll::Kind::End:
            return close(piece, Piece::Kind::End);
        case Poll::Kind::Wait:
            break;
    }
    std::int64_t until = std::min(poll.until, now + kLongestWaitMillis);
    if (m_idleTimeout) {
        const std::int64_t idleIn = saturatingAdd(m_rowsAt, *m_idleTimeout) - active;
        if (idleIn <= 0) {
            m_idle = true;
            if (raise(piece)) return Taken::Piece;
            until = std::min(until, now + kRaiseEveryMillis);
        } else {
            until = std::min(until, saturatingAdd(now, idleIn));
        }
    }
    m_shared.executor->scheduleAt(lane, until);
    return Taken::Wait;
}

SourceFeed::Taken SourceFeed::close(Piece& piece, Piece::Kind kind) {
    m_closed = true;
    if (!m_endedBefore) {
        m_source->finish();
        tellNotes();
    }
    piece.kind = kind;
    piece.number = m_nextNumber++;
    // The other lanes wait for input that will not come; they must see that this is the end.
    for (Task* lane : m_lanes) m_shared.executor->schedule(*lane);
    return Taken::Piece;
}

std::string SourceFeed::stateAt(const Piece& barrier) const {
    StateWriter out;
    out.bytes("position", barrier.position);
    out.i64("largest", barrier.before.largest);
    out.i64("raise", barrier.before.raise);
    out.i64("rows", barrier.firstRow);
    return out.finish();
}

std::string SourceFeed::stateAtEnd() const {
    StateWriter out;
    out.u64("ended", 1);
    return out.finish();
}

Status SourceFeed::restore(const StateSnapshot& snapshot) {
    const auto states = snapshot.states.find(m_node.place);
    if (states == snapshot.states.end() || states->second.empty()) {
        return {ErrorCode::Invalid, RW_TEXT("run", "The state holds nothing of this source."),
                RW_TEXT("run", "Start the run from the beginning.")};
    }
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(states->second.front()));
    RW_TRY_ASSIGN(const std::uint64_t ended, state.u64("ended", 0));
    m_endedBefore = ended != 0;
    if (m_endedBefore) return {};
    RW_TRY_ASSIGN(m_state.largest, state.i64("largest"));
    RW_TRY_ASSIGN(m_state.raise, state.i64("raise"));
    RW_TRY_ASSIGN(m_rows, state.i64("rows"));
    RW_TRY_ASSIGN(const std::string_view bytes, state.bytes("position"));
    RW_TRY_ASSIGN(const StateReader position, StateReader::open(bytes));
    m_lastRaise = m_state.raise;
    m_sent = m_state.watermark(m_source->watermarkDelay);
    // It may be silent for long now, and all that is behind it would wait for its time.
    m_tellAgain = m_sent != kMinTimestamp;
    return m_source->restore(position);
}

void SourceFeed::tellNotes() {
    if (std::vector<Text> notes = m_source->takeNotes(); !notes.empty())
        m_shared.note(m_node.node, std::move(notes));
}

bool SourceFeed::raise(Piece& piece) {
    const Instant group = groupWatermark();
    if (group == kMinTimestamp || group <= std::max(m_lastRaise, sent())) return false;
    m_lastRaise = group;
    piece.kind = Piece::Kind::Raise;
    piece.raise = group;
    piece.number = m_nextNumber++;
    return true;
}

Instant SourceFeed::groupWatermark() const {
    Instant smallest = kMaxTimestamp;
    for (const SourceFeed* other : m_group) {
        if (other == this || other->m_idle || other->m_ended) continue;
        smallest = std::min(smallest, other->sent());
    }
    return smallest == kMaxTimestamp ? kMinTimestamp : smallest;
}

Instant SourceFeed::sent() const {
    if (m_stampers.empty()) return m_sent.load();
    Instant smallest = kMaxTimestamp;
    for (const NodeCounters* stamper : m_stampers) {
        smallest = std::min(smallest, stamper->watermark.load(std::memory_order_relaxed));
    }
    return smallest;
}

Status SourceFeed::parse(Piece& piece) const {
    if (piece.kind != Piece::Kind::Rows) return {};
    const std::int64_t began = stopwatchNanos();
    const Status status = m_source->parse(*piece.chunk, piece.parsed);
    m_counters.busyNanos.fetch_add(stopwatchNanos() - began, std::memory_order_relaxed);
    RW_TRY(status);
    piece.chunk.reset();
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

bool SourceFeed::publish(Piece& piece, Task& lane) {
    std::vector<Task*> turned;
    bool mine = false;
    {
        const std::lock_guard lock(m_orderMutex);
        m_waiting.emplace(piece.number, Waiting{&piece, &lane});
        for (auto it = m_waiting.find(m_turn); it != m_waiting.end(); it = m_waiting.find(m_turn)) {
            Piece& next = *it->second.piece;
            m_state.raise = std::max(m_state.raise, next.raise);
            next.before = m_state;
            next.firstRow = m_rows;
            m_state.largest = std::max(m_state.largest, next.largest);
            m_rows += next.parsed.rowsRead;
            if (it->second.lane == &lane) {
                mine = true;
            } else {
                turned.push_back(it->second.lane);
            }
            m_waiting.erase(it);
            ++m_turn;
        }
    }
    for (Task* other : turned) m_shared.executor->schedule(*other);
    return mine;
}

bool SourceFeed::ready(const Piece& piece) const {
    const std::lock_guard lock(m_orderMutex);
    return piece.number < m_turn;
}

void SourceFeed::handedOn(const Piece& piece) {
    m_counters.rowsIn.fetch_add(piece.parsed.rowsRead, std::memory_order_relaxed);
    if (piece.kind == Piece::Kind::End || piece.kind == Piece::Kind::Stop) {
        m_ended = true;
        m_shared.barriers.leave(this);
    }
    if (m_source->eventTime < 0) return;
    StampState after = piece.before;
    after.largest = std::max(after.largest, piece.largest);
    const Instant watermark = after.watermark(m_source->watermarkDelay);
    Instant sent = m_sent.load();
    while (watermark > sent && !m_sent.compare_exchange_weak(sent, watermark)) {
    }
}

}  // namespace rw
