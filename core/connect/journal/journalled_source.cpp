#include "core/connect/journal/journalled_source.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "core/connect/files/system_output_files.h"
#include "core/data/state_writer.h"

namespace rw {

JournalledSource::JournalledSource(const MakeContext& context, JournalledOptions options, ReadLimits limits)
    : BlockingSource(context, limits), m_options(std::move(options)), m_kept(KeptEpochs::of(context)) {
    m_journal.files = outputFilesOr(context.outputs);
    if (m_options.journal && !context.journals.empty()) {
        // Ids of nodes may be of any characters.
        m_journal.path = fmt::format("{}-{:016x}", context.journals,
                                     XXH3_64bits(context.node.data(), context.node.size()));
        m_journal.id = context.checkpoints;  // that of the first run
    }
    acknowledges = !m_journal.path.empty();
}

Status JournalledSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& messages = static_cast<const JournalChunk&>(chunk).messages;
    if (!messages.empty()) out = m_options.decoder->decode(messages, chunk.arrived);
    return {};
}

SourceProgress JournalledSource::progress() const {
    SourceProgress progress;
    progress.kept = m_journal.figures->bytes;
    progress.lost = m_journal.figures->lost;
    return progress;
}

Status JournalledSource::snapshot(StateWriter& out) const {
    out.bytes("journal", m_position.journal);
    out.u64("next", m_position.next);
    return {};
}

Status JournalledSource::restore(const StateReader& state) {
    JournalPosition position;
    RW_TRY_ASSIGN(position.journal, state.bytes("journal"));
    RW_TRY_ASSIGN(position.next, state.u64("next"));
    m_restored = position;
    m_position = std::move(position);
    return {};
}

Result<std::shared_ptr<SourceReader>> JournalledSource::makeReader() {
    RW_TRY_ASSIGN(std::shared_ptr<Journal> journal, Journal::open(m_journal, m_restored));
    m_position = journal->begin();
    RW_TRY_ASSIGN(m_reader, makeJournalReader({std::move(journal), wantedParts(m_options.decoder->format()),
                                               m_options.registry, m_options.schemas}));
    return std::shared_ptr<SourceReader>(m_reader);
}

void JournalledSource::given(const Chunk& chunk, int) {
    m_position.next = static_cast<const JournalChunk&>(chunk).behind;
    if (m_kept->isNone()) m_reader->journal().keepUnreadOnly();
}

Result<std::function<Status()>> JournalledSource::acknowledgement(const StateReader& position) {
    RW_TRY_ASSIGN(const std::string_view journal, position.bytes("journal"));
    RW_TRY_ASSIGN(const std::uint64_t settled, position.u64("next"));
    if (journal != m_position.journal) return std::function<Status()>();
    m_positions[m_newest] = settled;
    return std::function<Status()>([reader = m_reader, settled, needed = neededFrom()] {
        reader->journal().settle(settled, needed);
        return Status();
    });
}

/// What the oldest checkpoint that is kept has not. One that was not told is behind those before it that
/// were.
std::uint64_t JournalledSource::neededFrom() const {
    const std::vector<Epoch> kept = m_kept->numbers();
    if (kept.empty()) return 0;
    const Epoch oldest = *std::min_element(kept.begin(), kept.end());
    const auto behind = m_positions.upper_bound(oldest);
    return behind == m_positions.begin() ? 0 : std::prev(behind)->second;
}

}  // namespace rw
