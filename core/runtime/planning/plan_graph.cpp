#include "core/runtime/planning/plan_graph.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace rw {

bool PlanNode::passesWires(std::size_t outputPort) const {
    return kind->group != NodeGroup::Source && kind->outputs[outputPort].role != PortRole::Rejected &&
           !bound().outputs[outputPort].made;
}

PlanGraph planGraph(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated) {
    PlanGraph graph;
    std::map<NodeId, const Node*> byId;
    for (const Node& node : pipeline.nodes) byId.emplace(node.id, &node);
    std::map<NodeId, int> numbers;
    for (const NodeId& id : validated.order) {
        numbers.emplace(id, static_cast<int>(graph.nodes.size()));
        PlanNode& node = graph.nodes.emplace_back();
        node.id = id;
        node.declared = byId.at(id);
        node.kind = catalogue.of(*node.declared);
        node.typed = &validated.nodes.at(id);
    }
    for (const RunWire& wire : validated.wires) {
        PlanLink link;
        link.from = numbers.at(wire.from.node);
        link.to = numbers.at(wire.to.node);
        PlanNode& from = graph.nodes[static_cast<std::size_t>(link.from)];
        PlanNode& to = graph.nodes[static_cast<std::size_t>(link.to)];
        link.fromPort = from.kind->outputPort(wire.from.port);
        link.toPort = to.kind->inputPort(wire.to.port);
        for (const std::size_t drawn : wire.drawn) link.drawn.push_back(static_cast<int>(drawn));
        from.out.push_back(static_cast<int>(graph.links.size()));
        to.in.push_back(static_cast<int>(graph.links.size()));
        graph.links.push_back(std::move(link));
    }
    return graph;
}

/// From the readers upwards, as far as rows keep the stamps that they have.
void findReadStamps(PlanGraph& graph) {
    for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
        if (!node->bound().readsStamps &&
            (node->stamped != StampedBatches::All || node->bound().assignsEventTime))
            continue;
        for (const int number : node->in) {
            const PlanLink& link = graph.links[static_cast<std::size_t>(number)];
            PlanNode& above = graph.nodes[static_cast<std::size_t>(link.from)];
            if (!above.bound().outputs[static_cast<std::size_t>(link.fromPort)].made)
                above.stamped = StampedBatches::All;
        }
    }
}

/// The wires at an input are numbered by the last link that they take, in the order of the file, then by the
/// one before: nested unions are flattened, and numbering need not walk each wire.
void numberWires(PlanGraph& graph, std::vector<Issue>& issues) {
    bool reported = false;  // once: all nodes behind have at least as many
    for (PlanNode& node : graph.nodes) {
        node.wiresIn.assign(node.kind->inputs.size(), 0);
        for (const int number : node.in) {
            PlanLink& link = graph.links[static_cast<std::size_t>(number)];
            const PlanNode& from = graph.nodes[static_cast<std::size_t>(link.from)];
            int& wires = node.wiresIn[static_cast<std::size_t>(link.toPort)];
            link.firstWire = wires;
            const std::int64_t sum =
                std::int64_t{wires} + from.wiresOut[static_cast<std::size_t>(link.fromPort)];
            if (sum > kMostWires && !reported) {
                reported = true;
                Issue& issue = issues.emplace_back();
                issue.node = node.id;
                issue.message =
                    RW_TEXT("run", "More than %1 ways lead from sources to this node.").with(kMostWires);
                issue.fix = RW_TEXT("run", "Bring streams together with fewer unions before it.");
            }
            wires = static_cast<int>(std::min<std::int64_t>(sum, kMostWires + 1));
        }
        node.wiresOut.assign(node.kind->outputs.size(), 1);
        for (std::size_t port = 0; port < node.wiresOut.size(); ++port) {
            if (node.passesWires(port)) node.wiresOut[port] = node.wiresIn.front();
        }
    }
}

}  // namespace rw
