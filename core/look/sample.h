// The first rows of a source, read by the source itself and kept.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/source.h"

namespace rw {

/// How much of a source is read: until one of them is reached.
struct SampleLimits {
    static constexpr int kBlocks = 16;  ///< of a sample that is spread

    std::size_t rows = 10'000;                     ///< good and bad ones
    std::uint64_t bytes = std::uint64_t{4} << 20;  ///< of files, as they lie there
    /// Of files that can be read so: blocks at even distances, instead of the first rows.
    bool spread = false;
};

/// Where some of the rows of a sample lie that is spread over its files.
struct SampledBlock {
    std::string file{};
    std::uint64_t offset = 0;  ///< of its first row
    std::size_t rows = 0;      ///< good and bad ones
};

/// A piece of a source's input, parsed.
struct SamplePiece {
    std::vector<PartitionEvent> events{};  ///< come before the rows
    int partition = 0;                     ///< as Poll::partition
    Instant arrived = 0;                   ///< wall time
    ParsedChunk rows{};
};

struct SourceSample {
    std::vector<SamplePiece> pieces{};
    std::vector<PartitionEvent> last{};  ///< behind the last piece
    bool several = false;                ///< as Source::several
    std::size_t rows = 0;                ///< good and bad ones
    bool whole = false;                  ///< the source has no more
    Status failed{};                     ///< why reading ended; the rows before are there
    std::vector<Text> notes{};           ///< as Source::takeNotes()
    bool spreads = false;                ///< it can be spread over its input (core/stream/gives_spread.h)
    std::vector<SampledBlock> blocks{};  ///< none: the first rows
};
using SourceSampleRef = std::shared_ptr<const SourceSample>;

/// Drops all but the first `rows` rows, good and bad. Positions are those within the chunk.
void keepFirst(ParsedChunk& chunk, std::size_t rows);

/// Makes the source, which is bounded or makes its rows itself, and reads it, all columns. Paces are not
/// kept: `context.clock` is told to jump. Of a file that is followed the rows that are there are all. Ends
/// early, with ErrorCode::Cancelled, once `stops`. The calling thread waits for the disk.
SourceSample readSample(const NodeKind& kind, const BoundNode& bound, const MakeContext& context,
                        const SampleLimits& limits, const std::function<bool()>& stops);

}  // namespace rw
