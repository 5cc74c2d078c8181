#include "widgets/timeline/judging_nodes.h"

#include <algorithm>
#include <set>

namespace rw::ui {

namespace {

bool judges(const NodeKind& kind) {
    return std::any_of(kind.outputs.begin(), kind.outputs.end(),
                       [](const PortSpec& port) { return port.role == PortRole::Late; });
}

/// It gives rows another event time, whatever they had before.
bool stamps(const NodeKind& kind) {
    return kind.group != NodeGroup::Source && kind.param("watermark_delay") != nullptr;
}

std::set<NodeId> reached(const Pipeline& pipeline, const Catalogue& catalogue, const NodeId& from) {
    std::set<NodeId> seen;
    std::vector<NodeId> next{from};
    while (!next.empty()) {
        const NodeId node = next.back();
        next.pop_back();
        for (const Wire& wire : pipeline.wires) {
            if (wire.from.node != node || !seen.insert(wire.to.node).second) continue;
            const Node* const to = pipeline.find(wire.to.node);
            const NodeKind* const kind = to == nullptr ? nullptr : catalogue.of(*to);
            if (kind != nullptr && (to->disabled || !stamps(*kind))) next.push_back(wire.to.node);
        }
    }
    return seen;
}

}  // namespace

std::vector<NodeId> judgingNodes(const Pipeline& pipeline, const Catalogue& catalogue, const NodeId& from) {
    const std::set<NodeId> behind = from.empty() ? std::set<NodeId>() : reached(pipeline, catalogue, from);
    std::vector<NodeId> nodes;
    for (const Node& node : pipeline.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        if (node.disabled || kind == nullptr || !judges(*kind)) continue;
        if (from.empty() || behind.contains(node.id)) nodes.push_back(node.id);
    }
    return nodes;
}

}  // namespace rw::ui
