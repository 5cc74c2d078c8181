#include "widgets/document/editing/nodes_behind.h"

#include <map>
#include <vector>

namespace rw::ui {

std::set<NodeId> nodesBehind(const Pipeline& pipeline, const NodeId& from) {
    std::multimap<NodeId, NodeId> next;
    for (const Wire& wire : pipeline.wires) next.emplace(wire.from.node, wire.to.node);
    std::set<NodeId> found;
    std::vector<NodeId> ends{from};
    while (!ends.empty()) {
        const auto [begin, end] = next.equal_range(ends.back());
        ends.pop_back();
        for (auto each = begin; each != end; ++each) {
            if (found.insert(each->second).second) ends.push_back(each->second);
        }
    }
    return found;
}

}  // namespace rw::ui
