// The tape: all that came into a run and decides its results, so that it can be run again. The faces that
// core/runtime calls and core/tape implements.
//
// Results depend (event-time rules, 19 and 20) on the rows of each source in their order, as they were read,
// with rejected ones; their partitions; which partitions were found and ended, and where; the watermark
// advances of idle ones; where the source ended, was stopped or failed; when the run began
// (CURRENT_TIMESTAMP) and its seed. A source's rows keep their order; when each came, and before which rows
// of other sources, is on the tape too, but changes no result: so a replay gives the same tables at any
// degree and speed.
//
// So are the offsets of rows, where the outside world counts them: for people who ask where a row is from.
//
// The wall time at which a piece was read is on it, too: for arrival_time, and for state_ttl where rows have
// no event time (Batch::arrived).
//
// The tables of lookup_join are on it as well: each table that differs from the one before, once, and the
// moments that it applies to (event-time rules, 26).
//
// The models of score, and those that learning nodes start from, are there as tables, too, each with the
// bytes of its file.
//
// The resets of models that people asked for are on it as answers without a row (event-time rules, 32).
//
// Of nodes that ask the outside world it has the answers: of each row that went on, in the order in which
// they did (event-time rules, 27).
//
// A run that fails is on it, too: the rows that made it fail, and the error of a source that failed.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/operator.h"
#include "core/stream/recording/row_offsets.h"
#include "core/stream/source.h"
#include "core/stream/state_snapshot.h"
#include "core/stream/waiting/answers.h"

namespace rw {

/// A change of a partition's state at a point of its source.
struct TapeMark {
    enum class Kind : std::uint8_t { Found, Advanced, Ended } kind = Kind::Found;
    std::string partition{};             ///< empty: the source itself
    Instant advancedTo = kMinTimestamp;  ///< Found, Advanced: its watermark is at least this from here on
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
    Instant arrived = 0;      ///< as Batch::arrived; 0: it has no rows
    /// Of the source behind this piece; kMinTimestamp: it has none yet, or no event time of its own.
    Instant watermark = kMinTimestamp;
    std::vector<TapeMark> marks{};  ///< come before the rows
    std::string partition{};        ///< whose rows these are
    ParsedChunk rows{};
    RowOffsets offsets{};  ///< of all rows, good and bad; none: they are not known, or are not read back
};

/// A source whose pieces are on a tape.
struct TapeSource {
    NodeId node;
    std::string type;      ///< of the node
    SchemaRef schema;      ///< of its rows
    bool several = false;  ///< as Source::several
};

/// A node whose tables are on a tape.
struct TapeLookup {
    NodeId node{};
    SchemaRef schema{};  ///< of the tables
    LookupBy by = LookupBy::Nothing;
};

/// A change of a table of a lookup. One that is read again and is unchanged is not on the tape.
struct TapeTable {
    enum class Kind : std::uint8_t {
        Rows,   ///< some of its rows, behind those that came before
        Met,    ///< it is whole: rows of the moment `from` and of later ones meet it
        Alone,  ///< it is an older one: rows of the moment `from` alone meet it
        Failed  ///< the next one could not be read, and the run failed
    } kind = Kind::Rows;
    std::uint64_t number = 0;  ///< of the table, among those of its lookup; counts from 0
    Batch rows{};
    Instant from = kMinTimestamp;    ///< as TapeLookup::by says
    Instant readAt = kMinTimestamp;  ///< Met: wall time
    Status failed{};
};

/// Records the tables that nodes read, and the answers that they get. Any thread.
class LookupRecorder {
 public:
    virtual ~LookupRecorder() = default;
    /// While nodes are made: the number of the lookup.
    virtual std::size_t addLookup(TapeLookup about) = 0;
    /// The same: the number of a node that asks.
    virtual std::size_t addAsking(NodeId node) = 0;
    /// Whether there is room for more rows.
    virtual bool admits() = 0;
    /// In order of that lookup.
    virtual void add(std::size_t lookup, TapeTable table) = 0;
    /// In the order in which rows of that node went on.
    virtual void add(std::size_t asking, Answers answers) = 0;
};

/// A place between two pieces of a source from which on a replay can begin: a barrier of the run.
struct TapeCut {
    std::uint64_t barrier = 0;
    /// Of the source there, for a replay that begins with the piece behind it.
    std::string state{};
    std::map<std::string, std::int64_t> rows{};  ///< that its partitions had given
};

/// The state of the run at a barrier that the sources were cut at.
struct TapeFrom {
    std::uint64_t barrier = 0;
    std::shared_ptr<const StateSnapshot> state{};  ///< null: it is larger than TapeRecorder::mostState()
    std::uint64_t bytes = 0;                       ///< of the state
};

/// The head of a tape.
struct TapeStart {
    Instant began = 0;  ///< wall time: CURRENT_TIMESTAMP
    std::uint64_t seed = 0;
    int parallelism = 1;
    std::size_t batchRows = 0;
    Pipeline pipeline{};  ///< that ran: variables and subflows put in
    std::vector<TapeSource> sources{};
    std::vector<TapeLookup> lookups{};
    std::vector<NodeId> asking{};  ///< nodes whose answers are on the tape
    // Of a run that resumes, which only a tape that rolls records; not in its file:
    TapeFrom from{};
    std::vector<TapeCut> cuts{};  ///< as `sources`; none: the run has begun at its start
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
    /// open() was called: its tape is that of an earlier run, or attempt.
    virtual bool isUsed() const = 0;
    /// Before the sources are opened. An error where there is such a file, or it can't be written.
    virtual Status open(const MakeContext& context, const TapeStart& start) = 0;
    /// `source`: its place in TapeStart::sources. Pieces of one come in their order.
    virtual Status write(std::size_t source, const TapePiece& piece) = 0;
    /// `lookup`: its place in TapeStart::lookups.
    virtual Status write(std::size_t lookup, const TapeTable& table) = 0;
    /// `asking`: its place in TapeStart::asking.
    virtual Status write(std::size_t asking, const Answers& answers) = 0;
    /// All pieces written so far are in the file, in whole blocks.
    virtual Status flush() = 0;
    /// The tape is whole.
    virtual Status close(const TapeEnd& end) = 0;
    /// In place of close(): the run did not begin. The file goes.
    virtual void discard() = 0;
    virtual std::uint64_t bytes() const = 0;  ///< of the file. Any thread.

    // Of a tape that rolls: it has the newest input, and begins at a barrier once the oldest is gone. Nobody
    // asked for it, so that no run waits for it. It records runs that resume, and is opened once more by each
    // attempt.
    virtual bool rolls() const { return false; }
    /// Whether sources shall be cut at the next barrier. Any thread.
    virtual bool wantsCut() { return false; }
    virtual std::uint64_t mostState() const { return 0; }
    /// Pieces of `source` from here on are behind that barrier.
    virtual Status cut(std::size_t /*source*/, const TapeCut& /*cut*/) { return {}; }
    /// All sources were cut there. A barrier that comes to nothing has none.
    virtual Status begin(const TapeFrom& /*from*/) { return {}; }
    /// Nothing more comes, as `why` says; any thread, behind the other calls.
    virtual void gaveUp(const Text& /*why*/) {}
};

/// Gives a run the rows of a tape, instead of its sources. Any thread.
class TapePlayer {
 public:
    virtual ~TapePlayer() = default;
    virtual Instant began() const = 0;
    virtual std::uint64_t seed() const = 0;
    /// The replay is held at a moment: its sources have given all before that, and nothing more comes until
    /// it is let go.
    virtual bool isHeld() const = 0;
    /// A source that gives the rows of the recorded source of node `context.node`. The node's own is not
    /// made: its `type` and `bound` tell what the rows must be, and how they get event time. An error where
    /// the tape has no such source, or one whose rows are of other columns.
    virtual Result<std::unique_ptr<Source>> source(const std::string& type, const BoundNode& bound,
                                                   const MakeContext& context) const = 0;
    /// The tables that the node `about.node` read, which find rows by the columns `keys`; null: the tape has
    /// none of it, and they are read. An error where they had other columns.
    virtual Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup& about,
                                                         const std::vector<int>& keys) const = 0;
    /// The answers that the node got; null: the tape has none, and the node asks.
    virtual std::shared_ptr<AnswerReader> answers(const NodeId& node) const = 0;
    /// What the clock would bring, as a stall of an alert, is on the tape too. Otherwise it comes by the
    /// clock of the run, for the rows do.
    virtual bool standsForClock() const { return true; }
};

}  // namespace rw
