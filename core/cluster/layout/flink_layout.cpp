#include "core/cluster/layout/flink_layout.h"

#include <algorithm>

#include "core/cluster/layout/layout_flow.h"
#include "core/cluster/layout/layout_match.h"

namespace rw {

struct FlinkLayout::Roles {
    LayoutNet net{};
    LayoutFacts facts{};
};

FlinkLayout::FlinkLayout(const Pipeline& pipeline, const Catalogue& catalogue, const FlinkGraph& graph,
                         const std::vector<NodeId>& sinks, const ValidateOptions& options)
    : m_pipeline(pipeline), m_graphSize(graph.operators.size()) {
    const bool subflows = std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(),
                                      [](const Node& node) { return node.type == "subflow"; });
    ValidateOptions typing = options;
    // The content of source files does not matter; the files of subflows are part of the pipeline.
    typing.files = subflows;
    const auto roles = std::make_shared<Roles>();
    roles->net = layoutNetOf(pipeline, catalogue, typing);
    roles->facts = matchOperators(roles->net, graph, sinks);
    for (const auto& [node, operators] : roles->facts.operators) {
        if (operators.size() == 1) m_operators[roles->net.nodes[node].id] = *operators.begin();
    }
    m_roles = roles;
}

std::optional<std::size_t> FlinkLayout::operatorOf(const NodeId& node) const {
    const auto found = m_operators.find(node);
    if (found == m_operators.end()) return std::nullopt;
    return found->second;
}

std::vector<std::vector<NodeId>> FlinkLayout::nodesByOperator() const {
    std::vector<std::vector<NodeId>> nodes(m_graphSize);
    for (const auto& [node, operators] : m_roles->facts.operators) {
        for (const std::size_t made : operators) nodes[made].push_back(m_roles->net.nodes[node].id);
    }
    return nodes;
}

JobFigures FlinkLayout::figures(const std::vector<OperatorCounters>& counters) const {
    return figuresOf(m_roles->net, m_roles->facts, counters, m_pipeline.wires.size());
}

}  // namespace rw
