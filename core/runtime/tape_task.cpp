#include "core/runtime/tape_task.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

std::size_t bytesOf(const TapePiece& piece) {
    std::size_t bytes = sizeof(TapePiece) + memoryBytes(piece.rows.batches);
    for (const BadRow& bad : piece.rows.bad) bytes += sizeof bad + bad.text.size();
    return bytes;
}

}  // namespace

TapeTask::TapeTask(RunShared& shared)
    : m_shared(shared),
      m_recorder(shared.options.record),
      m_beganAt(shared.clock->steadyMillis()),
      m_flushedAt(m_beganAt) {
    blocking = true;
}

Status TapeTask::open(const MakeContext& context, const TapeStart& start) {
    const Status status = m_recorder->open(context, start);
    m_open = status.ok();
    m_over = !m_open;
    return status;
}

bool TapeTask::admits() {
    if (m_over) return true;
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting < kQueueBytes) {
            m_fullSince = -1;
            return true;
        }
        const std::int64_t now = m_shared.clock->steadyMillis();
        if (m_fullSince < 0) m_fullSince = now;
        if (now - m_fullSince < kPatience) return false;
    }
    giveUp(RW_TEXT("tape", "The disk takes nothing: recording has ended, and the run goes on."));
    return true;
}

void TapeTask::add(std::size_t source, TapePiece piece, std::int64_t steadyMillis) {
    if (m_over) return;
    piece.at = std::max<Millis>(steadyMillis - m_beganAt, 0);
    const std::size_t bytes = bytesOf(piece);
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        piece.order = m_order++;
        wasEmpty = m_queue.empty();
        m_queue.push_back({source, std::move(piece), bytes});
        m_waiting += bytes;
    }
    if (wasEmpty) m_shared.executor->schedule(*this);
}

Step TapeTask::work() {
    if (m_over) return Step::Done;
    writeAll();
    if (!m_unflushed || m_over) return Step::Wait;
    const std::int64_t now = m_shared.clock->steadyMillis();
    if (now >= m_flushedAt + kFlushEvery) {
        m_flushedAt = now;
        m_unflushed = false;
        if (const Status status = m_recorder->flush(); !status.ok()) giveUp(status.error().message);
    } else if (m_wakesAt <= now) {
        m_wakesAt = m_flushedAt + kFlushEvery;
        m_shared.executor->scheduleAt(*this, m_wakesAt);
    }
    return Step::Wait;
}

void TapeTask::writeAll() {
    std::vector<Entry> entries;
    {
        const std::lock_guard lock(m_mutex);
        entries.swap(m_queue);
    }
    for (const Entry& entry : entries) {
        if (m_over) return;
        if (!std::exchange(m_unflushed, true)) m_flushedAt = m_shared.clock->steadyMillis();
        const Status status = m_recorder->write(entry.source, entry.piece);
        if (!status.ok()) giveUp(status.error().message);
        const std::lock_guard lock(m_mutex);
        m_waiting -= std::min(m_waiting, entry.bytes);
        if (status.ok()) m_rows += entry.piece.rows.rowsRead;
        m_fullSince = -1;  // it has taken something
    }
}

void TapeTask::giveUp(Text why) {
    const std::lock_guard lock(m_mutex);
    if (m_over.exchange(true)) return;
    m_trouble = std::move(why);
    m_queue.clear();
    m_waiting = 0;
}

void TapeTask::finish(const TapeEnd& end) {
    if (!m_open) return;
    try {
        writeAll();
        if (m_over) return;
        if (const Status status = m_recorder->close(end); !status.ok()) giveUp(status.error().message);
    } catch (...) {
        giveUp(statusOfException().error().message);
    }
    m_over = true;
}

void TapeTask::discard() {
    m_over = true;
    if (m_open) m_recorder->discard();
}

TapeMetrics TapeTask::metrics() const {
    const std::lock_guard lock(m_mutex);
    return {true, m_rows, m_recorder->bytes(), m_trouble};
}

}  // namespace rw
