#include "core/look/sample.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/figures.h"
#include "core/stream/gives_spread.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr int kWaitsInVain = 3;                             ///< in a row: there is nothing more
constexpr std::size_t kMostMemory = std::size_t{32} << 20;  ///< bytes of rows kept of one source

class Reading {
 public:
    Reading(Source& source, Clock& clock, const SampleLimits& limits, const std::function<bool()>& stops)
        : m_source(source), m_clock(clock), m_limits(limits), m_stops(stops) {}

    Status readAll(SourceSample& sample) {
        RW_TRY(m_source.open());
        sample.several = m_source.several;
        take(sample.last);
        while (!m_over) RW_TRY(readPiece(sample));
        m_source.finish();
        return {};
    }

 private:
    void take(std::vector<PartitionEvent>& events) {
        for (PartitionEvent& event : m_source.takePartitionEvents()) events.push_back(std::move(event));
    }

    Status readPiece(SourceSample& sample) {
        if (m_stops()) return {ErrorCode::Cancelled, RW_TEXT("look", "The look was ended.")};
        std::unique_ptr<Chunk> chunk;
        RW_TRY_ASSIGN(const Poll poll, m_source.poll(chunk));
        take(sample.last);
        switch (poll.kind) {
            case Poll::Kind::Wait:
                m_over = poll.until == Poll::kUntilWoken || ++m_waits == kWaitsInVain;
                if (!m_over) m_clock.skipTo(poll.until);
                return {};
            case Poll::Kind::End:
            case Poll::Kind::Stop:
                sample.whole = m_over = true;
                return {};
            case Poll::Kind::Ready:
                break;
        }
        m_waits = 0;
        SamplePiece piece;
        piece.events = std::exchange(sample.last, {});
        piece.partition = poll.partition;
        piece.arrived = chunk->arrived;
        RW_TRY(m_source.parse(*chunk, piece.rows));
        keepFirst(piece.rows, m_limits.rows - sample.rows);
        sample.rows += piece.rows.rowsRead;
        // A few rows of a paced file would keep, and count for, the whole block that they were read with.
        for (Batch& batch : piece.rows.batches) batch = batch.compacted();
        m_memory += memoryBytes(piece.rows.batches);
        sample.pieces.push_back(std::move(piece));
        const SourceProgress progress = m_source.progress();
        m_over = sample.rows >= m_limits.rows || m_memory >= kMostMemory ||
                 (progress.bytes && progress.done >= m_limits.bytes);
        return {};
    }

    Source& m_source;
    Clock& m_clock;
    const SampleLimits& m_limits;
    const std::function<bool()>& m_stops;
    bool m_over = false;
    int m_waits = 0;
    std::size_t m_memory = 0;
};

/// Whether the sample is spread over the input; otherwise it is to be read from its start, and a note says
/// why where that is not what was wanted.
Result<bool> readSpread(Source& source, Clock& clock, const SampleLimits& limits,
                        const std::function<bool()>& stops, SourceSample& sample) {
    auto* const spreads = dynamic_cast<GivesSpread*>(&source);
    if (spreads == nullptr) return false;
    RW_TRY_ASSIGN(Spread spread,
                  spreads->readSpread({SampleLimits::kBlocks, limits.rows, limits.bytes}, stops));
    if (!spread.refused.empty()) sample.notes.push_back(spread.refused);
    if (spread.whole || !spread.refused.empty()) return false;
    for (SpreadBlock& block : spread.blocks) {
        SampledBlock about{std::move(block.file), block.offset, 0};
        for (ParsedChunk& rows : block.rows) {
            about.rows += rows.rowsRead;
            SamplePiece& piece = sample.pieces.emplace_back();
            piece.arrived = clock.now();
            piece.rows = std::move(rows);
        }
        sample.rows += about.rows;
        sample.blocks.push_back(std::move(about));
    }
    if (spread.shrank)
        sample.notes.push_back(RW_TEXT("look", "A file became shorter while the sample was taken."));
    if (spread.unclear > 0) {
        sample.notes.push_back(figures::counted(
            static_cast<std::uint64_t>(spread.unclear),
            RW_TEXT("look", "1 place of the file was left out: it can't be told where a row begins there."),
            RW_TEXT("look",
                    "%1 places of the file were left out: it can't be told where a row begins there.")));
    }
    return true;
}

}  // namespace

void keepFirst(ParsedChunk& chunk, std::size_t rows) {
    if (chunk.rowsRead <= rows) return;
    std::vector<Batch> kept;
    for (Batch& batch : chunk.batches) {
        std::vector<std::uint32_t> within;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (static_cast<std::size_t>(batch.positions.at(row)) < rows)
                within.push_back(static_cast<std::uint32_t>(row));
        }
        if (within.size() == batch.rows) {
            kept.push_back(std::move(batch));
        } else if (!within.empty()) {
            kept.push_back(batch.select(within));
        }
    }
    chunk.batches = std::move(kept);
    std::erase_if(chunk.bad, [rows](const BadRow& bad) { return bad.index >= rows; });
    chunk.rowsRead = static_cast<std::uint32_t>(rows);
}

SourceSample readSample(const NodeKind& kind, const BoundNode& bound, const MakeContext& context,
                        const SampleLimits& limits, const std::function<bool()>& stops) {
    SourceSample sample;
    Result<Made> made = kind.make(bound, context);
    if (!made.ok()) {
        sample.failed = made.status().at(context.node);
        return sample;
    }
    const auto source = std::get<std::unique_ptr<Source>>(std::move(*made));
    sample.spreads = dynamic_cast<GivesSpread*>(source.get()) != nullptr;
    if (limits.spread) {
        const Result<bool> spread = readSpread(*source, *context.clock, limits, stops, sample);
        if (!spread.ok()) sample.failed = spread.status().at(context.node);
        if (!spread.ok() || *spread) return sample;
    }
    sample.failed = Reading(*source, *context.clock, limits, stops).readAll(sample).at(context.node);
    for (Text& note : source->takeNotes()) sample.notes.push_back(std::move(note));
    return sample;
}

}  // namespace rw
