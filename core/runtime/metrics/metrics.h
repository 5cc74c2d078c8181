// The metrics of a run: plain copies, taken at any time from any thread.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/pipeline/guarantee.h"
#include "core/pipeline/pipeline.h"
#include "core/stream/quality.h"
#include "core/stream/source.h"

namespace rw {

enum class RunState {
    Starting,
    Running,
    Paused,
    Restarting,  ///< a source or sink failed, and it is tried again: RestartMetrics says when
    Stopping,
    Finished,
    Stopped,
    Failed
};

inline constexpr std::size_t kNotesKept = 20;  ///< of a node

/// A partition of a source; of a sink and of a source without any, that as a whole.
struct PartitionMetrics {
    std::string name;  ///< empty: the node, which has no partitions
    PartitionState state = PartitionState::Live;
    Instant watermark = kMinTimestamp;
    Instant since = 0;           ///< wall time from which on it is in this state
    Instant watermarkSince = 0;  ///< as NodeMetrics::watermarkSince
    Text reason{};               ///< why it is in this state; empty: nobody told
    bool held = false;           ///< it is too far ahead of others (event-time rules, 22)
    // As PartitionProgress
    std::string position{};
    std::optional<std::uint64_t> lag{};
    PartitionProgress::Unit unit = PartitionProgress::Unit::Rows;
    Instant nextTry = 0;
};

/// A key, and about which share of the rows of a node have it.
struct HeavyKey {
    std::string key;   ///< “country=AT, city=Graz”
    double share = 0;  ///< 0 … 1
};

/// The checkpoints of a run; NodeMetrics has the part of each node.
struct CheckpointMetrics {
    bool on = false;
    std::uint64_t taken = 0;    ///< by this run
    std::uint64_t number = 0;   ///< of the newest; 0: none yet
    Instant at = 0;             ///< wall time at which it was whole
    double seconds = 0;         ///< from the call for its barrier until it was whole
    std::uint64_t bytes = 0;    ///< state in it
    std::uint64_t written = 0;  ///< of these bytes, those that were not in the one before
    bool underWay = false;
    /// The reason why a checkpoint that has been under way for long waits; empty: none has.
    Text waits{};
    NodeId waitsFor{};  ///< the node, where it is one that has to let the barrier through
    Text trouble{};     ///< why the newest attempt failed, or none is taken; empty: all is well
};

/// The disk of the state that is in files.
struct StateDiskMetrics {
    std::string folder{};     ///< empty: no state is in files
    double bytesPerHour = 0;  ///< by which the files of all nodes grow; 0: they do not, or nobody knows yet
    /// From now until the disk has no more room for the run, at this rate; 0: it does not come to that, or
    /// nobody knows yet.
    Millis fullIn = 0;
};

/// The tape that a run is recorded on.
struct TapeMetrics {
    bool on = false;
    std::uint64_t rows = 0;   ///< of sources, that were written
    std::uint64_t bytes = 0;  ///< of the file
    Text trouble{};           ///< why recording has ended before the run; empty: all is well
};

/// How often a run was started again after a source or sink had failed (RunOptions::restart).
struct RestartMetrics {
    std::uint64_t restarts = 0;  ///< so often it went on
    int attempt =
        0;  ///< the attempt that is waited for, else the last one, since it was calm; 0: none was needed
    int attempts = 0;        ///< that there may be; 0: any number
    Instant nextAt = 0;      ///< wall time of that attempt; 0: the run does not wait for one
    Millis in = 0;           ///< from now until then
    std::uint64_t from = 0;  ///< the checkpoint that it resumed from last; 0: from its beginning, or never
    Instant failedAt = 0;    ///< wall time; 0: never
    NodeId node{};           ///< that failed last; empty: the place of the checkpoints
    Text cause{};            ///< why
    bool waiting() const { return nextAt != 0; }
};

/// Rows are counted once. When a run resumes after a failure, the rows behind its checkpoint are subtracted,
/// and count when they come again.
struct NodeMetrics {
    std::uint64_t rowsIn = 0, rowsOut = 0;
    std::uint64_t late = 0, rejected = 0;
    bool hasPair = true;                ///< false: a join none of whose instances has found a pair
    std::uint64_t nullDropped = 0;      ///< rows that a condition dropped because it was NULL for them
    Millis largestLateBy = 0;           ///< largest late_by seen
    Instant watermark = kMinTimestamp;  ///< smallest over the instances; of a source the one it sends
    /// Wall time at which the watermark last rose, as observed by earlier calls of Run::metrics(); 0: it
    /// never did.
    Instant watermarkSince = 0;
    double busySeconds = 0;     ///< summed over instances
    double busiestSeconds = 0;  ///< of the instance that worked longest
    double busy = 0;            ///< share of the last second in which the busiest worked, 0 … 1
    double inCallSeconds = 0;   ///< how long the call lasts that an instance is in; the longest
    std::uint64_t stateBytes = 0, stateKeys = 0;
    std::uint64_t stateSpilled = 0;    ///< bytes of state in files, besides
    /// Share of the rows of the last second whose key was in memory (Operator::StateLookups); nothing: none
    /// were looked up.
    std::optional<double> stateHitRate{};
    std::uint64_t memoryForState = 0;  ///< about: RunOptions::stateMemory from which on none is; 0: none is
    // Of the newest barrier that went through the node
    double alignSeconds = 0;              ///< from the first way that it came by to the last; the longest
    double snapshotSeconds = 0;           ///< of writing its state down, or what has changed; the longest
    std::uint64_t checkpointBytes = 0;    ///< its state in the newest checkpoint
    std::uint64_t checkpointWritten = 0;  ///< of these bytes, those that were not in the one before
    Instant keepsCheckpoint = 0;        ///< wall time at which the one began that waits for it; 0: none does
    std::uint32_t keysGrew = 0;         ///< as many looks in a row, a second apart, saw more keys each time
    Instant tableRead = kMinTimestamp;  ///< wall time; of a node that looks rows up in a table
    /// How good a node that learns was over the last rows of its instances.
    Quality quality{};
    /// The first window that has rows and no results yet; kMaxTimestamp: there is none.
    Instant openFrom = kMaxTimestamp, openUntil = kMaxTimestamp;
    std::uint64_t queuedRows = 0;  ///< waiting at its inputs
    std::uint64_t queueLimit = 0;  ///< rows that may; 0: the task of those before it hands it their rows
    double fullSeconds = 0;        ///< for which those before it had to wait for room there
    double full = 0;               ///< the same as a share of the last second, 0 … 1
    bool ended = false;            ///< a sink: it has committed
    SourceProgress progress{};     ///< sources only
    std::optional<Millis> watermarkDelay{};  ///< of a source or event-time node in this run; none: not known
    /// Of a source: its partitions; of one without any, that alone, where it tells how far it is or is not
    /// within reach. Of a sink: the same of its outside world.
    std::vector<PartitionMetrics> partitions{};
    Guarantee guarantee{};        ///< of a source or sink, in this run
    bool waitsForSlower = false;  ///< a source that is too far ahead of others (event-time rules, 22)
    Text holds{};                 ///< why a source gives no rows just now; empty: it does
    std::vector<Text> notes{};    ///< the newest kNotesKept things that it said, the newest last
    std::uint64_t noteCount = 0;  ///< all of them
    std::vector<Instant> inputWatermarks{};  ///< per input port
    // Of a node whose rows are spread by key over several instances
    std::vector<std::uint64_t> instanceRows{};  ///< that came to each
    double skew = 0;                            ///< the most of these by their mean, 1 …; 0: no rows
    std::vector<HeavyKey> heavyKeys{};          ///< the keys with most rows of late, the heaviest first
};

struct WireMetrics {
    std::uint64_t rows = 0;
    double backpressure = 0;  ///< share of the last second in which the wire was full, 0 … 1
    std::uint64_t queuedRows = 0, queueLimit = 0;
};

/// A row that was rejected, or came too late, kept for the panel.
struct KeptRow {
    enum class Kind { Late, Rejected } kind = Kind::Rejected;
    NodeId node;
    std::string port{};          ///< of a late row: by which it left
    Text reason;                 ///< empty for late rows
    std::string row;             ///< as text
    std::int64_t position = -1;  ///< row number in its source from 0, or -1
    Instant eventTime = kMinTimestamp;
    Millis lateBy = 0;
    Instant stamp = kMinTimestamp;  ///< of a late row: the watermark before it, at its source
    /// Of a late row: the end of the last window that it would have counted for; kMinTimestamp: the node has
    /// none.
    Instant windowEnd = kMinTimestamp;
    Instant at = 0;            ///< wall time
    std::uint64_t number = 0;  ///< counts up, for taking only new rows
};

struct RunMetrics {
    RunState state = RunState::Starting;
    double seconds = 0;            ///< since the start, pauses left out
    std::uint64_t sourceRows = 0;  ///< rows that all sources gave
    std::uint64_t late = 0, rejected = 0;
    std::uint64_t peakMemory = 0;  ///< bytes, of the process
    std::map<NodeId, NodeMetrics> nodes;
    std::vector<WireMetrics> wires;  ///< as in Pipeline::wires
    CheckpointMetrics checkpoints{};
    StateDiskMetrics stateDisk{};
    TapeMetrics tape{};
    bool held = false;  ///< a replay that waits at a moment, as TapePlayer::isHeld()
    RestartMetrics restart{};
    std::uint64_t scheduleHash = 0;  ///< seeded executor: a hash of the order in which tasks ran
    std::uint64_t steps = 0;         ///< seeded executor: how many steps it ran
};

}  // namespace rw
