#include "core/runtime/planning/stamp_ways.h"

#include <tuple>

namespace rw {

namespace {

using WaysOfPort = std::map<int, NodeId>;

/// Of the rows that leave by an output port; `in`: those of the node's first input.
WaysOfPort waysOut(const PlannedNode& node, bool source, std::size_t port, const WaysOfPort& in) {
    const PortRole role = node.kind->outputs[port].role;
    const StreamType& stream = node.bound->outputs[port];
    if (role == PortRole::Late || role == PortRole::Rejected || stream.eventTime < 0) return {};
    if (source) return {{0, node.node}};
    if (stream.made) return {};
    if (!node.bound->assignsEventTime) return in;
    WaysOfPort stamped = in;
    for (int way = 0; way < node.inputs.front().wires; ++way) stamped[way] = node.node;
    return stamped;
}

}  // namespace

/// Stages and their nodes stand behind those that feed them.
Disorder::Ways stampWays(const Plan& plan) {
    Disorder::Ways ways;
    // Of a node in a stage: nodes without state are in several, each of which has its own ways.
    std::map<std::tuple<int, int, int>, WaysOfPort> inputs;  // stage, place in it, port
    for (int stage = 0; stage < static_cast<int>(plan.stages.size()); ++stage) {
        const Stage& of = plan.stages[static_cast<std::size_t>(stage)];
        for (int place = 0; place < static_cast<int>(of.nodes.size()); ++place) {
            const PlannedNode& node = of.nodes[static_cast<std::size_t>(place)];
            for (std::size_t port = 0; port < node.inputs.size(); ++port) {
                const WaysOfPort& in = inputs[{stage, place, static_cast<int>(port)}];
                ways[{node.node, static_cast<int>(port)}].insert(in.begin(), in.end());
            }
            for (std::size_t port = 0; port < node.targets.size(); ++port) {
                const WaysOfPort out =
                    waysOut(node, of.source && place == 0, port, inputs[{stage, place, 0}]);
                for (const PlannedNode::Target& target : node.targets[port]) {
                    const bool fused = target.kind == PlannedNode::Target::Kind::Fused;
                    const auto& exchange = plan.exchanges;
                    const Exchange* const to =
                        fused ? nullptr : &exchange[static_cast<std::size_t>(target.index)];
                    WaysOfPort& in =
                        fused ? inputs[{stage, target.index, target.port}] : inputs[{to->to, 0, to->port}];
                    const int first = fused ? target.firstWire : to->firstWire;
                    for (const auto& [way, stamper] : out) in[first + way] = stamper;
                }
            }
        }
    }
    return ways;
}

}  // namespace rw
