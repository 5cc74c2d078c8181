// The nodes and wires of a pipeline as a graph: ends found, loops and wrong wires reported, disabled nodes
// passed by.
#pragma once
#include <cstddef>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// Rows' way from an output of one node to an input of another, by index in Graph::nodes and port.
struct Link {
    std::size_t from = 0, to = 0;
    int fromPort = 0, toPort = 0;
    /// The wires of the pipeline that it consists of, by number, sources first; the last one enters `to`.
    std::vector<std::size_t> wires{};
    std::size_t wire() const { return wires.back(); }
};

struct GraphNode {
    const Node* node = nullptr;
    const NodeKind* kind = nullptr;  ///< null: a type that this version does not know
    bool runs = false;               ///< known, and not disabled
    /// Per input port, where rows come from once disabled nodes are passed by; in the order of the wires.
    std::vector<std::vector<Link>> inputs{};
    bool wired = true;  ///< every required input is wired; otherwise it was reported, here or further up
};

struct Graph {
    std::vector<GraphNode> nodes;    ///< as in the pipeline
    std::vector<std::size_t> order;  ///< all nodes before which there is no loop, sources first
    bool loop = false;
};

/// Reports every wrong wire, missing input and loop. `pipeline` and `catalogue` must outlive the graph.
Graph buildGraph(const Pipeline& pipeline, const Catalogue& catalogue, std::vector<Issue>& issues);

}  // namespace rw
