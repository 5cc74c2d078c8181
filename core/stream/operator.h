// The operator contract: how a node processes batches and watermarks while a run goes on.
#pragma once
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "core/base/output_files.h"
#include "core/base/status.h"
#include "core/base/time.h"
#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"
#include "core/sql/eval/evaluate.h"
#include "core/store/saved_run.h"
#include "core/stream/quality.h"
#include "core/stream/run_scope.h"
#include "core/stream/stamper.h"

namespace rw {

class AlertBoard;
class Connections;
class LookupRecorder;
class NodeRequests;
class Requests;
class SpillFolder;
class StateMemory;
class StateReader;
class StateWriter;
class TapePlayer;
struct KeyGroups;

/// The order that order-dependent results go by at an input (rule 9 of the event-time rules), fixed when
/// planning.
enum class InputOrder {
    Source,     ///< one wire of rows with position, in source order: arrival order
    EventTime,  ///< several wires: event time, then wire, then source order
    Columns     ///< made rows: event time, then wire, then the columns from left to right
};

struct InputInfo {
    StreamType type;                ///< schema is the same on every wire of a port
    int wires = 1;                  ///< ways after unions were flattened; partitions of a source share one
    bool severalProducers = false;  ///< rows come in no order of their own: !type.sourceOrder
    InputOrder order = InputOrder::Source;
    /// The source has no event time of its own: a watermark that comes, but for the last, was advanced
    /// because the source is idle (rule 19).
    bool onlyAdvances = false;
};

/// The context in which an operator, source or sink is made. All its members outlive that object.
struct MakeContext {
    NodeId node;
    int instance = 0, instances = 1;  ///< this one of so many parallel ones
    std::vector<InputInfo> inputs;    ///< per input port
    std::size_t batchRows = 4096;     ///< rows in an emitted batch, at most
    std::string folder;               ///< relative paths start here
    std::shared_ptr<Clock> clock;
    std::shared_ptr<const Files> files;    ///< that sources read; null: the machine's
    std::shared_ptr<OutputFiles> outputs;  ///< that sinks write; null: the machine's
    sql::EvalContext eval;
    bool nullOnError = false;  ///< on_error is "null": failed expressions give NULL
    /// Sources: columns that a node reads; others may be left out of batches (but are checked all the
    /// same).
    ColumnSet wanted;
    /// Sources and nodes that give new stamps: which batches carry them.
    StampedBatches stamped = StampedBatches::Unclean;
    std::string timeZone = "UTC";  ///< IANA name, never “local”
    /// Every source of the run ends by itself: an output that replaces another may be put in place at once at
    /// the end.
    bool bounded = false;
    /// The run takes checkpoints: a name that it shares with the runs that it resumes from, and with no
    /// other. Sinks keep rows that wait for a checkpoint under it. Empty: it takes none.
    std::string checkpoints{};
    /// The run takes checkpoints: where the paths of files begin in which sources keep what can't be read
    /// twice, beside the checkpoints; absolute. Empty: they keep none.
    std::string journals{};
    /// Whether the run is being stopped, by its user or by a failure: code that waits for the outside world
    /// gives up. Any thread.
    std::function<bool()> stopping = [] { return false; };
    /// Records the tables that nodes read; null: the run is not recorded.
    LookupRecorder* recorder = nullptr;
    /// The tape that the run replays; null: it replays none.
    std::shared_ptr<const TapePlayer> replay{};
    /// To systems of others, by name (connectionOf()); null: the run knows none.
    std::shared_ptr<const Connections> connections{};
    /// Where alerts are shown, and by which they are told; null: nowhere.
    std::shared_ptr<AlertBoard> alerts{};
    /// Of a node that waits (BoundNode::waits): carries out its requests, and wakes its task when one is
    /// answered; null: each is carried out at once, in the call that begins it.
    std::shared_ptr<Requests> requests{};
    /// What people ask of the node while it runs; null: nothing can be asked (NodeKind::takes).
    std::shared_ptr<NodeRequests> asked{};
    /// Steady milliseconds of the run: they stand still while it is paused. Null: the clock's. Any thread.
    std::function<std::int64_t()> active{};
    /// Bytes of state that an instance keeps in memory, where its node can have more in files
    /// (BoundNode::spills); 0: any number.
    std::uint64_t stateMemory = 0;
    /// What it may take beyond that, as long as no other one has; null: nothing.
    StateMemory* moreStateMemory = nullptr;
    /// Where these files are; null: nowhere, all state is in memory.
    std::shared_ptr<SpillFolder> spill{};
    /// Checkpoints of the run may name these files (CheckpointStore::takesRuns).
    bool namesRuns = false;
    /// Those that the restored state names (StateSnapshot::runs).
    SavedRuns savedRuns{};
    /// Objects that nodes of this run share.
    std::shared_ptr<RunScope> scope = std::make_shared<RunScope>();
};

/// Where an operator's rows go. Port numbers index the NodeKind's outputs. Valid during the call that it is
/// given to.
class Output {
 public:
    virtual ~Output() = default;
    /// Hands a batch on. Watermark, control and wire of the batch are filled in by the runtime.
    virtual void emit(int port, Batch batch) = 0;
    /// The watermark that `port` has after all that was emitted in this call. Never goes back (a smaller one
    /// is ignored). Not called: stateless operators forward, see Operator::onWatermark.
    virtual void watermark(int port, Instant watermark) = 0;
    /// A row that could not be computed: leaves by the port of role Rejected, or is counted and kept for the
    /// panel. An error when the node's on_error is "fail"; return it.
    virtual Status reject(const Batch& batch, std::size_t row, const Text& reason) = 0;
    /// Counts rows that left by a late port (also when it is not wired) and the largest late_by among them.
    virtual void countLate(std::size_t rows, Millis largest) = 0;
    /// Counts rows that a condition dropped because it was NULL for them, not false.
    virtual void countNullDropped(std::size_t) {}
    /// For nodes that give rows new stamps: how far one of their wires is.
    virtual void wireWatermark(WireNumber, Instant) {}
    /// For nodes that hold rows back: passes on a partition's change (Operator::onPartition), behind the
    /// rows that were emitted.
    virtual void passAdvance(WireNumber, Instant) {}
};

/// Single-threaded, owns no thread, reads no clock but the context's, never waits. An instance sees its input
/// ports' batches with the wires of a port interleaved in any order, but each wire in source order.
///
/// Every call is a bounded piece of work, whatever the state: it emits about as much as a few batches hold
/// and walks over about as many groups, so that a run stops, pauses and holds back a producer at once. An
/// operator that has more to do than that says so by hasMore(), and is called by resume() until it has not.
/// No batch, watermark or end reaches it in between (event-time rules, 23); a run that is stopped calls no
/// more. An operator that has to wait for a time does not block either: wakesAt() gives the time.
///
/// The operator of a node that BoundNode::combines also gets batches of rows that were added up
/// (Batch::combined), as its node's Combiner made them.
class Operator {
 public:
    virtual ~Operator() = default;
    virtual Status onBatch(int port, const Batch& batch, Output& out) = 0;
    /// After onBatch, when the smallest watermark over all inputs rose to `watermark` (kMaxTimestamp: all
    /// have ended). The default forwards it to every port.
    virtual Status onWatermark(Instant watermark, Output& out);
    /// The watermark of one port rose (before onWatermark); only nodes with two inputs care.
    virtual Status onPortWatermark(int port, Instant watermark, Output& out);
    /// For nodes that give rows new stamps, and those that hold rows back: a partition was found
    /// (kMinTimestamp), has advanced, or has ended (kMaxTimestamp); in order with the rows of `wire`. The
    /// default does nothing.
    virtual void onPartition(WireNumber wire, Instant advancedTo, Output& out);
    /// All inputs have ended or were stopped; nothing is emitted after this. When stopped, no watermark came
    /// first.
    virtual Status onEnd(Output& out);
    /// Whether the last call left something to do: the next one is resume().
    virtual bool hasMore() const { return false; }
    /// Continues the work that the last call left. `out.watermark()` is for the call that finishes it.
    virtual Status resume(Output& out);
    /// Steady milliseconds of the context's clock at which it is to be resumed, though hasMore() is false:
    /// rows that it holds go on then (BoundNode::holdsRows()), or it judges that nothing came
    /// (BoundNode::judgesSilence). Asked between calls, for a stop, or an
    /// answer from outside, may change it. While it holds rows it receives no batch, watermark or end, except
    /// input that precedes a barrier, or while it takesMore(): the barrier does not wait for the time, and
    /// the snapshot contains the rows that are held.
    virtual std::int64_t wakesAt() const { return kNever; }
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    /// While it holds rows: whether it takes more input all the same (not where BoundNode::paced). Asked
    /// between calls.
    virtual bool takesMore() const { return false; }
    /// Whether more input can change anything. Once false it stays so, also after a restore: the node ends
    /// as if its input had, and sources above it that no other node reads are read no more. For nodes of
    /// Distribution::Kind::Single.
    virtual bool wantsMore() const { return true; }
    /// Writes all that decides the operator's further output; at a barrier, never while hasMore().
    /// State of a key goes into keyed records by keyGroupOf() its hash. Default: no state.
    virtual Status snapshot(StateWriter& out) const;
    /// Before the first call: takes over the state of an instance of this node, in a run of the same pipeline
    /// at any number of instances: called once for each of them. Of keyed records those of `own` are taken.
    /// May leave work to do (hasMore()): the nodes below may not know its earlier output.
    virtual Status restore(const StateReader& state, const KeyGroups& own);
    /// Bytes of state held, and keys; for metrics, and after every call where the run has a memory limit.
    /// Cheap.
    struct StateSize {
        std::size_t bytes = 0, keys = 0;
        std::size_t spilled = 0;  ///< bytes in files, besides
    };
    virtual StateSize stateSize() const { return {}; }
    /// Rows so far for which a key was looked up while some of the state is in files, and those whose key was
    /// in memory; for metrics. Cheap.
    struct StateLookups {
        std::uint64_t rows = 0, inMemory = 0;
    };
    virtual StateLookups stateLookups() const { return {}; }
    /// Of these the rows that are held (wakesAt()), `keys` being their number.
    virtual StateSize heldSize() const { return stateSize(); }
    /// Notes for the user; taken by the runtime behind each call. Cheap where there are none.
    virtual std::vector<Text> takeNotes() { return {}; }
    /// Wall time at which the table was read that it looks rows up in; kMinTimestamp: there is none. For
    /// metrics. Cheap.
    virtual Instant tableRead() const { return kMinTimestamp; }
    /// A span of event time, its end not included; both kMaxTimestamp: none.
    struct Span {
        Instant from = kMaxTimestamp, until = kMaxTimestamp;
    };
    /// The first window with rows whose results are still to come; for metrics. Cheap.
    virtual Span firstOpen() const { return {}; }
    /// How good it was over its last rows, where it learns; for metrics. Cheap.
    virtual Quality quality() const { return {}; }
    /// Number of output ports; set by the runtime before the first call.
    int outputPorts = 1;
};

}  // namespace rw
