// Which operators of a Flink job do the work of which node; and the counters of a job laid onto the nodes.
//
// Flink names only tables: a window, a join or a filter is found by its place. Nodes that Flink gives an
// operator of their own (a window, a join, a ranking …) are matched from the sources on: of the same kind,
// behind the same matched operators, and with the names of the node's columns in its text. A sink is the
// writer that its INSERT has by its order. What stays ambiguous is left out. Nodes that melt into others
// (filter, select …) get what follows from their neighbours: rows in of a matched node are the rows of the
// wire to it, a select passes what it takes, a union the sum.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/flink_graph.h"
#include "core/cluster/flink_rest.h"
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
    FlinkLayout(const Pipeline& pipeline, const Catalogue& catalogue, const FlinkGraph& graph,
                const std::vector<NodeId>& sinks);

    /// The operator that is a node's; nothing: it has none, or it can't be told which.
    std::optional<std::size_t> operatorOf(const NodeId& node) const;
    /// One entry of `counters` for each operator of the graph.
    JobFigures figures(const std::vector<OperatorCounters>& counters) const;

 private:
    Pipeline m_pipeline;
    std::map<NodeId, std::size_t> m_operators{};
    struct Roles;  ///< what each matched operator says of its node
    std::shared_ptr<const Roles> m_roles{};
};

/// Asks the JobManager for the counters of all operators of a job: one request for each of its vertices.
Result<std::vector<OperatorCounters>> readCounters(FlinkRest& rest, const std::string& job,
                                                   const FlinkGraph& graph);
Result<std::optional<JobCheckpoint>> readCheckpoint(FlinkRest& rest, const std::string& job);

}  // namespace rw
