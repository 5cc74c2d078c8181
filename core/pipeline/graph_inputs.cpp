// Where the rows of an input come from: disabled nodes are passed by.
#include <algorithm>

#include "core/pipeline/graph_builder.h"

namespace rw {

namespace {

/// The output by which rows that pass a disabled node leave.
int passingPort(const NodeKind& kind) {
    const auto it = std::find_if(kind.outputs.begin(), kind.outputs.end(),
                                 [](const PortSpec& port) { return port.role == PortRole::Rows; });
    return it == kind.outputs.end() ? -1 : static_cast<int>(it - kind.outputs.begin());
}

}  // namespace

/// Moves the start of `link` up past disabled nodes. Reports why no rows come, once.
GraphBuilder::Source GraphBuilder::follow(Link& link, std::size_t consumer) {
    const bool heard = m_graph.nodes[consumer].runs;
    const NodeId& id = m_graph.nodes[consumer].node->id;
    // A walk longer than there are nodes goes round a loop, which was reported.
    for (std::size_t steps = 0; steps <= m_graph.nodes.size(); ++steps) {
        const GraphNode& from = m_graph.nodes[link.from];
        if (!from.kind) {
            if (heard) m_neededByKnown[link.from] = 1;
            return Source::Broken;
        }
        if (!from.node->disabled) return from.runs ? Source::Found : Source::Broken;
        if (from.kind->inputs.empty()) return Source::Nothing;
        if (link.fromPort != passingPort(*from.kind)) {
            const auto& port = from.kind->outputs[static_cast<std::size_t>(link.fromPort)];
            if (heard) {
                issue(Severity::Error, id,
                      RW_TEXT("wires", "“%1” is disabled, so its output “%2” sends no rows.")
                          .with(from.node->shownTitle(), port.name),
                      RW_TEXT("wires", "Enable it, or disable this node as well."));
            }
            return Source::Broken;
        }
        const auto& in = m_in[link.from];
        if (from.kind->inputs.size() != 1 || in.size() > 1) {
            if (heard) {
                issue(Severity::Error, id,
                      RW_TEXT("wires", "“%1” is disabled, but rows can't pass it by: it has several inputs.")
                          .with(from.node->shownTitle()),
                      RW_TEXT("wires", "Enable it, or disable this node as well."));
            }
            return Source::Broken;
        }
        if (in.empty()) return Source::Nothing;
        link.from = in.front().from;
        link.fromPort = in.front().fromPort;
        link.wires.insert(link.wires.begin(), in.front().wire());
    }
    return Source::Broken;
}

void GraphBuilder::connect(std::size_t index) {
    GraphNode& node = m_graph.nodes[index];
    if (!node.kind) return;
    for (const Link& drawn : m_in[index]) {
        Link link = drawn;
        const Source source = follow(link, index);
        if (source == Source::Found) node.inputs[static_cast<std::size_t>(link.toPort)].push_back(link);
        if (source == Source::Broken) node.wired = false;
    }
    for (std::size_t port = 0; port < node.inputs.size(); ++port) {
        const bool several = node.inputs[port].size() > 1 && !node.kind->inputs[port].many;
        if (several) node.wired = false;
        if (node.inputs[port].empty()) {
            if (node.runs && node.wired && m_badInput[index] == 0) reportUnwired(node, port);
            node.wired = false;
        }
    }
}

void GraphBuilder::reportUnwired(GraphNode& node, std::size_t port) {
    const std::string& name = node.kind->inputs[port].name;
    const std::size_t index = m_index.at(node.node->id);
    const auto drawn = std::find_if(m_in[index].begin(), m_in[index].end(),
                                    [&](const Link& link) { return link.toPort == static_cast<int>(port); });
    if (drawn == m_in[index].end()) {
        Text message =
            node.kind->inputs.size() == 1
                ? RW_TEXT("wires", "Nothing is wired to the input of “%1”.").with(node.node->shownTitle())
                : RW_TEXT("wires", "Nothing is wired to the input “%2” of “%1”.")
                      .with(node.node->shownTitle(), name);
        Issue& unwired = issue(Severity::Error, node.node->id, std::move(message),
                               RW_TEXT("wires", "Draw a wire to it from a node that sends rows."));
        unwired.port = name;
        unwired.missing = true;
        return;
    }
    issue(Severity::Error, node.node->id,
          RW_TEXT("wires", "“%1” is disabled, so no rows come to the input “%2”.")
              .with(title(drawn->from), name),
          RW_TEXT("wires", "Enable it, or disable this node as well."))
        .port = name;
}

}  // namespace rw
