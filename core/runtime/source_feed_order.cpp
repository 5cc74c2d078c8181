// Values that depend on the order of a source's pieces: stamps, row numbers, the source's watermark, and their
// state for a snapshot.
#include <algorithm>

#include "core/data/state_reader.h"
#include "core/runtime/source_feed.h"
#include "core/runtime/tape_task.h"
#include "core/stream/recording/taped_position.h"

namespace rw {

bool SourceFeed::publish(Piece& piece, Task& lane) {
    std::vector<Task*> turned;
    bool mine = false;
    {
        const std::lock_guard lock(m_orderMutex);
        m_waiting.emplace(piece.number, Waiting{&piece, &lane});
        for (auto it = m_waiting.find(m_turn); it != m_waiting.end(); it = m_waiting.find(m_turn)) {
            order(*it->second.piece);
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

/// Lanes count the rows that they send, some of which may be behind a barrier that another lane has still to
/// pass on: here it is known which rows are before it.
void SourceFeed::count(Piece& piece) {
    if (piece.kind == Piece::Kind::Barrier) {
        m_barrierBefore = piece.barrier;
        m_counters.mark.set(piece.barrier, m_ordered);
        return;
    }
    piece.barrier = m_barrierBefore;
    m_ordered.in += piece.parsed.rowsRead;
    for (const Batch& batch : piece.parsed.batches) m_ordered.out += batch.rows;
    m_ordered.rejected += piece.parsed.bad.size() + piece.timeless.size();
}

void SourceFeed::order(Piece& piece) {
    for (PartitionMark& mark : piece.marks) apply(mark);
    Partition* const partition = piece.partition;
    if (partition) {
        piece.before = partition->stamps;
        piece.firstRow = partition->rows;
        partition->stamps.largest = std::max(partition->stamps.largest, piece.largest);
        partition->rows += piece.parsed.rowsRead;
    }
    if (m_several) {
        piece.floor = m_floor;
        piece.others = smallestBut(partition);
        m_floor = piece.watermark(partition ? partition->stamps.watermark(m_source->watermarkDelay)
                                            : kMaxTimestamp);
    }
    count(piece);
    if (piece.kind == Piece::Kind::Barrier) piece.state = stateAt(piece, piece.position);
    if (!m_shared.tape) return;
    record(piece);
    if (piece.kind == Piece::Kind::Barrier && m_shared.tape->cutsAt(piece.barrier))
        m_shared.tape->cut(m_tapeNumber, cutAt(piece));
}

/// Here pieces have their order, and marks the watermark that they advance to.
void SourceFeed::record(Piece& piece) const {
    TapePiece taped;
    taped.kind = piece.kind == Piece::Kind::Rows   ? TapePiece::Kind::Rows
                 : piece.kind == Piece::Kind::End  ? TapePiece::Kind::Ended
                 : piece.kind == Piece::Kind::Stop ? TapePiece::Kind::Stopped
                                                   : TapePiece::Kind::Marks;
    for (const PartitionMark& mark : piece.marks) {
        const TapeMark::Kind kind = mark.kind == PartitionMark::Kind::Found      ? TapeMark::Kind::Found
                                    : mark.kind == PartitionMark::Kind::Advanced ? TapeMark::Kind::Advanced
                                                                                 : TapeMark::Kind::Ended;
        taped.marks.push_back({kind, mark.partition->name, mark.advancedTo});
    }
    if (taped.kind == TapePiece::Kind::Marks && taped.marks.empty()) return;
    if (taped.kind == TapePiece::Kind::Rows) {
        taped.arrived = piece.arrived;
        taped.partition = piece.partition->name;
        taped.rows = std::exchange(piece.taped, {});
        taped.offsets = std::exchange(piece.offsets, {});
    }
    if (m_source->eventTime >= 0) {
        taped.watermark = m_several ? m_floor : m_unnamed.stamps.watermark(m_source->watermarkDelay);
    }
    m_shared.tape->add(m_tapeNumber, std::move(taped), piece.readAt);
}

void SourceFeed::apply(PartitionMark& mark) {
    Partition& partition = *mark.partition;
    switch (mark.kind) {
        case PartitionMark::Kind::Found:
            // The watermarks that the source has sent so far hold for this one, too.
            mark.advancedTo = std::max(mark.advancedTo, m_floor);
            partition.announced = Partition::Announced::Open;
            [[fallthrough]];
        case PartitionMark::Kind::Advanced:
            partition.stamps.advancedTo = std::max(partition.stamps.advancedTo, mark.advancedTo);
            break;
        case PartitionMark::Kind::Ended:
            partition.announced = Partition::Announced::Ended;
            break;
    }
}

Instant SourceFeed::smallestBut(const Partition* left) const {
    bool any = false;
    Instant smallest = kMaxTimestamp;
    eachPartition([&](const Partition& partition) {
        if (partition.announced != Partition::Announced::Open) return;
        any = true;
        if (&partition != left)
            smallest = std::min(smallest, partition.stamps.watermark(m_source->watermarkDelay));
    });
    return any ? smallest : m_unnamed.stamps.watermark(m_source->watermarkDelay);
}

void SourceFeed::handedOn(const Piece& piece) {
    m_counters.rowsIn.fetch_add(piece.parsed.rowsRead, std::memory_order_relaxed);
    if (piece.kind == Piece::Kind::End || piece.kind == Piece::Kind::Stop) {
        m_ended = true;
        m_shared.barriers.leave(this);
    }
    for (const PartitionMark& mark : piece.marks) {
        if (mark.kind == PartitionMark::Kind::Ended) {
            mark.partition->ended = true;
            --m_open;
        } else if (m_source->eventTime >= 0) {
            raise(mark.partition->sent, mark.advancedTo);
        }
    }
    if (piece.partition && m_source->eventTime >= 0) {
        StampState after = piece.before;
        after.largest = std::max(after.largest, piece.largest);
        raise(piece.partition->sent, after.watermark(m_source->watermarkDelay));
    }
    m_shared.alignment.moved();
}

std::string SourceFeed::stateAt(const Piece& barrier, const std::string& position, bool first) const {
    StateWriter out;
    out.bytes("position", position);
    if (!m_several) {
        out.i64("largest", barrier.before.largest);
        out.i64("raise", barrier.before.advancedTo);
        out.i64("rows", barrier.firstRow);
        return out.finish();
    }
    out.i64("floor", m_floor);
    out.i64("raise", m_unnamed.stamps.advancedTo);
    eachPartition([&](const Partition& partition) {
        const bool known = first && !partition.name.empty();
        if (partition.announced == Partition::Announced::NotYet && !known) return;
        out.record("partition", 1, [&partition](StateWriter& record) {
            record.bytes("name", partition.name);
            record.i64("place", partition.ordinal);
            record.i64("largest", partition.stamps.largest);
            record.i64("raise", partition.stamps.advancedTo);
            record.i64("rows", partition.rows);
            record.u64("ended", partition.announced == Partition::Announced::Ended ? 1 : 0);
        });
    });
    return out.finish();
}

TapeCut SourceFeed::cutAt(const Piece& barrier, bool first) const {
    TapeCut cut;
    cut.barrier = barrier.barrier;
    TapedPosition position;
    if (!m_several) cut.rows[m_unnamed.name] = barrier.firstRow;
    eachPartition([&](const Partition& partition) {
        const bool known = first || partition.announced != Partition::Announced::NotYet;
        if (partition.name.empty() || !known) return;
        cut.rows[partition.name] = partition.rows;
        if (partition.announced != Partition::Announced::Ended) position.partitions.push_back(partition.name);
    });
    StateWriter out;
    writeTapedPosition(out, position);
    cut.state = stateAt(barrier, out.finish(), first);
    return cut;
}

TapeCut SourceFeed::firstCut() const {
    if (m_endedBefore) return {0, stateAtEnd(), {}};
    Piece start;
    start.before = m_unnamed.stamps;
    start.firstRow = m_unnamed.rows;
    return cutAt(start, true);
}

std::string SourceFeed::stateAtEnd() const {
    StateWriter out;
    out.u64("ended", 1);
    if (!m_end.empty()) out.bytes("position", m_end);
    return out.finish();
}

Status SourceFeed::restore(const StateSnapshot& snapshot) {
    const auto states = snapshot.states.find(m_node.operatorId);
    if (states == snapshot.states.end() || states->second.empty()) {
        if (snapshot.edited) return {};
        return {ErrorCode::Invalid, RW_TEXT("run", "The state holds nothing of this source."),
                RW_TEXT("run", "Start the run from the beginning.")};
    }
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(states->second.front()));
    RW_TRY_ASSIGN(const std::uint64_t ended, state.u64("ended", 0));
    m_endedBefore = ended != 0;
    if (m_endedBefore) return restoreEnd(state);
    m_restored = true;
    RW_TRY_ASSIGN(m_unnamed.stamps.advancedTo, state.i64("raise"));
    if (m_several) {
        RW_TRY(restorePartitions(state));
    } else {
        RW_TRY_ASSIGN(m_unnamed.stamps.largest, state.i64("largest"));
        RW_TRY_ASSIGN(m_unnamed.rows, state.i64("rows"));
    }
    if (snapshot.timesAnew.contains(m_node.operatorId.node)) forgetTimes();
    m_unnamed.lastAdvance = m_unnamed.stamps.advancedTo;
    m_unnamed.sent = m_unnamed.stamps.watermark(m_source->watermarkDelay);
    // It may be silent for long now, and all that is behind it would wait for its time.
    m_announceAgain = std::max(m_floor, m_unnamed.sent.load()) != kMinTimestamp;
    RW_TRY_ASSIGN(const std::string_view bytes, state.bytes("position"));
    RW_TRY_ASSIGN(const StateReader position, StateReader::open(bytes));
    if (acknowledges()) m_positions[snapshot.number] = bytes;
    return m_source->restore(position);
}

void SourceFeed::forgetTimes() {
    m_floor = kMinTimestamp;
    eachPartition([](Partition& partition) {
        partition.stamps = {};
        partition.lastAdvance = kMinTimestamp;
        partition.sent = kMinTimestamp;
    });
}

Status SourceFeed::restorePartitions(const StateReader& state) {
    RW_TRY_ASSIGN(m_floor, state.i64("floor"));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records("partition"));
    for (const StateReader& record : records) {
        RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("name"));
        const std::string name(bytes);
        RW_TRY_ASSIGN(const std::int64_t ordinal, record.i64("place"));
        m_ordinals.put(name, ordinal);
        Partition& partition = add(name, ordinal);
        RW_TRY_ASSIGN(partition.stamps.largest, record.i64("largest"));
        RW_TRY_ASSIGN(partition.stamps.advancedTo, record.i64("raise"));
        RW_TRY_ASSIGN(partition.rows, record.i64("rows"));
        RW_TRY_ASSIGN(const std::uint64_t ended, record.u64("ended"));
        partition.lastAdvance = partition.stamps.advancedTo;
        partition.ended = ended != 0;
        if (partition.ended) partition.announced = Partition::Announced::Ended;
        if (m_source->eventTime >= 0) partition.sent = partition.stamps.watermark(m_source->watermarkDelay);
    }
    return {};
}

}  // namespace rw
