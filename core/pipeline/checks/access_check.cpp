#include "core/pipeline/checks/access_check.h"

#include <map>

namespace rw {

void checkAccesses(const Graph& graph, const std::vector<TypedNode>& typed, std::vector<Issue>& issues) {
    std::map<std::string, const Node*> taken;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (!graph.nodes[i].runs || !typed[i].bound) continue;
        const Node& node = *graph.nodes[i].node;
        for (const Access& access : typed[i].bound->accesses) {
            if (!access.alone) continue;
            const auto [owner, first] = taken.try_emplace(access.identity(), &node);
            if (first) continue;
            Issue& issue = issues.emplace_back();
            issue.node = node.id;
            issue.message = RW_TEXT("paths", "%1 is already taken by “%2”.")
                                .with(access.description, owner->second->shownTitle());
            issue.fix = RW_TEXT("paths", "Keep one of the nodes, and lead several wires away from it.");
        }
    }
}

}  // namespace rw
