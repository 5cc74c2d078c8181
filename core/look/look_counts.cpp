#include "core/look/look_counts.h"

namespace rw {

std::map<NodeId, LookedCounts> countsOf(const Pipeline& pipeline, const LookResult& looked) {
    std::map<NodeId, LookedCounts> counts;
    for (const Node& node : pipeline.nodes) counts[node.id];
    std::map<PortRef, std::uint64_t> came;
    for (const LookedPort& port : looked.outputs) {
        came[port.from] = port.count;
        const auto node = counts.find(port.from.node);
        // Late and rejected rows have counts of their own.
        if (node != counts.end() && port.role == PortRole::Rows)
            node->second.out = node->second.out.value_or(0) + port.count;
    }
    std::map<NodeId, std::uint64_t> in;
    std::map<NodeId, bool> partly;
    for (const Wire& wire : pipeline.wires) {
        const auto rows = came.find(wire.from);
        if (rows == came.end()) {
            partly[wire.to.node] = true;
        } else {
            in[wire.to.node] += rows->second;
        }
    }
    for (const auto& [node, rows] : in) {
        const auto count = counts.find(node);
        // The rows of one side alone are not those that come.
        if (count != counts.end() && !partly.contains(node)) count->second.in = rows;
    }
    for (const auto& [id, node] : looked.nodes) {
        const auto count = counts.find(outermost(id));
        if (count == counts.end()) continue;
        count->second.late += node.late;
        count->second.rejected += node.rejected;
    }
    return counts;
}

}  // namespace rw
