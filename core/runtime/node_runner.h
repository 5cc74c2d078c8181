// Drives one operator of a stage: hands it batches and watermarks, and passes its output to the nodes behind
// it and to the exchanges.
#pragma once
#include <deque>
#include <memory>
#include <vector>

#include "core/runtime/checkpoints/changes_writer.h"
#include "core/runtime/run_shared.h"
#include "core/runtime/sender.h"
#include "core/stream/barrier_listener.h"
#include "core/stream/finds_pairs.h"
#include "core/stream/operator.h"

namespace rw {

class FusedStage;

/// Single-threaded, like the operator; the stage decides which call comes when. A source's node has no
/// operator: its task emits by itself.
class NodeRunner final : public Output {
 public:
    NodeRunner(RunShared& shared, FusedStage& stage, std::size_t index, const PlannedNode& node,
               NodeCounters& counters, std::unique_ptr<Operator> op, int instance);

    const NodeId& id() const { return m_node.node; }
    StampedBatches stamped() const { return m_node.stamped; }
    const StateSnapshot::OperatorId& operatorId() const { return m_node.operatorId; }
    /// For a source, whose calls are made elsewhere.
    InCall inCall() { return InCall(m_counters); }
    // Before the run. `wires`: numbers in Pipeline::wires that the rows take.
    void addChild(int outputPort, NodeRunner& child, int childPort, int firstWire,
                  const std::vector<int>& wires);
    void addSender(int outputPort, Sender& sender, const std::vector<int>& wires);

    /// Puts a batch in line for the operator.
    void enqueue(int port, Batch batch);
    /// One call: resumes the work that the operator began, or hands it the next batch. Tells the stage when
    /// there is more.
    void work();
    /// For the entry: the watermark of an input port, which comes from outside the stage.
    void offer(int port, Instant watermark) { m_offered[static_cast<std::size_t>(port)] = watermark; }
    /// Tells the operator of one watermark that rose. True: it was called, call again when its output has gone
    /// on.
    bool processWatermark();
    /// All inputs are over. True: the operator was called, call again when its output has gone on.
    bool end(Control control);
    /// Lets the exchanges behind this node know how far time is, or that nothing follows.
    void settleSenders();
    void endSenders(Control control);
    /// Whether rows that come here may still reach a consumer.
    bool wanted() const { return m_wanted; }
    /// Gives nothing more to those behind it that want nothing, and is not wanted itself when all are such.
    void leaveUnwanted();
    /// Whether more input can change anything (Operator::wantsMore).
    bool wantsMore() const { return m_operator->wantsMore(); }
    /// Operator::wakesAt(); resumeNow() when the time has come.
    std::int64_t wakesAt() const { return m_left ? Operator::kNever : m_operator->wakesAt(); }
    bool holdsRows() const { return m_node.bound->holdsRows(); }
    bool takesMore() const { return m_operator->takesMore(); }
    Operator::StateSize heldSize() const { return m_operator->heldSize(); }
    void resumeNow();

    /// Writes the operator's state into the run's snapshot; or freezes it, where it is written by change.
    Status snapshot();
    /// Writes some of what is frozen. True: nothing is left; it never is where the run fails of it.
    bool writeFrozen();
    /// The rows counted so far are those before this barrier; of a source, whose lanes share its counters,
    /// only those of its wires. The operator hears of it.
    void mark(std::uint64_t barrier);
    /// How long the stage waited for a barrier that had come on one of its inputs, for metrics.
    void aligned(std::int64_t millis) { m_counters.alignMillis.store(millis, std::memory_order_relaxed); }
    Result<std::string> state();
    Status restore(const StateSnapshot& snapshot, const KeyGroups& own);
    /// Drops the batches that wait and the work that the operator began; it is called no more then.
    void drop(PendingWork& left);
    /// The operator is called no more, whether it had begun something or not.
    void forget() { m_left = true; }
    /// Copies the size of the operator's state and its count of open work to the counters.
    void measure();
    void tellLookups();
    void tellQuality();
    /// Only its count of open work.
    void tellOpen();

    void emit(int port, Batch batch) override;
    void watermark(int port, Instant watermark) override;
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override;
    void countLate(std::size_t rows, Millis largest) override;
    void countNullDropped(std::size_t rows) override;
    /// A row that has no batch, because it could not be read.
    Status rejectText(const std::string& row, std::int64_t position, const Text& reason);
    /// Sends the rejected rows on. After every call of the operator; sources do it themselves.
    void flushRejected(WireNumber wire = 0);
    /// Lets the nodes behind know how far a partition is (Control::WatermarkAdvance).
    void passAdvance(WireNumber wire, Instant advancedTo) override;
    void wireWatermark(WireNumber wire, Instant watermark) override;
    /// For sources: the watermark of all ports.
    void watermarkEverywhere(Instant watermark);

 private:
    struct Target {
        NodeRunner* child = nullptr;
        int childPort = 0;
        int firstWire = 0;
        Sender* sender = nullptr;
        std::vector<int> wires{};  ///< numbers in Pipeline::wires
    };
    struct PortState {
        PortRole role = PortRole::Rows;
        SchemaRef schema;
        int eventTime = -1;
        Instant watermark = kMinTimestamp;
        std::vector<Target> targets;
        std::vector<int> wires;  ///< each counts the rows that leave here once
    };
    /// An output in this stage that feeds an input of this node.
    struct Feed {
        const NodeRunner* from;
        std::size_t fromPort;
        std::size_t port;
    };
    struct Waiting {
        int port;
        Batch batch;
    };
    static void addWires(PortState& port, const std::vector<int>& wires);
    void listBusy();
    void forwardNotes();
    void tellOfKeys() const;
    void tellStateBytes(std::uint64_t bytes);
    void holdToLimit();
    void tellLate(const Batch& batch) const;
    void tellStepping(Instant watermark) const;
    void applyAdvance(const Batch& batch);
    template <class Call>
    void call(Call&& body);

    RunShared& m_shared;
    FusedStage& m_stage;
    const std::size_t m_index;  ///< in the stage
    const PlannedNode& m_node;
    NodeCounters& m_counters;
    const std::unique_ptr<Operator> m_operator;
    BarrierListener* const m_hearsBarriers;  ///< the operator; null: it does not
    const FindsPairs* const m_findsPairs;    ///< the operator; null: it is no join
    std::unique_ptr<ChangesWriter> m_changes;  ///< of the operator's state; null: it is written in one piece
    bool m_failsOnError = false;  ///< on_error is "fail"
    std::vector<PortState> m_ports;
    std::vector<Feed> m_feeds;
    int m_rejectedPort = -1;
    std::vector<Instant> m_offered, m_inputWatermarks;  ///< per input port: known here, known to the operator
    Instant m_watermark = kMinTimestamp;

    std::deque<Waiting> m_waiting;
    Instant m_arrived = kMinTimestamp;  ///< the largest Batch::arrived of those that came
    bool m_listed = false;              ///< the stage knows that there is something to do
    bool m_more = false;                ///< the operator wants to be resumed
    bool m_left = false;                ///< it never will be
    bool m_wanted = true;
    std::uint64_t m_passed = 0;   ///< the newest barrier
    std::size_t m_lastState = 0;  ///< bytes, as it was written last
    Operator::StateLookups m_lookups{};  ///< as they were told last
    bool m_endCalled = false;

    // Rejected rows on their way to the port.
    std::vector<ColumnBuilder> m_rejected;
};

}  // namespace rw
