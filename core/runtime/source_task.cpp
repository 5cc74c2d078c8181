#include "core/runtime/source_task.h"

namespace rw {

Step SourceTask::step() {
    if (m_shared.failed) return Step::Done;
    switch (m_phase) {
        case Phase::Idle:
            return begin();
        case Phase::Parsed:
            if (m_feed->publish(*m_piece, *this)) return process();
            m_phase = Phase::Waiting;
            return Step::Wait;
        case Phase::Waiting:
            return m_feed->ready(*m_piece) ? process() : Step::Wait;
    }
    return Step::Wait;
}

Step SourceTask::begin() {
    const bool stopping = m_shared.stopRequest != StopRequest::None;
    if (m_shared.paused && !stopping) return Step::Wait;
    if (!admitted()) return Step::Wait;
    m_piece = std::make_unique<Piece>();
    const Result<SourceFeed::Taken> taken = m_feed->take(*this, *m_piece);
    Status status = taken.status();
    if (status.ok() && *taken == SourceFeed::Taken::Closed) return closed();
    if (status.ok() && *taken == SourceFeed::Taken::Wait) return Step::Wait;
    if (status.ok()) status = m_feed->parse(*m_piece);
    if (!status.ok()) {
        m_shared.fail(status.at(entry().id()));
        return Step::Done;
    }
    m_phase = Phase::Parsed;
    return Step::Again;
}

Step SourceTask::process() {
    m_phase = Phase::Idle;
    const Status status = sendRows();
    if (!status.ok()) {
        m_shared.fail(status.at(entry().id()));
        return Step::Done;
    }
    const bool last = m_piece->kind == Piece::Kind::End || m_piece->kind == Piece::Kind::Stop;
    if (last) entry().end(m_piece->kind == Piece::Kind::End ? Control::End : Control::Stop);
    for (const auto& sender : m_senders) sender->flushNumbered(m_piece->number);
    m_feed->handedOn(*m_piece);
    return last ? closed() : Step::Again;
}

Status SourceTask::sendRows() {
    const Source& source = m_feed->source();
    StampState state = m_piece->before;
    for (const BadRow& bad : m_piece->parsed.bad) {
        RW_TRY(entry().rejectText(bad.text, m_piece->firstRow + bad.index, bad.reason));
    }
    for (auto& [batch, row] : m_piece->timeless) {
        batch.positions.first += m_piece->firstRow;
        RW_TRY(entry().reject(batch, row, RW_TEXT("source", "The event time is NULL.")));
    }
    for (Batch& batch : m_piece->parsed.batches) {
        if (batch.positions.known()) batch.positions.first += m_piece->firstRow;
        if (source.eventTime >= 0) stamp(batch, source.eventTime, source.watermarkDelay, state);
        const Instant after = batch.watermark;
        entry().emit(0, std::move(batch));
        entry().watermarkEverywhere(after);
        entry().settle();
    }
    // Without event time of its own the source still has what idleness raised it to.
    const Instant after = state.watermark(source.watermarkDelay);
    if (after != kMinTimestamp) entry().watermarkEverywhere(after);
    entry().settle();
    return {};
}

Step SourceTask::closed() {
    m_shared.taskDone();
    return Step::Done;
}

}  // namespace rw
