// The source contract: input in pieces, in order, parsed on any thread.
//
// A source is one partition unless it says otherwise: one order of rows, one watermark. A source of several
// (a topic's, files that are read side by side) sets StreamType::sourceOrder to false at its outputs when it
// is bound and Source::several when it is made, tells of each partition by takePartitionEvents() and says
// with each chunk whose it is. The runtime keeps stamps, positions, watermark and idleness of each;
// partitions count as wires, ordered by name as bytes (event-time rules, 21).
//
// Sources that are far ahead of others wait (22): one without partitions is not polled meanwhile, one with
// partitions is told by hold(). It still gives barriers, and it is not idle.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/operator.h"
#include "core/stream/partition_state.h"
#include "core/stream/state_snapshot.h"

namespace rw {

class SourceThread;

/// A piece of input as it was read, not yet parsed: sources derive from it.
struct Chunk {
    virtual ~Chunk() = default;
    Instant arrived = 0;  ///< wall time at which it was read; for arrival_time
};

/// A row that could not be read.
struct BadRow {
    static constexpr std::size_t kLongestText = 1024;  ///< bytes

    std::uint32_t index;  ///< among all rows of the chunk, good and bad
    Text reason;
    std::string text;  ///< the row as in the input, shortened; UTF-8
};

/// The content of a chunk. Batches have at most MakeContext::batchRows rows; their positions count from 0 within
/// the chunk (bad rows count too), the runtime adds the chunk's first row number. Stamps and watermark are
/// the runtime's work.
struct ParsedChunk {
    std::vector<Batch> batches;
    std::vector<BadRow> bad;     ///< in any order
    std::uint32_t rowsRead = 0;  ///< good and bad

    /// Sets a row aside: number `index` of the chunk, `row` in the input, of any bytes and length.
    void reject(std::uint32_t index, Text reason, std::string_view row);
    /// Takes over the rows of a batch whose positions are known, those of `errors` (rows of the batch, in any
    /// order) set aside for the first error of each; rowText(row) gives a row's text in the input.
    void add(Batch batch, const sql::RowErrors& errors,
             const std::function<std::string(std::uint32_t row)>& rowText);
};

struct Poll {
    /// Wait: everything that was there has been given, of all partitions that are live and not held, unless
    /// `drained` says otherwise.
    /// Stop: as End, but windows that are open stay unfired, as where a run is stopped.
    enum class Kind { Ready, Wait, End, Stop } kind = Kind::Ready;
    std::int64_t until = 0;  ///< Wait: steady milliseconds at which to ask again
    int partition = 0;       ///< Ready: whose rows these are, counted in the order in which they were found
    bool drained = true;     ///< Wait: false: it is not known yet whether there is more, so nothing becomes idle

    /// Wait: nothing is to be expected before SourceWaker::wake().
    static constexpr std::int64_t kUntilWoken = std::numeric_limits<std::int64_t>::max();
};

/// A change of one of a source's partitions. A name that was not told before is a partition found: it
/// starts as if it returned from idleness.
struct PartitionEvent {
    std::string name;  ///< empty: of a source without partitions, the source itself
    PartitionState state = PartitionState::Live;
    Text reason{};  ///< Connecting, Disconnected, Blocked: why; may be empty
};

/// The watermark of a partition is at least this from here on: a recorded run advanced it, for it was idle or
/// found late.
struct PartitionAdvance {
    std::string name;  ///< as PartitionEvent
    Instant advancedTo = kMinTimestamp;
};

struct SourceProgress {
    std::uint64_t done = 0, total = 0;  ///< bytes or rows; total 0: not known
    bool bytes = true;
    std::uint64_t kept = 0;  ///< bytes on disk of what can't be read twice and a checkpoint may need
    std::uint64_t lost = 0;  ///< messages that came and were lost before they could be read, as far as known
};

/// How a thread of the outside world (a client library's, a timer's) tells a run that a source has something.
class SourceWaker {
 public:
    virtual ~SourceWaker() = default;
    /// The source is polled soon, once at least after this call, however many calls there were before. From
    /// any thread, at any time: before the first poll, while the source is being polled, and when the run is
    /// over, where it does nothing. Never waits for a poll or for rows.
    virtual void wake() = 0;
};

/// Calls come one at a time, though not always from the same thread, but for parse(), progress() and
/// partitionProgress(), which any number of threads may be in meanwhile:
///
///     setWaker · setThread · restore? · open · checkpointed? · (poll | snapshot | checkpointed)* · finish ·
///     checkpointed*
class Source {
 public:
    virtual ~Source() = default;
    virtual Status open() = 0;
    /// Before open(): for sources that hear from the outside world by a thread of its own. Kept as long as
    /// that thread lives, which may be longer than the run does.
    virtual void setWaker(std::shared_ptr<SourceWaker>) {}
    /// Before open(): for sources whose client library blocks its caller (waiting/blocking_source.h).
    /// Never called where no tasks run.
    virtual void setThread(std::shared_ptr<SourceThread>) {}
    /// The next piece of input. Never waits: says until when there is nothing to do.
    virtual Result<Poll> poll(std::unique_ptr<Chunk>& chunk) = 0;
    virtual Status parse(const Chunk& chunk, ParsedChunk& out) const = 0;
    /// Safe from any thread.
    virtual SourceProgress progress() const { return {}; }
    /// How far each partition was read, where the outside world counts positions, and how much more it has.
    /// Asked by whoever looks at the run, often, from any thread and at any time: so it tells what is known,
    /// and asks and waits for nobody (waiting/progress_board.h keeps it). Names are those of
    /// takePartitionEvents().
    virtual std::vector<PartitionProgress> partitionProgress() const { return {}; }
    /// Writes the position of the source behind the chunks that were polled, whatever was read ahead; row
    /// numbers are the runtime's. Between polls, on the thread that polls.
    virtual Status snapshot(StateWriter& out) const = 0;
    /// Before open(): continues with the row behind those of a snapshot of a source of the same parameters. An
    /// error, here or from open(), where the input has changed, or does not have these rows any more: they
    /// were acknowledged behind an older checkpoint than the newest.
    virtual Status restore(const StateReader& state) = 0;
    /// Of one that `acknowledges`: checkpoint `number` outlives a loss of power, and `position` is the one that
    /// snapshot() wrote for it, here or in the run that this one resumes from. Rows before it need not be given
    /// again: now, and not sooner, offsets may be committed, a slot moved on, messages acknowledged, and
    /// nothing behind the position may.
    ///
    /// It may come late: more was polled and written since. Of several checkpoints that became durable
    /// meanwhile only the newest is told. One that a run resumes from is told again, before the first poll:
    /// a killed run may not have acknowledged it. So it means “all up to there”, and a second call
    /// changes nothing. It also comes after finish(), for the checkpoint that the run ends with, and
    /// then of a source that is made and opened for that alone. Never after an error of this source.
    ///
    /// As poll(), it does not wait. An error ends the run; errors that may pass are the source's own matter
    /// (the next checkpoint is told in any case), and go to takeNotes().
    virtual Status checkpointed(Epoch /*number*/, const StateReader& /*position*/) { return {}; }
    /// Nothing more will be polled: the source ended or the run was stopped. Called once, and not after an
    /// error.
    virtual void finish() {}
    /// Changes of partitions; taken after open() (all that the source knows, also after restore()) and
    /// after each poll, before its chunk counts.
    virtual std::vector<PartitionEvent> takePartitionEvents() { return {}; }
    /// Between polls: `partition` is far ahead of other sources and partitions, and shall give nothing until
    /// it is told otherwise (event-time rules, 22). A source that can't keep one back while others go on need
    /// not.
    virtual void hold(int /*partition*/, bool /*held*/) {}
    /// Of one that `replays`: taken behind the partition events.
    virtual std::vector<PartitionAdvance> takeAdvances() { return {}; }
    /// Notes for the user (a file was truncated and is read again); taken by the runtime after each poll,
    /// checkpointed() and finish().
    virtual std::vector<Text> takeNotes() { return {}; }

    // Event time, as declared by the parameters that all sources share.
    int eventTime = -1;  ///< column, or -1
    Millis watermarkDelay = 0;
    std::optional<Millis> idleTimeout{};
    /// It tells of partitions; StreamType::sourceOrder of its outputs is false then.
    bool several = false;
    /// The outside world keeps rows until they are acknowledged: checkpointed() is called.
    bool acknowledges = false;
    /// It gives what is on a tape: nothing of it is taken for idle, and only the tape advances its
    /// watermarks.
    bool replays = false;
};

}  // namespace rw
