#include "core/look/cut.h"

#include <set>
#include <unordered_map>

namespace rw {

Pipeline cutAbove(const Pipeline& pipeline, const std::vector<NodeId>& below) {
    std::unordered_map<NodeId, std::vector<NodeId>> producers;
    for (const Wire& wire : pipeline.wires) producers[wire.to.node].push_back(wire.from.node);
    std::set<NodeId> kept;
    std::vector<NodeId> open = below;
    while (!open.empty()) {
        const NodeId id = std::move(open.back());
        open.pop_back();
        if (!kept.insert(id).second) continue;
        if (const auto found = producers.find(id); found != producers.end())
            open.insert(open.end(), found->second.begin(), found->second.end());
    }
    Pipeline cut;
    cut.name = pipeline.name;
    cut.variables = pipeline.variables;
    cut.settings = pipeline.settings;
    for (const Node& node : pipeline.nodes) {
        if (kept.count(node.id) > 0) cut.nodes.push_back(node);
    }
    for (const Wire& wire : pipeline.wires) {
        if (kept.count(wire.from.node) > 0 && kept.count(wire.to.node) > 0) cut.wires.push_back(wire);
    }
    return cut;
}

}  // namespace rw
