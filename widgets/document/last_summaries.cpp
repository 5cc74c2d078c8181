#include "widgets/document/last_summaries.h"

namespace rw::ui {

LastSummaries::Summaries LastSummaries::learn(const Pipeline& pipeline, const Validated& checked) {
    Summaries last;
    std::map<NodeId, Known> known;
    for (const Node& node : pipeline.nodes) {
        auto before = m_known.extract(node.id);
        const auto typed = checked.nodes.find(node.id);
        const bool bound = typed != checked.nodes.end() && typed->second.bound;
        if (!before.empty() && before.mapped().params == node.params) {
            if (bound) before.mapped().summary = typed->second.bound->summary;
            if (!bound) last[node.id] = before.mapped().summary;
            known.insert(std::move(before));
        } else if (bound) {
            known[node.id] = {node.params, typed->second.bound->summary};
        }
    }
    m_known = std::move(known);
    return last;
}

}  // namespace rw::ui
