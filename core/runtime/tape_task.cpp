#include "core/runtime/tape_task.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

std::size_t bytesOf(const TapePiece& piece) {
    std::size_t bytes = sizeof(TapePiece) + memoryBytes(piece.rows.batches) + piece.offsets.memoryBytes();
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
    // States that it begins with come in one piece. In memory they are a few times as large as written.
    constexpr std::uint64_t kMostTimes = 4;
    std::size_t& from = shared.barriers.changesFrom;
    const std::uint64_t most = std::min(m_recorder->mostState(), std::uint64_t{1} << 48);
    from = std::max<std::size_t>(from, most * kMostTimes);
}

std::size_t TapeTask::addLookup(TapeLookup about) {
    m_lookups.push_back(std::move(about));
    return m_lookups.size() - 1;
}

std::size_t TapeTask::addAsking(NodeId node) {
    m_asking.push_back(std::move(node));
    return m_asking.size() - 1;
}

Status TapeTask::open(const MakeContext& context, const TapeStart& start) {
    // Times on a tape are from the start of the first of the runs.
    if (!start.cuts.empty()) m_beganAt -= std::max<Millis>(m_shared.clock->now() - start.began, 0);
    const Status status = m_recorder->open(context, start);
    m_open = status.ok();
    if (!m_open && rolls()) {
        giveUp(status.error().message);
        return {};
    }
    m_over = !m_open;
    return status;
}

bool TapeTask::admits() {
    if (m_over || rolls()) return true;
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
    put({source, std::move(piece), bytes});
}

void TapeTask::add(std::size_t lookup, TapeTable table) {
    if (m_over) return;
    const std::size_t bytes = sizeof table + table.rows.memoryBytes();
    put({lookup, std::move(table), bytes});
}

void TapeTask::add(std::size_t asking, Answers answers) {
    if (m_over) return;
    std::size_t bytes = sizeof answers + answers.rows.size() * sizeof(RowName);
    for (const std::string& answer : answers.answers) bytes += sizeof answer + answer.size();
    put({asking, std::move(answers), bytes});
}

bool TapeTask::cutsAt(std::uint64_t number) {
    const std::lock_guard lock(m_mutex);
    if (number != m_decidedFor) {
        m_decidedFor = number;
        m_cuts = rolls() && !m_over && m_recorder->wantsCut();
    }
    return m_cuts;
}

void TapeTask::cut(std::size_t source, TapeCut cut) {
    if (m_over) return;
    const std::size_t bytes = sizeof cut + cut.state.size();
    put({source, std::move(cut), bytes});
}

void TapeTask::begin(std::uint64_t barrier, const StateSnapshot& state) {
    if (m_over || !cutsAt(barrier)) return;
    put({0, fromOf(barrier, state), sizeof(TapeFrom)});
}

TapeFrom TapeTask::fromOf(std::uint64_t barrier, const StateSnapshot& state) const {
    TapeFrom from{barrier, {}, 0};
    for (const auto& [id, states] : state.states) {
        for (const std::string& one : states) from.bytes += one.size();
    }
    for (const auto& [id, instances] : state.changes) {
        for (const StateSnapshot::Changes& changes : instances) from.bytes += changes.bytes;
    }
    // What is written by change, or named, is in parts and files of checkpoints: it is too large for a tape,
    // and goes with them.
    if (!state.changes.empty() || state.mayNameRuns || from.bytes > m_recorder->mostState()) return from;
    StateSnapshot kept = state;
    kept.number = 0;
    kept.pending = false;
    kept.seen = nullptr;
    from.state = std::make_shared<const StateSnapshot>(std::move(kept));
    return from;
}

void TapeTask::put(Entry entry) {
    if (rolls() && isFull(entry.bytes)) {
        giveUp(RW_TEXT("tape", "The input comes faster than the disk takes it."));
        return;
    }
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        if (auto* piece = std::get_if<TapePiece>(&entry.what)) piece->order = m_order++;
        wasEmpty = m_queue.empty();
        m_waiting += entry.bytes;
        m_queue.push_back(std::move(entry));
    }
    if (wasEmpty) m_shared.executor->schedule(*this);
}

bool TapeTask::isFull(std::size_t more) const {
    const std::lock_guard lock(m_mutex);
    return m_waiting > 0 && m_waiting + more > kQueueBytes;
}

Status TapeTask::write(const Entry& entry) {
    if (const auto* const cut = std::get_if<TapeCut>(&entry.what)) return m_recorder->cut(entry.from, *cut);
    if (const auto* const from = std::get_if<TapeFrom>(&entry.what)) return m_recorder->begin(*from);
    if (const auto* const piece = std::get_if<TapePiece>(&entry.what))
        return m_recorder->write(entry.from, *piece);
    if (const auto* const table = std::get_if<TapeTable>(&entry.what))
        return m_recorder->write(entry.from, *table);
    return m_recorder->write(entry.from, std::get<Answers>(entry.what));
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
        return Step::Wait;
    }
    return m_alarm.waitUntil(*m_shared.executor, *this, now, m_flushedAt + kFlushEvery);
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
        const auto* piece = std::get_if<TapePiece>(&entry.what);
        const Status status = write(entry);
        if (!status.ok()) giveUp(status.error().message);
        const std::lock_guard lock(m_mutex);
        m_waiting -= std::min(m_waiting, entry.bytes);
        if (status.ok() && piece) m_rows += piece->rows.rowsRead;
        m_fullSince = -1;  // it has taken something
    }
}

void TapeTask::giveUp(Text why) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_over.exchange(true)) return;
        m_trouble = why;
        m_queue.clear();
        m_waiting = 0;
    }
    m_recorder->gaveUp(why);
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
    if (rolls()) return {};  // nobody asked for it
    const std::lock_guard lock(m_mutex);
    return {true, m_rows, m_recorder->bytes(), m_trouble};
}

}  // namespace rw
