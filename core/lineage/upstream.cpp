#include "core/lineage/upstream.h"

#include <algorithm>

namespace rw {

namespace {

/// A node that keeps nothing stands in the stage of each source that feeds it: the same wire is there once
/// for each of them.
void add(std::vector<UpstreamPort>& producers, const UpstreamPort& from) {
    const auto same = [&from](const UpstreamPort& other) {
        return other.node == from.node && other.port == from.port && other.firstWay == from.firstWay;
    };
    const auto found = std::find_if(producers.begin(), producers.end(), same);
    if (found == producers.end()) return producers.push_back(from);
    found->ways = std::max(found->ways, from.ways);
}

}  // namespace

std::size_t producerOf(const std::vector<UpstreamPort>& producers, WireNumber wire) {
    const int way = static_cast<int>(wire >> kPartitionBits);
    std::size_t best = 0;
    for (std::size_t i = 0; i < producers.size(); ++i) {
        if (producers[i].firstWay <= way && producers[i].firstWay >= producers[best].firstWay) best = i;
    }
    return best;
}

Upstream::Upstream(const Plan& plan) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            m_nodes.emplace(node.node, &node);
            for (std::size_t port = 0; port < node.targets.size(); ++port) {
                for (const PlannedNode::Target& target : node.targets[port]) {
                    const bool fused = target.kind == PlannedNode::Target::Kind::Fused;
                    const auto index = static_cast<std::size_t>(target.index);
                    if (fused) {
                        add(m_producers[{stage.nodes[index].node, target.port}],
                            {node.node, static_cast<int>(port), target.firstWire, 1});
                        continue;
                    }
                    const Exchange& exchange = plan.exchanges[index];
                    const NodeId& to = plan.stages[static_cast<std::size_t>(exchange.to)].nodes.front().node;
                    add(m_producers[{to, exchange.port}],
                        {node.node, static_cast<int>(port), exchange.firstWire, exchange.wires});
                }
            }
        }
    }
    // Stages stand below those that feed them, and so do the nodes in one.
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            std::set<NodeId>& above = m_above[node.node];
            for (std::size_t input = 0; input < node.inputs.size(); ++input) {
                for (const UpstreamPort& producer : producers(node.node, static_cast<int>(input))) {
                    above.insert(producer.node);
                    const std::set<NodeId>& further = m_above[producer.node];
                    above.insert(further.begin(), further.end());
                }
            }
            m_order.push_back(node.node);
        }
    }
    // The last of several places is behind all that feed the node.
    std::set<NodeId> seen;
    std::vector<NodeId> once;
    for (auto node = m_order.rbegin(); node != m_order.rend(); ++node) {
        if (seen.insert(*node).second) once.push_back(*node);
    }
    m_order.assign(once.rbegin(), once.rend());
}

const PlannedNode* Upstream::find(const NodeId& node) const {
    const auto found = m_nodes.find(node);
    return found == m_nodes.end() ? nullptr : found->second;
}

const std::vector<UpstreamPort>& Upstream::producers(const NodeId& node, int input) const {
    static const std::vector<UpstreamPort> kNone;
    const auto found = m_producers.find({node, input});
    return found == m_producers.end() ? kNone : found->second;
}

const std::set<NodeId>& Upstream::above(const NodeId& node) const {
    static const std::set<NodeId> kNone;
    const auto found = m_above.find(node);
    return found == m_above.end() ? kNone : found->second;
}

std::string titleOf(const PlannedNode& node) {
    return outermost(node.node) == node.node ? node.declared->shownTitle() : node.node;
}

std::string titleOf(const Upstream& upstream, const NodeId& node) {
    const PlannedNode* const found = upstream.find(node);
    return found == nullptr ? node : titleOf(*found);
}

}  // namespace rw
