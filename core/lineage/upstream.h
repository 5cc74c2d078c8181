// The graph of a plan, from a node up to those that its rows come from.
#pragma once
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/planning/plan.h"

namespace rw {

/// An output port, and which ways of it lead here.
struct UpstreamPort {
    NodeId node{};
    int port = 0;
    int firstWay = 0, ways = 1;  ///< way w of the port arrives as way firstWay + w
};

/// By which of the producers of an input rows come that arrive there on that wire.
std::size_t producerOf(const std::vector<UpstreamPort>& producers, WireNumber wire);

/// Refers to the plan, which outlives it.
class Upstream {
 public:
    explicit Upstream(const Plan& plan);

    const PlannedNode* find(const NodeId& node) const;
    /// From where rows come to the input port: each output port once for each wire between them.
    const std::vector<UpstreamPort>& producers(const NodeId& node, int input) const;
    /// The nodes from which rows come to `node`, itself not among them.
    const std::set<NodeId>& above(const NodeId& node) const;
    /// Each node once, sources first.
    const std::vector<NodeId>& order() const { return m_order; }

 private:
    std::map<NodeId, const PlannedNode*> m_nodes{};
    std::map<std::pair<NodeId, int>, std::vector<UpstreamPort>> m_producers{};
    std::map<NodeId, std::set<NodeId>> m_above{};
    std::vector<NodeId> m_order{};
};

/// As people know the node: its title, or “outer/inner” inside a subflow.
std::string titleOf(const PlannedNode& node);
/// The same; of a node that is not in the plan, its id.
std::string titleOf(const Upstream& upstream, const NodeId& node);

}  // namespace rw
