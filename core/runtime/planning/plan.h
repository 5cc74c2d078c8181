// The physical plan: which nodes run together, how rows get from task to task, the number of instances.
//
// Made once from a validated pipeline and never changed; runs share it. “Stages” are the unit of parallelism:
// a stage is a graph of fused nodes with one entry (a source, or a node behind an exchange) and as many
// instances as it says. Stages and exchanges go downwards: an exchange leads to a stage with a higher number.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/running_node.h"
#include "core/pipeline/subflow_files.h"
#include "core/pipeline/validate.h"
#include "core/stream/operator.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// How rows cross from one stage to another.
struct Exchange {
    enum class Kind {
        Forward,  ///< all rows to the single instance
        Keyed     ///< by the hash of `keys`
    };
    int from = 0;           ///< stage
    int to = 0;             ///< stage
    int port = 0;           ///< input port of the entry node of `to`
    int firstWire = 0;      ///< way w of the sender arrives as way firstWire + w at that port
    int wires = 1;          ///< so many ways lead along here, each with all partitions of its source
    bool advances = false;  ///< of single partitions are to be told there
    Kind kind = Kind::Forward;
    std::vector<int> keys{};
    bool combines = false;  ///< senders add rows up first (BoundNode::combines)
};

/// A node inside a stage, and where its output ports lead.
struct PlannedNode {
    NodeId node;
    const Node* declared = nullptr;        ///< in Plan::pipeline
    StateSnapshot::OperatorId operatorId;  ///< names it in snapshots
    const NodeKind* kind = nullptr;
    BoundNodeRef bound;
    std::vector<InputInfo> inputs;
    ColumnSet wanted;                                  ///< as MakeContext::wanted
    StampedBatches stamped = StampedBatches::Unclean;  ///< as MakeContext::stamped

    struct Target {
        enum class Kind { Fused, Exchange } kind = Kind::Fused;
        int index = 0;             ///< Fused: index in Stage::nodes; Exchange: index in Plan::exchanges
        int port = 0;              ///< Fused: its input port
        int firstWire = 0;         ///< Fused: as Exchange::firstWire
        std::vector<int> wires{};  ///< numbers in Pipeline::wires of the way, for metrics
    };
    std::vector<std::vector<Target>> targets;  ///< per output port
};

struct Stage {
    std::vector<PlannedNode> nodes;  ///< nodes[0] is the entry; every node stands behind those that feed it
    int instances = 1;
    bool source = false;
};

struct PlanOptions {
    ValidateOptions validate;
    int parallelism = 0;       ///< overrides the pipeline's; 0: take that
    bool pruneColumns = true;  ///< leave out columns that no node reads; off where taps must show them
};

struct Plan {
    Pipeline pipeline;                            ///< variables and subflows put in
    std::map<NodeId, SubflowFileRef> subflows{};  ///< that were
    std::string folder, timeZone;
    int parallelism = 1;
    std::uint64_t memoryLimit = 0;  ///< bytes of state of all nodes; 0: none
    std::uint64_t stateMemory = 0;  ///< as the pipeline says (stateMemoryOf()); 0: it does not
    std::vector<Stage> stages;
    std::vector<Exchange> exchanges;
    /// For each source stage: the source stages that share a node below with it (itself among them).
    std::map<int, std::vector<int>> idleGroups;
    bool bounded() const;  ///< every source ends by itself
};

/// The plan of a pipeline that validates without errors, else the issues.
struct Planned {
    std::shared_ptr<const Plan> plan;  ///< null when there are errors
    std::vector<Issue> issues;
};
/// `catalogue` must outlive the plan.
Planned makePlan(const Pipeline& pipeline, const Catalogue& catalogue, const PlanOptions& options);

/// In the order of the nodes in the pipeline, each once. They live as long as the plan.
std::vector<RunningNode> runningNodes(const Plan& plan);

/// The plan in words, for `explain`.
std::string explain(const Plan& plan);

}  // namespace rw
