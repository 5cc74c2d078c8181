#include "core/pipeline/running_node.h"

#include <algorithm>
#include <set>

#include "core/pipeline/subflow.h"
#include "core/pipeline/validate.h"

namespace rw {

std::vector<RunningNode> runningNodes(const Pipeline& pipeline, const Validated& validated,
                                      const Catalogue& catalogue) {
    std::vector<RunningNode> nodes;
    if (!validated.runnable()) return nodes;
    const std::set<NodeId> runs(validated.order.begin(), validated.order.end());
    const Pipeline& whole = validated.expanded ? validated.expanded->pipeline : pipeline;
    for (const Node& node : whole.nodes) {
        const auto typed = validated.nodes.find(node.id);
        const NodeKind* kind = catalogue.of(node);
        if (!runs.contains(node.id) || typed == validated.nodes.end() || !typed->second.bound ||
            kind == nullptr)
            continue;
        nodes.push_back({node.id, kind, typed->second.bound.get()});
    }
    return nodes;
}

bool endsByItself(const std::vector<RunningNode>& nodes) {
    return std::none_of(nodes.begin(), nodes.end(), [](const RunningNode& node) { return node.bound->live; });
}

}  // namespace rw
