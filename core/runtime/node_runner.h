// Drives one operator of a stage: hands it batches and watermarks, and takes what it emits to the fused
// operators behind it and to the exchanges.
#pragma once
#include <memory>
#include <set>
#include <vector>

#include "core/runtime/run_shared.h"
#include "core/runtime/sender.h"
#include "core/stream/operator.h"

namespace rw {

/// Time spent in the operators of a stage instance, told apart although they call each other.
struct StageTime {
    std::int64_t nestedNanos = 0;
};

/// Single-threaded, like the operator. The order of calls for each piece of input: receive(), then
/// portAdvanced() and advance() where watermarks rose, then settle(). A source's node has no operator: its
/// task emits by itself.
class NodeRunner final : public Output {
 public:
    NodeRunner(RunShared& shared, const PlannedNode& node, NodeCounters& counters, StageTime& time,
               std::unique_ptr<Operator> op);

    const NodeId& id() const { return m_node.node; }
    void addChild(int outputPort, NodeRunner& child, int childPort, const std::vector<int>& wires);
    void addSender(int outputPort, Sender& sender, const std::vector<int>& wires);

    void receive(int port, const Batch& batch);
    void portAdvanced(int port, Instant watermark);
    void advance(Instant watermark);
    /// Lets everything behind this node know what was emitted and how far time is.
    void settle();
    /// All inputs are over: the operator ends, and with it everything behind.
    void end(Control control);
    /// Copies the operator's state size to the counters.
    void measure();

    void emit(int port, Batch batch) override;
    void watermark(int port, Instant watermark) override;
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override;
    void countLate(std::size_t rows, Millis largest) override;
    /// A row that has no batch, because it could not be read.
    Status rejectText(const std::string& row, std::int64_t position, const Text& reason);
    /// For sources: the watermark of all ports.
    void watermarkEverywhere(Instant watermark);

 private:
    struct Target {
        NodeRunner* child = nullptr;
        int childPort = 0;
        Sender* sender = nullptr;
    };
    struct PortState {
        PortRole role = PortRole::Rows;
        SchemaRef schema;
        int eventTime = -1;
        Instant watermark = kMinTimestamp;
        std::vector<Target> targets;
        std::set<std::vector<int>> ways;  ///< wires from here through unions, each with those before it
        std::vector<int> wires;           ///< the last wire of each way
    };
    void addTarget(int outputPort, Target target, const std::vector<int>& wires);
    template <class Call>
    void call(Call&& body);
    void flushRejected();

    RunShared& m_shared;
    const PlannedNode& m_node;
    NodeCounters& m_counters;
    StageTime& m_time;
    const std::unique_ptr<Operator> m_operator;
    bool m_failsOnError = false;  ///< on_error is "fail"
    std::vector<PortState> m_ports;
    int m_rejectedPort = -1;
    Instant m_watermark = kMinTimestamp;

    // Rejected rows on their way to the port.
    std::vector<ColumnBuilder> m_rejected;
};

}  // namespace rw
