// Puts a run's metrics together: from the counters of all nodes and what waits between them.
#pragma once
#include <deque>
#include <mutex>
#include <vector>

#include "core/runtime/task_graph.h"

namespace rw {

/// Any thread, as long as the graph stands.
class RunMeter {
 public:
    RunMeter(const RunShared& shared, const TaskGraph& graph) : m_shared(shared), m_graph(graph) {}

    /// All but the state, the seconds and the notes, which the run's lifecycle knows.
    RunMetrics measure();

 private:
    /// Full milliseconds of each wire at earlier looks, for the share of the last second.
    struct FullSample {
        std::int64_t at;
        std::vector<std::int64_t> full;
    };

    void addNodes(RunMetrics& out) const;
    void addQueues(const PlannedNode::Target& target, RunMetrics& out, FullSample& sample) const;
    void addBackpressure(RunMetrics& out, FullSample sample);

    const RunShared& m_shared;
    const TaskGraph& m_graph;
    std::mutex m_mutex;  ///< guards what follows
    std::deque<FullSample> m_samples;
};

}  // namespace rw
