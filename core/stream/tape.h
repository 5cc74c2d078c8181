// The tape: all that came into a run and decides its results, so that it can be run again. The faces that
// core/runtime calls and core/tape implements.
//
// What decides (event-time rules, 19 and 20): the rows of each source in their order, as they were read, with
// those that could not be; which partition they are of; which partitions were found and ended, and where; the
// watermarks that idle ones were raised to; where the source ended, was stopped or failed; when the run began
// (CURRENT_TIMESTAMP) and its seed. A source's rows keep their order; when each came, and before which rows
// of other sources, is on the tape too, but decides nothing: so a replay gives the same tables at any degree
// and speed.
//
// When a piece was read is on it by the clock on the wall, too: arrival_time, and what state_ttl goes by
// where rows have no event time (Batch::arrived).
//
// Not on it: what lookup_join reads, which is outside of what a run promises (event-time rules, “Promised,
// and not”).
//
// A run that fails is on it, too: the rows that made it fail, and the error of a source that failed.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"
#include "core/stream/operator.h"
#include "core/stream/source.h"

namespace rw {

/// What becomes of a partition at a point of its source.
struct TapeMark {
    enum class Kind : std::uint8_t { Found, Raised, Ended } kind = Kind::Found;
    std::string partition{};        ///< empty: the source itself
    Instant raise = kMinTimestamp;  ///< Found, Raised: its watermark is at least this from here on
};

/// A piece of a source's input. Its batches are as the source gave them: all columns, positions within the
/// piece, no stamps.
struct TapePiece {
    enum class Kind : std::uint8_t {
        Rows,
        Marks,   ///< no rows
        Ended,   ///< the last one
        Stopped  ///< the last one: windows stay unfired
    } kind = Kind::Rows;
    std::uint64_t order = 0;  ///< among the pieces of all sources, as they were put in order
    Millis at = 0;            ///< from the start of the run until it was read, pauses left out
    Instant arrived = 0;      ///< wall time; 0: it has no rows
    /// Of the source behind this piece; kMinTimestamp: it has none yet, or no event time of its own.
    Instant watermark = kMinTimestamp;
    std::vector<TapeMark> marks{};  ///< come before the rows
    std::string partition{};        ///< whose rows these are
    ParsedChunk rows{};
};

/// A source whose pieces are on a tape.
struct TapeSource {
    NodeId node;
    std::string type;      ///< of the node
    SchemaRef schema;      ///< of its rows
    bool several = false;  ///< as Source::several
};

/// What a tape says of the run.
struct TapeStart {
    Instant began = 0;  ///< wall time: CURRENT_TIMESTAMP
    std::uint64_t seed = 0;
    int parallelism = 1;
    std::size_t batchRows = 0;
    Pipeline pipeline{};  ///< that ran: variables and subflows put in
    std::vector<TapeSource> sources{};
};

/// How the run was when its tape ended.
struct TapeEnd {
    bool stopped = false;
    Status failed{};
};

/// Writes one tape. Calls come one at a time, not always from one thread, and may wait for the disk:
///
///     open · (write | flush)* · close
///
/// After an error nothing more is written; the tape is good up to its last whole block.
class TapeRecorder {
 public:
    virtual ~TapeRecorder() = default;
    /// open() was called: its tape is that of an earlier run, or try.
    virtual bool isUsed() const = 0;
    /// Before the sources are opened. An error where there is such a file, or it can't be written.
    virtual Status open(const MakeContext& context, const TapeStart& start) = 0;
    /// `source`: its place in TapeStart::sources. Pieces of one come in their order.
    virtual Status write(std::size_t source, const TapePiece& piece) = 0;
    /// What was written is in the file, in whole blocks.
    virtual Status flush() = 0;
    /// The tape is whole.
    virtual Status close(const TapeEnd& end) = 0;
    /// In place of close(): the run did not begin. The file goes.
    virtual void discard() = 0;
    virtual std::uint64_t bytes() const = 0;  ///< of the file. Any thread.
};

/// Gives a run what is on a tape, in place of its sources. Any thread.
class TapePlayer {
 public:
    virtual ~TapePlayer() = default;
    virtual Instant began() const = 0;
    virtual std::uint64_t seed() const = 0;
    /// A source that gives what that of the node `context.node` gave. `own` was made for the node and is
    /// never opened: it says how rows get event time. An error where the tape has no such source, or one
    /// whose rows are of other columns.
    virtual Result<std::unique_ptr<Source>> source(const std::string& type, const SchemaRef& schema,
                                                   std::unique_ptr<Source> own,
                                                   const MakeContext& context) const = 0;
};

}  // namespace rw
