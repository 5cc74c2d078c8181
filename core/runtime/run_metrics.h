// Puts a run's metrics together: from the counters of all nodes and the queues between them.
#pragma once
#include "core/runtime/metrics/run_looks.h"
#include "core/runtime/task_graph.h"

namespace rw {

/// Any thread, as long as the graph stands.
class RunMeter {
 public:
    RunMeter(const RunShared& shared, const TaskGraph& graph) : m_shared(shared), m_graph(graph) {}

    /// All but the state, the seconds and the notes, which the run's lifecycle knows.
    RunMetrics measure();

 private:
    void addNodes(RunMetrics& out, RunSums& sums) const;
    void tellMemoryForState(RunMetrics& out) const;
    void addSpread(const NodeId& node, const HeavyKeys& keys, NodeMetrics& out) const;
    void addQueues(const PlannedNode::Target& target, RunMetrics& out, RunSums& sums) const;

    const RunShared& m_shared;
    const TaskGraph& m_graph;
    RunLooks m_looks;
};

}  // namespace rw
