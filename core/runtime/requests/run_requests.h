// What people ask of the nodes of a run: finds the node's NodeRequests, for all attempts of the run.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "core/runtime/planning/plan.h"
#include "core/stream/node_requests.h"

namespace rw {

/// Any thread.
class RunRequests {
 public:
    /// The plan outlives it.
    explicit RunRequests(const Plan& plan);

    Status ask(const NodeId& node, NodeRequest request) const;
    /// Why this can't be asked of the node now, since the run comes to its end. A node that could never be
    /// asked is told as by ask().
    Status refusedAtEnd(const NodeId& node, NodeRequest request) const;
    /// Null: nothing can be asked of the node.
    std::shared_ptr<NodeRequests> of(const NodeId& node) const;

    // As NodeRequests, for all nodes.
    void beginFrom(std::uint64_t checkpoint) const;
    void setAtBarriers(bool atBarriers) const;
    /// A note for each node of a request that was not taken.
    std::vector<std::pair<NodeId, Text>> end() const;

 private:
    struct OfNode {
        NodeRequest takes;
        std::shared_ptr<NodeRequests> requests;
    };
    /// An error where the run has no such node, or the node takes no such request.
    Status check(const NodeId& node, NodeRequest request) const;
    std::string titleOf(const NodeId& node) const;

    const Plan& m_plan;
    std::map<NodeId, OfNode> m_nodes{};  ///< set by the constructor
};

}  // namespace rw
