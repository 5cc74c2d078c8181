// Telling sources that acknowledge of durable checkpoints.
#include "core/data/state_reader.h"
#include "core/runtime/source_feed.h"

namespace rw {

void SourceFeed::remember(Epoch number, const std::string& position) {
    if (!acknowledges() || !m_shared.takesCheckpoints) return;
    // A checkpoint that is not durable by now never will be: one at a time is under way.
    std::erase_if(m_positions,
                  [durable = m_durable.load()](const auto& each) { return each.first != durable; });
    m_positions[number] = position;
}

Status SourceFeed::rememberEnd() {
    if (!acknowledges() || !m_end.empty()) return {};
    StateWriter position;
    RW_TRY(m_source->snapshot(position));
    m_end = position.finish();
    return {};
}

Status SourceFeed::restoreEnd(const StateReader& state) {
    if (!acknowledges()) return {};
    RW_TRY_ASSIGN(const std::string_view end, state.bytes("position", {}));
    m_end = end;
    if (m_end.empty()) return {};
    RW_TRY_ASSIGN(const StateReader position, StateReader::open(m_end));
    return m_source->restore(position);
}

Status SourceFeed::tellDurable() {
    const Epoch durable = m_durable;
    if (durable <= m_told) return {};
    m_told = durable;
    const auto at = m_positions.find(durable);
    const bool ended = at == m_positions.end();
    // A source that has let no barrier of it out had ended; that is told once.
    if (ended && (m_end.empty() || m_endTold)) return {};
    const std::string told = ended ? m_end : at->second;
    m_endTold = ended;
    m_positions.erase(m_positions.begin(), m_positions.upper_bound(durable));
    RW_TRY_ASSIGN(const StateReader position, StateReader::open(told));
    RW_TRY(m_source->checkpointed(durable, position));
    forwardNotes();
    return {};
}

Status SourceFeed::tellRestored(Epoch number) {
    if (!acknowledges() || number == 0) return {};
    if (m_shared.finishing && m_end.empty()) return {};  // nothing of it is known
    RW_TRY(tellAlone(number));
    if (!m_shared.finishing) return {};
    RW_TRY(m_thread->settle());
    m_source->finish();
    forwardNotes();
    return {};
}

/// Calls wait for the lock only until all was told: that may take as long as the outside world does.
Status SourceFeed::tellAlone(Epoch number) {
    std::unique_lock reading(m_readMutex);
    m_durable = number;
    const Status status = tellDurable();
    endReading(reading);
    return status;
}

void SourceFeed::checkpointed(Epoch number) {
    if (!acknowledges()) return;
    m_durable = number;
    if (m_polls) return wake();
    if (const Status status = tellAlone(number); !status.ok()) m_shared.fail(status.at(m_node.node));
}

Status SourceFeed::tellLast(Epoch number) {
    if (!acknowledges()) return {};
    RW_TRY(tellAlone(number));
    const Status status = m_thread->settle();
    forwardLastNotes();
    return status;
}

void SourceFeed::settle() {
    if (!acknowledges()) return;
    if (const Status status = m_thread->settle(); !status.ok())
        m_shared.note(m_node.node, {status.error().message});
    forwardLastNotes();
}

/// Of acknowledgements behind the last poll.
void SourceFeed::forwardLastNotes() {
    std::unique_lock reading(m_readMutex);
    forwardNotes();
    endReading(reading);
}

}  // namespace rw
