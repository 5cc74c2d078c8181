#include "core/stream/waiting/blocking_source.h"

#include <algorithm>

namespace rw {

namespace {
constexpr std::int64_t kAskAgainMillis = 10;  // of a source without a runtime
}  // namespace

Status BlockingSource::open() {
    RW_TRY_ASSIGN(std::shared_ptr<SourceReader> reader, makeReader());
    const std::vector<std::string> known = knownPartitions();
    for (const std::string& name : known) m_states.push_back({name, PartitionState::Connecting, {}});
    if (known.empty()) m_states.push_back({{}, PartitionState::Connecting, {}});
    m_events = m_states;
    m_ahead = std::make_shared<ReadAhead>(
        std::move(reader), ReadAhead::About{m_clock, m_waker, m_limits, chooses, acknowledges, known});
    if (m_thread) m_thread->serve(m_ahead);
    return {};
}

Result<Poll> BlockingSource::poll(std::unique_ptr<Chunk>& chunk) {
    // Not before: the run may be refused, or ended at once, while it is opened.
    if (!std::exchange(m_begun, true) && m_thread) RW_TRY(m_thread->begin());
    if (!m_thread) (void)m_ahead->step(0);
    RW_TRY_ASSIGN(ReadAhead::Taken taken, m_ahead->take());
    if (taken.wakeThread && m_thread) m_thread->wake();
    m_notes.insert(m_notes.end(), taken.notes.begin(), taken.notes.end());
    noteEvents(taken);
    noteReached(taken);
    noteLate(taken.late);
    Poll poll;
    switch (taken.kind) {
        case ReadAhead::Taken::Kind::Piece:
            poll.partition = taken.partition;
            given(*taken.chunk, taken.partition);
            chunk = std::move(taken.chunk);
            return poll;
        case ReadAhead::Taken::Kind::End:
            poll.kind = Poll::Kind::End;
            return poll;
        case ReadAhead::Taken::Kind::Nothing:
            break;
    }
    poll.kind = Poll::Kind::Wait;
    poll.drained = taken.drained;
    poll.until = m_thread ? taken.lookAt : m_clock->steadyMillis() + kAskAgainMillis;
    return poll;
}

void BlockingSource::noteEvents(ReadAhead::Taken& taken) {
    for (auto& [partition, event] : taken.events) {
        const auto at = static_cast<std::size_t>(partition);
        if (at >= m_states.size()) m_states.resize(at + 1);
        const bool found = m_states[at].name != event.name;  // what stood there was the source as a whole
        m_states[at] = event;
        // Whoever does not come back may know why.
        if (!m_late || found || event.state == PartitionState::Blocked) m_events.push_back(std::move(event));
    }
}

/// A reader need not say that it has connected: it gives rows, or says that there are none.
void BlockingSource::noteReached(const ReadAhead::Taken& taken) {
    using Kind = ReadAhead::Taken::Kind;
    const bool piece = taken.kind == Kind::Piece;
    if (!piece && !taken.drained) return;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        PartitionEvent& state = m_states[i];
        if (state.state != PartitionState::Connecting) continue;
        if (piece && i != static_cast<std::size_t>(taken.partition)) continue;
        state.state = PartitionState::Live;
        if (!m_late) m_events.push_back(state);
    }
}

void BlockingSource::noteLate(bool late) {
    if (late == m_late) return;
    m_late = late;
    for (const PartitionEvent& state : m_states) {
        if (state.state == PartitionState::Ended) continue;
        m_events.push_back(state);
        if (!late || state.state == PartitionState::Disconnected || state.state == PartitionState::Blocked)
            continue;
        m_events.back().state = PartitionState::Disconnected;
        m_events.back().reason = RW_TEXT("source", "It does not answer.");
    }
}

Status BlockingSource::checkpointed(Epoch number, const StateReader& position) {
    counts(number);
    RW_TRY_ASSIGN(std::function<Status()> errand, acknowledgement(position));
    if (errand && m_ahead->carryOut(std::move(errand)) && m_thread) m_thread->wake();
    return {};
}

std::vector<Text> BlockingSource::takeNotes() {
    std::vector<Text> notes = std::exchange(m_notes, {});
    // Those of an acknowledgement may come behind the last poll.
    if (m_ahead) {
        for (Text& note : m_ahead->takeNotes()) notes.push_back(std::move(note));
    }
    return notes;
}

void BlockingSource::hold(int partition, bool held) {
    if (m_ahead->hold(partition, held) && m_thread) m_thread->wake();
}

}  // namespace rw
