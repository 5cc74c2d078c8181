// A pipeline as rows go through it: its nodes that run, the ports by which rows leave them, and the readers
// of these. Subflows are replaced by the nodes inside them.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/layout/layout_kinds.h"
#include "core/pipeline/validate.h"

namespace rw {

/// An output port of a node; a place in LayoutNet::ports.
struct LayoutPort {
    std::size_t node = 0;
    std::string name{};
    PortRole role = PortRole::Rows;
    bool wired = false;
    bool updating = false;
    bool timed = false;  ///< its rows have event time
};

/// An input port of a node, with the ports that send it rows.
struct LayoutInput {
    std::vector<std::size_t> from{};  ///< ports, one for each wire, in their order
    bool guarded = false;             ///< late rows are kept out by a condition before the node
    /// The port by which late rows leave, where it is wired.
    std::optional<std::size_t> late{};
};

/// A node that runs, with its ports.
struct LayoutNode {
    NodeId id{};
    const LayoutKind* kind = nullptr;  ///< never null in a net
    bool typed = false;
    std::vector<LayoutInput> inputs{};
    std::vector<std::size_t> outputs{};  ///< ports
    std::string window{};                ///< “TUMBLE” … as operators write it; empty: it has none
    bool fullJoin = false;               ///< a window join that is two in Flink
};

/// A wire between two nodes that run, and the numbers in Pipeline::wires that it was made of.
struct LayoutWire {
    std::size_t from = 0;  ///< port
    std::vector<std::size_t> drawn{};  ///< wires of the pipeline
};

/// A subflow that was replaced: its figures are those of its port nodes.
struct LayoutSubflow {
    std::vector<NodeId> inputs{}, outputs{};  ///< the nodes inside that are its ports
};

/// Nodes, ports and wires refer to each other by their places in these lists. Plain data.
struct LayoutNet {
    std::vector<LayoutNode> nodes{};  ///< sources first
    std::vector<LayoutPort> ports{};
    std::vector<LayoutWire> wires{};
    std::map<NodeId, LayoutSubflow> subflows{};

    std::optional<std::size_t> find(const NodeId& node) const;
};

/// A pipeline with a loop gives an empty one.
LayoutNet layoutNetOf(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options);

}  // namespace rw
