#include "core/connect/journal/journal_reader.h"

namespace rw {

namespace {
constexpr int kChunksOfACall = 16;  // then the run is asked whether it wants more
}

Result<SourceReader::Read> JournalReader::read(Millis within, ReadOutput& out) {
    if (const std::optional<Error> trouble = journal().takeTrouble(); trouble) {
        out.note(RW_TEXT("journal", "The journal could not be made shorter: %1").with(trouble->message));
    }
    RW_TRY_ASSIGN(const bool gaveSome, giveAll(out));
    RW_TRY_ASSIGN(const Read read, receive(gaveSome ? 0 : within, out));
    RW_TRY_ASSIGN(const bool gaveMore, giveAll(out));
    return gaveSome || gaveMore || m_kept ? Read::Some : read;
}

Result<bool> JournalReader::giveAll(ReadOutput& out) {
    for (int given = 0; given < kChunksOfACall; ++given) {
        if (!m_kept) {
            RW_TRY_ASSIGN(Journal::Read read, journal().read(m_reading.wanted));
            if (read.messages.empty()) return given > 0;
            m_kept = std::make_unique<JournalChunk>();
            m_kept->messages = std::move(read.messages);
            m_kept->arrived = read.arrived;
            m_kept->behind = read.behind;
        }
        RW_TRY_ASSIGN(const bool known, learn(m_kept->messages, out));
        if (!known) return given > 0;
        const std::size_t bytes = m_kept->messages.bytes();
        out.give(std::move(m_kept), bytes);
    }
    return true;
}

Result<bool> JournalReader::learn(const ReceivedMessages& messages, ReadOutput& out) {
    if (!m_reading.registry) return true;
    if (!m_registry) {
        RW_TRY_ASSIGN(HttpServer server, registryServer(*m_reading.registry));
        m_registry = std::make_unique<SchemaRegistry>(std::move(server));
    }
    const Status learned = m_registry->learn(messages, *m_reading.schemas);
    if (learned.ok()) {
        if (m_isCut) out.tell(PartitionState::Live);
        m_isCut = false;
        return true;
    }
    if (learned.error().code != ErrorCode::Io) return learned;
    if (!m_isCut) out.tell(PartitionState::Disconnected, learned.error().message);
    m_isCut = true;
    return false;
}

}  // namespace rw
