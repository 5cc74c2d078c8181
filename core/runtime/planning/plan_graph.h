// The data of the planner's passes: the nodes that run and the ways between them, by number.
//
// makePlan() runs the passes in this order; each is a function that reads the results of the earlier ones:
//   validate() and planGraph()  errors, and the types
//   findUsedColumns()         which columns are read; left out where taps must show all
//   findReadStamps()          which sources give the stamps of clean rows
//   numberWires()               which wires reach a node, and their numbers (event-time rules, 9)
//   cutStages()                 which nodes are fused, and how often a stage is there
//   connectStages()             targets and exchanges
//   describeInputs()            the inputs as an operator is told of them
//   findIdleGroups()            which sources wait for each other
#pragma once
#include <string>
#include <vector>

#include "core/runtime/planning/plan.h"

namespace rw {

/// A way of rows between two nodes, past disabled ones.
struct PlanLink {
    int from = 0, fromPort = 0, to = 0, toPort = 0;
    std::vector<int> drawn;  ///< numbers in Pipeline::wires, sources first
    int firstWire = 0;       ///< wire w of the sending port is wire firstWire + w at the input port
};

struct PlanNode {
    NodeId id;
    const Node* declared = nullptr;
    const NodeKind* kind = nullptr;
    const TypedNode* typed = nullptr;
    std::vector<ColumnSet> wanted;  ///< per output port, columns that a node below reads; empty: all
    std::vector<int> in, out;       ///< links; `in` in the order of the file
    /// Which batches that leave here, with the stamps of this node or of one above, carry them.
    StampedBatches stamped = StampedBatches::Unclean;
    std::vector<int> wiresIn{};   ///< wires that reach each input port
    std::vector<int> wiresOut{};  ///< wires that leave by each output port

    const BoundNode& bound() const { return *typed->bound; }
    /// Whether the rows of an output port have the wires and positions of the input (else: one wire).
    bool passesWires(std::size_t outputPort) const;
};

struct PlanGraph {
    std::vector<PlanNode> nodes;  ///< every node behind those that feed it
    std::vector<PlanLink> links;
};

/// The position of a node in a stage. A stateless node has a position in each stage that feeds it.
struct StagePosition {
    int stage = 0, index = 0;
    int fedBy = -1;  ///< nodes with a stage for each feeding one (event_time): that stage
};
using StagePositions = std::vector<std::vector<StagePosition>>;  ///< per node of the graph

/// More wires than this at one input are refused: their number grows with every union of two ways.
inline constexpr int kMostWires = 1 << 20;
/// More stages than this are not made of one event_time node.
inline constexpr int kMostStagesOfNode = 4096;
/// A stateless node below more stages than this gets one of its own instead of a position in each.
inline constexpr std::size_t kMostFeedingStages = 32;

PlanGraph planGraph(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated);
void findUsedColumns(PlanGraph& graph);
void findReadStamps(PlanGraph& graph);
/// An issue where the wires are too many.
void numberWires(PlanGraph& graph, std::vector<Issue>& issues);
/// Fills Plan::stages. An issue where stages would be too many.
StagePositions cutStages(const PlanGraph& graph, Plan& plan, std::vector<Issue>& issues);
/// Fills Plan::exchanges and the targets of all planned nodes.
void connectStages(const PlanGraph& graph, const StagePositions& positions, Plan& plan);
void describeInputs(Plan& plan);
void findIdleGroups(Plan& plan);

}  // namespace rw
