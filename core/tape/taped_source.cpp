#include "core/tape/taped_source.h"

#include <algorithm>

#include "core/stream/recording/taped_position.h"

namespace rw {

/// A piece on its way to be parsed.
struct TapedSource::Piece final : Chunk {
    Piece(std::shared_ptr<const std::string> bytes, StateReader piece)
        : payload(std::move(bytes)), rows(std::move(piece)) {}
    const std::shared_ptr<const std::string> payload;  // that `rows` looks into
    const StateReader rows;
};

namespace {

// By so much the silence before an advance may be shorter on the tape: a piece has the time at which its
// reading was over, on a machine that is busy some time behind that by which the run counted.
constexpr Millis kReadWithin = 1'000;

/// The least time without a row after which a partition of the run may have been idle.
std::optional<Millis> leastIdleTimeout(const Pipeline& ran) {
    std::optional<Millis> least;
    for (const Node& node : ran.nodes) {
        const auto param = node.params.find("idle_timeout");
        if (node.disabled || param == node.params.end() || !param->is_string()) continue;
        const Result<Millis> timeout = parseDuration(param->get<std::string>());
        if (timeout.ok()) least = std::min(*timeout, least.value_or(*timeout));
    }
    return least;
}

}  // namespace

TapedSource::TapedSource(TapeFileRef tape, std::size_t number, const BoundNode& bound,
                         std::shared_ptr<TapePace> pace, const MakeContext& context)
    : m_tape(std::move(tape)),
      m_number(number),
      m_schema(bound.outputs.front().schema),
      m_pace(std::move(pace)),
      m_clock(context.clock),
      m_wanted(context.wanted),
      m_batchRows(std::max<std::size_t>(context.batchRows, 1)),
      m_idleAfter(leastIdleTimeout(m_tape->head().start.pipeline)) {
    eventTime = bound.outputs.front().eventTime;
    watermarkDelay = bound.watermarkDelay;
    several = !bound.outputs.front().sourceOrder;
    replays = true;
}

Status TapedSource::open() {
    m_pace->begins(m_number);
    return {};
}

void TapedSource::finish() {
    m_pace->ends(m_number);
}

Result<bool> TapedSource::load() {
    const auto& blocks = track().blocks;
    while (m_block < blocks.size()) {
        const tape_layout::BlockHeader& header = blocks[m_block].header;
        if (m_next < header.firstPiece + header.pieces) break;
        ++m_block;
        m_payload = nullptr;
    }
    if (m_block == blocks.size()) return false;
    if (m_payload) return true;
    m_pieces.clear();
    RW_TRY_ASSIGN(std::string payload, m_tape->read(blocks[m_block]));
    m_payload = std::make_shared<const std::string>(std::move(payload));
    RW_TRY_ASSIGN(m_pieces, loadPieces(*m_payload));
    if (m_pieces.size() != blocks[m_block].header.pieces) return brokenState("the pieces of a block");
    return true;
}

Result<Poll> TapedSource::poll(std::unique_ptr<Chunk>& chunk) {
    RW_TRY_ASSIGN(const bool more, load());
    if (!more) return atEnd();
    const SavedPiece& saved = m_pieces[m_next - track().blocks[m_block].header.firstPiece];
    const TapePiece& piece = saved.piece;
    const std::int64_t now = m_clock->steadyMillis();
    const std::int64_t due = m_pace->due(piece.at, now, m_number);
    if (due > now) return Poll{Poll::Kind::Wait, due};
    ++m_next;
    RW_TRY(takeMarks(piece));
    switch (piece.kind) {
        case TapePiece::Kind::Marks:
            return Poll{Poll::Kind::Wait, now};
        case TapePiece::Kind::Ended:
            return Poll{Poll::Kind::End};
        case TapePiece::Kind::Stopped:
            m_pace->stopped();
            return Poll{Poll::Kind::Stop};
        case TapePiece::Kind::Rows:
            break;
    }
    Poll ready;
    if (several) {
        const auto found = m_index.find(piece.partition);
        if (found == m_index.end()) return brokenState("the partition of a piece");
        ready.partition = found->second;
    }
    m_rowsAt[piece.partition] = piece.at;
    if (m_idle.erase(piece.partition) > 0) m_events.push_back({piece.partition, PartitionState::Live});
    m_given += piece.rows.rowsRead;
    auto made = std::make_unique<Piece>(m_payload, saved.rows);
    made->arrived = piece.arrived;
    chunk = std::move(made);
    return ready;
}

/// The tape says no more: the source failed, or its run ended for another reason.
Result<Poll> TapedSource::atEnd() const {
    const Status& failed = m_tape->end().failed;
    const NodeId& node = m_tape->head().start.sources[m_number].node;
    if (m_tape->whole() && !failed.ok() && failed.error().node == node) return failed;
    m_pace->stopped();
    return Poll{Poll::Kind::Stop};
}

Status TapedSource::takeMarks(const TapePiece& piece) {
    for (const TapeMark& mark : piece.marks) {
        if (!mark.partition.empty() && !several) return brokenState("a partition");
        if (mark.kind == TapeMark::Kind::Ended) {
            m_ended.insert(mark.partition);
            m_idle.erase(mark.partition);
            m_events.push_back({mark.partition, PartitionState::Ended});
            continue;
        }
        if (mark.kind == TapeMark::Kind::Found) {
            m_index.emplace(mark.partition, static_cast<int>(m_index.size()));
            m_ended.erase(mark.partition);
            m_idle.erase(mark.partition);
            m_rowsAt[mark.partition] = piece.at;
            m_events.push_back({mark.partition, PartitionState::Live});
        }
        if (mark.kind == TapeMark::Kind::Advanced && wasIdle(mark.partition, piece.at) &&
            m_idle.insert(mark.partition).second)
            m_events.push_back({mark.partition, PartitionState::Idle});
        if (mark.advancedTo != kMinTimestamp) m_advances.push_back({mark.partition, mark.advancedTo});
    }
    return {};
}

// Advances are those of partitions without rows for so long, or were made by hand (Run::closeWindows). Of a
// replay that began in the middle it is not known when there were rows: most advances are not made by hand.
bool TapedSource::wasIdle(const std::string& partition, Millis at) const {
    if (!m_idleAfter || several == partition.empty()) return false;
    if (several && (!m_index.contains(partition) || m_ended.contains(partition))) return false;
    const auto rows = m_rowsAt.find(partition);
    const Millis silence = *m_idleAfter - std::min(*m_idleAfter / 2, kReadWithin);
    return rows == m_rowsAt.end() || at - rows->second >= silence;
}

Status TapedSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    ParsedChunk read;
    RW_TRY(loadRows(static_cast<const Piece&>(chunk).rows, read));
    out.rowsRead = read.rowsRead;
    out.bad = std::move(read.bad);
    for (Batch& batch : read.batches) RW_TRY(fit(std::move(batch), out));
    return {};
}

Status TapedSource::fit(Batch batch, ParsedChunk& out) const {
    if (batch.columns.size() != m_schema->size() || !(*batch.schema == *m_schema))
        return brokenState("the columns of a piece");
    batch.schema = m_schema;
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        const bool wanted = column >= m_wanted.size() || m_wanted[column];
        if (!wanted) batch.columns[column] = nullptr;
        if (wanted && !batch.columns[column]) return brokenState("a column that was not recorded");
    }
    for (std::size_t row = 0; row < batch.rows; row += m_batchRows) {
        const std::size_t rows = std::min(m_batchRows, batch.rows - row);
        out.batches.push_back(rows == batch.rows ? batch : batch.slice(row, rows));
    }
    return {};
}

SourceProgress TapedSource::progress() const {
    return {m_given, track().rows, false};
}

Status TapedSource::snapshot(StateWriter& out) const {
    TapedPosition position{m_next, m_given, std::vector<std::string>(m_index.size())};
    for (const auto& [name, index] : m_index) position.partitions[static_cast<std::size_t>(index)] = name;
    std::erase_if(position.partitions, [this](const std::string& name) { return m_ended.contains(name); });
    writeTapedPosition(out, position);
    return {};
}

Status TapedSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_next, state.u64("piece"));
    RW_TRY_ASSIGN(const std::uint64_t given, state.u64("given"));
    m_given = given;
    if (m_next > track().pieces) {
        return {ErrorCode::Invalid,
                RW_TEXT("tape", "The tape is shorter than the one that the run replayed."),
                RW_TEXT("tape", "Replay the tape from its start.")};
    }
    m_rowsAt.clear();
    RW_TRY_ASSIGN(const std::vector<StateReader> partitions, state.records("partition"));
    for (const StateReader& record : partitions) {
        RW_TRY_ASSIGN(const std::string_view name, record.bytes("name"));
        m_index.emplace(name, static_cast<int>(m_index.size()));
        m_events.push_back({std::string(name), PartitionState::Live});
    }
    return {};
}

}  // namespace rw
