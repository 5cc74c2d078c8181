// The source contract: input in pieces, in order, parsed on any thread.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/operator.h"

namespace rw {

/// A piece of input as it was read, not yet parsed: sources derive from it.
struct Chunk {
    virtual ~Chunk() = default;
    Instant arrived = 0;  ///< wall time at which it was read; for arrival_time
};

/// A row that could not be read.
struct BadRow {
    std::uint32_t index;  ///< among all rows of the chunk, good and bad
    Text reason;
    std::string text;  ///< the row as it stood there, shortened to 1 KiB
};

/// What a chunk holds. Batches have at most MakeContext::batchRows rows; their positions count from 0 within
/// the chunk (bad rows count too), the runtime adds the chunk's first row number. Stamps and watermark are
/// the runtime's work.
struct ParsedChunk {
    std::vector<Batch> batches;
    std::vector<BadRow> bad;
    std::uint32_t rowsRead = 0;  ///< good and bad
};

struct Poll {
    enum class Kind { Ready, Wait, End } kind = Kind::Ready;
    std::int64_t until = 0;  ///< Wait: steady milliseconds at which to ask again
};

struct SourceProgress {
    std::uint64_t done = 0, total = 0;  ///< bytes or rows; total 0: not known
    bool bytes = true;
};

/// poll() is called by one thread at a time (not always the same), in order; parse() by many at once.
class Source {
 public:
    virtual ~Source() = default;
    virtual Status open() = 0;
    /// The next piece of input. Never waits: says until when there is nothing to do.
    virtual Result<Poll> poll(std::unique_ptr<Chunk>& chunk) = 0;
    virtual Status parse(const Chunk& chunk, ParsedChunk& out) const = 0;
    /// Safe from any thread.
    virtual SourceProgress progress() const { return {}; }
    /// Writes down where the source is behind the chunks that were polled, whatever was read ahead; row
    /// numbers are the runtime's. Between polls, on the thread that polls.
    virtual Status snapshot(StateWriter& out) const = 0;
    /// Before open(): goes on with the row behind those of a snapshot of a source of the same parameters. An
    /// error, here or from open(), where the input is not what it was.
    virtual Status restore(const StateReader& state) = 0;
    /// Nothing more will be polled: the source ended or the run was stopped. Called once, and not after an
    /// error; the last moment for notes.
    virtual void finish() {}
    /// Things worth telling (a file was truncated and is read anew); taken by the runtime after each poll and
    /// after finish().
    virtual std::vector<Text> takeNotes() { return {}; }

    // Event time, as declared by the parameters that all sources share.
    int eventTime = -1;  ///< column, or -1
    Millis watermarkDelay = 0;
    std::optional<Millis> idleTimeout{};
};

}  // namespace rw
