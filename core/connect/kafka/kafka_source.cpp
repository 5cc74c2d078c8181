#include "core/connect/kafka/kafka_source.h"

#include <utility>

namespace rw {

namespace {

constexpr const char* kLooked = "looked";

void showPlace(ProgressBoard& board, const KafkaPartition& partition) {
    if (partition.next >= 0) board.place(partition.name(), partition.next);
}

}  // namespace

KafkaSource::KafkaSource(const MakeContext& context, NodeConnection connection, KafkaSourceOptions options)
    : BlockingSource(context),
      m_options(std::move(options)),
      m_connection(std::move(connection)),
      m_clock(context.clock) {
    several = chooses = true;
    acknowledges = !m_options.reading.group.empty();
}

Status KafkaSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& messages = static_cast<const KafkaChunk&>(chunk);
    if (!messages.messages.empty()) out = m_options.decoder->decode(messages.messages, chunk.arrived);
    return {};
}

Status KafkaSource::snapshot(StateWriter& out) const {
    writePartitions(out, m_partitions);
    if (m_looked || *m_foundNothing) out.u64(kLooked, 1);
    return {};
}

Status KafkaSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_partitions, readPartitions(state));
    m_looked = !m_partitions.empty() || state.has(kLooked);
    return {};
}

RowOffsets KafkaSource::offsets(const Chunk& chunk) const {
    const ReceivedMessages& messages = static_cast<const KafkaChunk&>(chunk).messages;
    RowOffsets all;
    if (messages.empty()) return all;
    const std::size_t last = messages.size() - 1;
    const auto from = messages.offset(0), to = messages.offset(last);
    // They rise, so where the last is as far on as there are messages none is left out.
    if (from && to && *from >= 0 && *to - *from == static_cast<std::int64_t>(last)) {
        all.add(*from, messages.size());
        return all;
    }
    for (std::size_t i = 0; i <= last; ++i) {
        const auto offset = messages.offset(i);
        if (!offset || *offset < 0) return {};
        all.add(*offset);
    }
    return all;
}

Result<std::shared_ptr<SourceReader>> KafkaSource::makeReader() {
    KafkaReader::About about;
    about.reading = m_options.reading;
    about.partitions = m_partitions;
    about.looked = m_looked;
    about.foundNothing = m_foundNothing;
    about.wanted = wantedParts(m_options.decoder->format());
    about.clock = m_clock;
    about.registry = m_options.registry;
    about.schemas = m_options.schemas;
    about.board = m_board;
    for (const KafkaPartition& known : m_partitions) showPlace(*m_board, known);
    m_reader = std::make_shared<KafkaReader>(m_connection, std::move(about));
    return std::shared_ptr<SourceReader>(m_reader);
}

void KafkaSource::given(const Chunk& chunk, int partition) {
    const auto& piece = static_cast<const KafkaChunk&>(chunk);
    if (!piece.looked) {
        m_partitions.at(static_cast<std::size_t>(partition)) = piece.behind;
        showPlace(*m_board, piece.behind);
        return;
    }
    m_looked = true;
    m_partitions.resize(piece.firstFound);
    m_partitions.insert(m_partitions.end(), piece.found.begin(), piece.found.end());
    for (const KafkaPartition& found : piece.found) showPlace(*m_board, found);
}

Result<std::function<Status()>> KafkaSource::acknowledgement(const StateReader& position) {
    RW_TRY_ASSIGN(std::vector<KafkaPartition> partitions, readPartitions(position));
    return std::function<Status()>(
        [reader = m_reader, read = std::move(partitions)] { return reader->commit(read); });
}

std::vector<std::string> KafkaSource::knownPartitions() const {
    std::vector<std::string> names;
    names.reserve(m_partitions.size());
    for (const KafkaPartition& partition : m_partitions) names.push_back(partition.name());
    return names;
}

}  // namespace rw
