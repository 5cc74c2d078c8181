// Which operators of a Flink job do the work of which node; and the counters of a job laid onto the nodes.
//
// Flink names only tables: a window, a join or a filter is found by its place. Each sink has the writer of
// its INSERT, by its order. From there operators and nodes are followed up to the sources, side by side: a
// node that Flink gives an operator of its own (a window, a join, a ranking …) must meet one of its types,
// and the way must come out at the right tables, or nothing on it is known. Nodes that melt into others
// (filter, select …) have none, and get their counts from their neighbours: a select passes all rows, a
// union the sum. The knowledge of the planner is heuristic (tried with Flink 2.3): which operators a node may
// become, and that conditions are tested as early as they can be, but never above a window function that is
// below them. A count that an early test may have changed is left out, as are changes.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink_graph.h"
#include "core/cluster/job_figures.h"
#include "core/pipeline/validate.h"

namespace rw {

/// Counters of one operator of a graph, over all its instances.
struct OperatorCounters {
    std::optional<std::uint64_t> rowsIn{}, rowsOut{};
    std::optional<Instant> inputWatermark{};       ///< the smallest
    std::optional<double> busy{}, backpressure{};  ///< of the task that it is in, 0 … 1
};

class FlinkLayout {
 public:
    /// `sinks`: as Deployment::sinks. A pipeline that can't be typed has a layout in which nothing is known.
    /// `options`: folder and variables that it was submitted with; `files` does not matter. Files of subflows
    /// are read.
    FlinkLayout(const Pipeline& pipeline, const Catalogue& catalogue, const FlinkGraph& graph,
                const std::vector<NodeId>& sinks, const ValidateOptions& options = {});

    /// The operator that is a node's; nothing: it has none, or it can't be told which.
    std::optional<std::size_t> operatorOf(const NodeId& node) const;
    /// For each operator of the graph, the nodes whose work it does: none that is known, one, or several that
    /// mean the same.
    std::vector<std::vector<NodeId>> nodesByOperator() const;
    /// One entry of `counters` for each operator of the graph. Late rows of a window whose late port is not
    /// wired are the rows that its guard took out: they are unknown in a look whose counters are of different
    /// moments, as those of a job in a hurry are; they only grow. Rows out of a source that can't be told
    /// otherwise are the lines that it read, a header and rejected ones among them.
    JobFigures figures(const std::vector<OperatorCounters>& counters) const;

 private:
    Pipeline m_pipeline;
    std::size_t m_graphSize = 0;
    std::map<NodeId, std::size_t> m_operators{};
    struct Roles;  ///< the role of each matched operator for its node
    std::shared_ptr<const Roles> m_roles{};
};

/// Asks the JobManager for the counters of all operators of a job: first for its graph, then some requests
/// for each of its vertices. Repeated requests go through FlinkCounters (flink_counters.h), which asks for
/// the graph once. A job that is not of this graph, or has not begun, has no counters; that is no error.
Result<std::vector<OperatorCounters>> readCounters(FlinkRest& rest, const std::string& job,
                                                   const FlinkGraph& graph);
/// The newest that was completed; nothing: none was yet.
Result<std::optional<JobCheckpoint>> readCheckpoint(FlinkRest& rest, const std::string& job);

}  // namespace rw
