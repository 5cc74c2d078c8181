#include "core/runtime/source_task.h"

#include <algorithm>
#include <utility>

#include "core/stream/disorder.h"

namespace rw {

void SourceTask::failed(const Status& status) {
    m_shared.fail(status.at(m_phase == Phase::Sending ? m_stage.lastCalled().id() : m_stage.entry().id()));
}

Step SourceTask::work() {
    if (m_shared.failed) return Step::Done;
    if (m_shared.stands.load(std::memory_order_relaxed)) return Step::Wait;
    if (!m_stage.wanted()) m_feed->leaveUnread();
    switch (m_phase) {
        case Phase::Idle:
            return begin();
        case Phase::Parsed:
            if (m_feed->publish(*m_piece, *this)) return beginSending();
            m_phase = Phase::Waiting;
            return Step::Wait;
        case Phase::Waiting:
            return m_feed->ready(*m_piece) ? beginSending() : Step::Wait;
        case Phase::Sending:
            return send();
    }
    return Step::Wait;
}

Step SourceTask::begin() {
    const bool stopping = m_shared.stopRequest != StopRequest::None;
    // A barrier goes through a paused run, too, and then the source hears of the checkpoint.
    if (m_shared.paused && !stopping && !m_shared.record.stepping.lets(m_stage.entry().id()) &&
        !m_feed->barrierRequested() && !m_feed->hasToTell())
        return Step::Wait;
    if (!m_stage.admitted(*this)) return Step::Wait;
    m_piece = std::make_unique<Piece>();
    const InCall inCall = m_stage.entry().inCall();  // a disk may keep it
    const Result<SourceFeed::PollResult> taken = m_feed->take(*this, *m_piece);
    Status status = taken.status();
    if (status.ok() && *taken == SourceFeed::PollResult::Closed) return closed();
    if (status.ok() && *taken == SourceFeed::PollResult::Wait) return Step::Wait;
    if (status.ok()) status = m_feed->parse(*m_piece);
    if (!status.ok()) {
        m_shared.fail(status.at(m_stage.entry().id()));
        return Step::Done;
    }
    m_phase = Phase::Parsed;
    m_ofStep = m_wasOfStep = m_shared.record.stepping.isTaken(m_stage.entry().id(), m_piece->number);
    return Step::Again;
}

Step SourceTask::beginSending() {
    m_phase = Phase::Sending;
    m_state = m_piece->before;
    m_next = 0;
    m_allSent = false;
    // Another lane may have passed that barrier on.
    if (m_piece->kind != Piece::Kind::Barrier && m_piece->barrier > m_barrier) {
        m_barrier = m_piece->barrier;
        m_stage.mark(m_barrier);
    }
    if (m_feed->several()) sendMarks();
    if (const Status status = sendBadRows(); !status.ok()) {
        m_shared.fail(status.at(m_stage.entry().id()));
        return Step::Done;
    }
    return send();
}

Step SourceTask::send() {
    if (m_shared.shouldAbandon()) {
        m_stage.drop(m_left);
        for (; m_next < m_piece->parsed.batches.size(); ++m_next)
            m_left.rows += m_piece->parsed.batches[m_next].rows;
    }
    for (const auto& sender : m_stage.senders()) {
        if (!sender->admitNumbered(m_piece->number, *this)) return Step::Wait;
    }
    while (m_stage.run()) {
        if (m_shared.failed) return Step::Done;
        tellGiven();
        if (!m_allSent) {
            if (waitsForStep()) {
                flush(false);
                return Step::Wait;
            }
            m_allSent = sendNext();
            continue;
        }
        if (m_piece->kind == Piece::Kind::Barrier && !passBarrier()) return Step::Done;
        flush(true);
        m_feed->handedOn(*m_piece);
        m_phase = Phase::Idle;
        tellEnd();
        const bool last = m_piece->kind == Piece::Kind::End || m_piece->kind == Piece::Kind::Stop;
        return last ? closed() : Step::Again;
    }
    flush(false);
    return Step::Again;
}

/// The next batch of the piece waits until it is the one of a step, or the run goes on.
bool SourceTask::waitsForStep() {
    if (!m_ofStep || m_next >= m_piece->parsed.batches.size()) return false;
    if (!m_shared.paused || m_shared.ending) return m_ofStep = false;
    if (!m_shared.record.stepping.mayGive(m_stage.entry().id(), m_piece->number)) return true;
    m_given = m_piece->parsed.batches[m_next].rows;
    return false;
}

/// The batch of a step has gone through.
void SourceTask::tellGiven() {
    if (!m_given) return;
    const std::uint64_t rows = *std::exchange(m_given, std::nullopt);
    const bool more = m_next < m_piece->parsed.batches.size();
    auto halt = m_shared.record.stepping.gave(m_stage.entry().id(), m_piece->number, rows, more);
    if (halt) m_shared.halt(std::move(*halt));
}

/// Of a piece: a step may wait for more of this source, or for a batch that is not in it.
void SourceTask::tellEnd() {
    Stepping& stepping = m_shared.record.stepping;
    const NodeId& node = m_stage.entry().id();
    std::optional<Halt> halt;
    if (std::exchange(m_wasOfStep, false)) {
        if (m_piece->parsed.batches.empty()) halt = stepping.gave(node, m_piece->number, 0, false);
        stepping.endPiece(node, m_piece->number);
    }
    if (m_piece->kind == Piece::Kind::End && stepping.armed()) halt = stepping.ended(node);
    if (halt) m_shared.halt(std::move(*halt));
}

bool SourceTask::passBarrier() {
    m_barrier = m_piece->barrier;
    m_shared.barriers.add(m_feed->operatorId(), m_piece->state);
    if (const Status status = m_stage.passBarrier(); !status.ok()) {
        m_shared.fail(status);
        return false;
    }
    m_shared.barriers.pass(m_feed.get());
    return true;
}

void SourceTask::flush(bool all) {
    for (const auto& sender : m_stage.senders()) sender->flushNumbered(m_piece->number, all);
}

/// Nodes that give rows new stamps do so for each partition.
void SourceTask::sendMarks() {
    for (const PartitionMark& mark : m_piece->marks) {
        if (!mark.partition->name.empty())
            m_stage.entry().passAdvance(mark.partition->ordinal, mark.advancedTo);
    }
}

Status SourceTask::sendBadRows() {
    NodeRunner& entry = m_stage.entry();
    std::sort(m_piece->parsed.bad.begin(), m_piece->parsed.bad.end(),
              [](const BadRow& a, const BadRow& b) { return a.index < b.index; });
    for (const BadRow& bad : m_piece->parsed.bad) {
        RW_TRY(entry.rejectText(bad.text, m_piece->firstRow + bad.index, bad.reason));
    }
    for (auto& [batch, row] : m_piece->timeless) {
        batch.positions.first += m_piece->firstRow;
        RW_TRY(entry.reject(batch, row, RW_TEXT("source", "The event time is NULL.")));
    }
    if (m_piece->partition) entry.flushRejected(m_piece->partition->ordinal);
    return {};
}

bool SourceTask::sendNext() {
    const Source& source = m_feed->source();
    NodeRunner& entry = m_stage.entry();
    if (m_next < m_piece->parsed.batches.size()) {
        Batch& batch = m_piece->parsed.batches[m_next++];
        if (batch.positions.known()) batch.positions.first += m_piece->firstRow;
        if (source.eventTime >= 0) {
            Disorder& disorder = *m_shared.record.windows->disorder();
            const bool watched = disorder.watched();
            const StampState before = m_state;
            // Stamps of clean rows, too, say where a row stands, and change no result (event-time rules, 5).
            stamp(batch, source.eventTime, source.watermarkDelay, m_state,
                  watched ? StampedBatches::All : entry.stamped());
            if (watched)
                disorder.addStamped(entry.id(), batch, source.eventTime, before, m_shared.clock->now());
        }
        batch.wire = m_piece->partition->ordinal;
        batch.arrived = m_piece->arrived;
        const Instant after = m_piece->watermark(batch.watermark);
        entry.emit(0, std::move(batch));
        entry.watermarkEverywhere(after);
        m_stage.settle();
        return false;
    }
    // Without event time of its own the source still has the watermark that idleness advanced it to.
    const Instant after = m_piece->watermark(m_state.watermark(source.watermarkDelay));
    if (after != kMinTimestamp) entry.watermarkEverywhere(after);
    m_stage.settle();
    if (m_piece->kind == Piece::Kind::End) m_stage.finish(Control::End);
    if (m_piece->kind == Piece::Kind::Stop) m_stage.finish(Control::Stop);
    return true;
}

Step SourceTask::closed() {
    m_shared.reportPending(m_stage.entry().id(), m_left);
    m_shared.taskDone();
    return Step::Done;
}

}  // namespace rw
