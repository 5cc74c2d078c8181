// The input of findings: a pipeline and the counters of its run, with the ways of rows between nodes at
// hand.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// `pipeline`, `catalogue` and `metrics` must outlive it. The pipeline may have been edited since the run was
/// started: nodes and wires that only one of both has are passed over.
class Evidence {
 public:
    /// `running`: the run has not ended, so that waiting is of interest.
    /// `now`: wall time of the metrics, to tell for how long something lasts; 0: it is not known.
    Evidence(const Pipeline& pipeline, const Catalogue& catalogue, const RunMetrics& metrics, bool running,
             Instant now = 0);
    Evidence(const Evidence&) = delete;
    Evidence& operator=(const Evidence&) = delete;

    /// The run goes on from a checkpoint: these nodes had given rows before, which their counters may lack.
    void setGaveBefore(std::set<NodeId> nodes) { m_gaveBefore = std::move(nodes); }

    struct Seen {
        const Node* node = nullptr;
        const NodeKind* kind = nullptr;
        const NodeMetrics* metrics = nullptr;
        bool isSource() const { return kind->group == NodeGroup::Source; }
    };
    /// Where the rows of an input come from, disabled nodes passed by.
    struct Input {
        const Seen* from = nullptr;
        PortRole port = PortRole::Rows;  ///< of `from`, by which they leave it
        std::string to{};                ///< the port where they arrive
    };

    /// The nodes that run, those that feed a node before it; nodes of a loop are left out.
    const std::vector<const Seen*>& nodes() const { return m_order; }
    /// In the order of the wires.
    const std::vector<Input>& inputs(const Seen& node) const;
    /// The nodes that take rows of `node`, by whichever port.
    const std::vector<const Seen*>& outputs(const Seen& node) const;
    /// A wire leaves such a port of the node, also one to a node that the run did not have.
    bool isTaken(const Seen& node, PortRole port) const;
    /// One of nodes(); null when there is none of that name.
    const Seen* find(const NodeId& id) const;
    /// Share of the time in which the busiest instance worked, 0 … 1: of the last second, or of the whole run
    /// once it has ended.
    double busy(const Seen& node) const { return share(node.metrics->busy, node.metrics->busiestSeconds); }
    /// The same of the time in which a queue at its inputs was full.
    double full(const Seen& node) const { return share(node.metrics->full, node.metrics->fullSeconds); }
    const RunMetrics& metrics() const { return m_metrics; }
    bool running() const { return m_running; }
    Instant now() const { return m_now; }
    /// It had given rows before the run went on from a checkpoint, so that it is not told to have given none.
    bool gaveBefore(const Seen& node) const { return m_gaveBefore.contains(node.node->id); }

 private:
    void connect();
    void sort();
    double share(double lately, double seconds) const;
    const Pipeline& m_pipeline;
    const RunMetrics& m_metrics;
    bool m_running;
    Instant m_now;
    std::set<NodeId> m_gaveBefore{};
    std::map<NodeId, Seen> m_seen;
    std::map<const Seen*, std::vector<Input>> m_inputs;
    std::map<const Seen*, std::vector<const Seen*>> m_outputs;
    std::vector<const Seen*> m_order;
};

}  // namespace rw
