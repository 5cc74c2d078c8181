#include "core/pipeline/graph.h"

#include <algorithm>
#include <queue>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/graph_builder.h"

namespace rw {

namespace {

std::string portNames(const std::vector<PortSpec>& ports) {
    std::string out;
    for (const PortSpec& port : ports) out += (out.empty() ? "" : ", ") + port.name;
    return out;
}

}  // namespace

GraphBuilder::GraphBuilder(const Pipeline& pipeline, const Catalogue& catalogue, std::vector<Issue>& issues)
    : m_pipeline(pipeline),
      m_catalogue(catalogue),
      m_issues(issues),
      m_in(pipeline.nodes.size()),
      m_out(pipeline.nodes.size()),
      m_badInput(pipeline.nodes.size()),
      m_neededByKnown(pipeline.nodes.size()) {
    addNodes();
}

Graph GraphBuilder::build() {
    addWires();
    refuseExtraWires();
    sortNodes();
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) connect(i);
    reportUnused();
    reportUnknownTypes();
    return std::move(m_graph);
}

Issue& GraphBuilder::issue(Severity severity, const NodeId& node, Text message, Text fix) {
    Issue& added = m_issues.emplace_back();
    added.severity = severity;
    added.node = node;
    added.message = std::move(message);
    added.fix = std::move(fix);
    return added;
}

QuickFix GraphBuilder::removal(const Wire& wire) const {
    QuickFix fix;
    fix.kind = QuickFix::Kind::RemoveWire;
    fix.label = RW_TEXT("wires", "Remove the wire from “%1” to “%2”")
                    .with(writeOutput(wire.from), writeInput(wire.to));
    fix.value = writeWire(wire);
    return fix;
}

void GraphBuilder::addNodes() {
    for (const Node& node : m_pipeline.nodes) {
        GraphNode& added = m_graph.nodes.emplace_back();
        added.node = &node;
        added.kind = m_catalogue.of(node);
        // Its file could not be put in: like an unknown type it has the ports that its wires name.
        if (added.kind && added.kind->subflow == SubflowRole::Whole && !node.disabled) added.kind = nullptr;
        added.runs = added.kind && !node.disabled;
        if (added.kind) added.inputs.resize(added.kind->inputs.size());
        if (!isNodePath(node.id)) {
            issue(Severity::Error, node.id, RW_TEXT("wires", "“%1” can't be a node's id.").with(node.id),
                  RW_TEXT("wires", "It starts with a letter a–z and holds only a–z, 0–9 and _."));
        }
        if (!m_index.emplace(node.id, m_graph.nodes.size() - 1).second) {
            added.runs = false;
            issue(Severity::Error, node.id, RW_TEXT("wires", "Two nodes have the id “%1”.").with(node.id),
                  RW_TEXT("wires", "Give one of them another id."));
        }
    }
}

bool GraphBuilder::hasPort(const PortRef& end, const std::vector<PortSpec>& ports, int port, const Wire& wire,
                           bool output) {
    if (port >= 0) return true;
    Text message =
        output ? RW_TEXT("wires", "“%1” has no output “%2”.") : RW_TEXT("wires", "“%1” has no input “%2”.");
    Text fix;
    if (!ports.empty()) fix = RW_TEXT("wires", "It has: %1.").with(portNames(ports));
    Issue& added =
        issue(Severity::Error, wire.to.node,
              std::move(message).with(m_pipeline.find(end.node)->shownTitle(), end.port), std::move(fix));
    added.quickFixes.push_back(removal(wire));
    return false;
}

bool GraphBuilder::addWire(std::size_t index) {
    const Wire& wire = m_pipeline.wires[index];
    const auto from = m_index.find(wire.from.node), to = m_index.find(wire.to.node);
    if (from == m_index.end() || to == m_index.end()) {
        const bool noStart = from == m_index.end();
        const NodeId& known = to == m_index.end() ? (noStart ? NodeId() : wire.from.node) : wire.to.node;
        Issue& added = issue(
            Severity::Error, known,
            RW_TEXT("wires", "The wire from “%1” to “%2” has a missing end: there is no node “%3”.")
                .with(writeOutput(wire.from), writeInput(wire.to), noStart ? wire.from.node : wire.to.node));
        added.quickFixes.push_back(removal(wire));
        return false;
    }
    Link link{from->second, to->second, 0, 0, {index}};
    if (const NodeKind* kind = m_graph.nodes[link.from].kind) {
        link.fromPort = kind->outputPort(wire.from.port);
        if (!hasPort(wire.from, kind->outputs, link.fromPort, wire, true)) return false;
    }
    if (const NodeKind* kind = m_graph.nodes[link.to].kind) {
        link.toPort = kind->inputPort(wire.to.port);
        if (!hasPort(wire.to, kind->inputs, link.toPort, wire, false)) return false;
    }
    for (const Link& other : m_in[link.to]) {
        if (m_pipeline.wires[other.wire()].from != wire.from || m_pipeline.wires[other.wire()].to != wire.to)
            continue;
        Issue& added = issue(Severity::Error, wire.to.node,
                             RW_TEXT("wires", "The wire from “%1” is there twice.").with(title(link.from)),
                             RW_TEXT("wires", "Take one of them away."));
        added.quickFixes.push_back(removal(wire));
        return true;
    }
    m_in[link.to].push_back(link);
    m_out[link.from].push_back(link);
    return true;
}

void GraphBuilder::addWires() {
    for (std::size_t i = 0; i < m_pipeline.wires.size(); ++i) {
        if (addWire(i)) continue;
        const auto to = m_index.find(m_pipeline.wires[i].to.node);
        if (to != m_index.end()) m_badInput[to->second] = 1;
    }
}

void GraphBuilder::refuseExtraWires() {
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        if (!node.kind) continue;
        for (std::size_t port = 0; port < node.kind->inputs.size(); ++port) {
            const PortSpec& spec = node.kind->inputs[port];
            std::vector<Link> here;
            for (const Link& link : m_in[i]) {
                if (link.toPort == static_cast<int>(port)) here.push_back(link);
            }
            if (spec.many || here.size() < 2) continue;
            Issue& added = issue(
                Severity::Error, node.node->id,
                RW_TEXT("wires", "The input “%1” takes one wire and has %2.").with(spec.name, here.size()),
                RW_TEXT("wires", "Take one away, or bring them together with a union."));
            added.port = spec.name;
            for (auto link = here.rbegin(); link != here.rend(); ++link) {
                added.quickFixes.push_back(removal(m_pipeline.wires[link->wire()]));
            }
        }
    }
}

void GraphBuilder::sortNodes() {
    const std::size_t count = m_graph.nodes.size();
    std::vector<std::size_t> waiting(count);
    // The smallest index first: the order is the file's where the wires leave a choice.
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < count; ++i) {
        waiting[i] = m_in[i].size();
        if (waiting[i] == 0) ready.push(i);
    }
    std::vector<char> state(count);  // 1: sorted, or its loop was reported
    while (!ready.empty()) {
        const std::size_t node = ready.top();
        ready.pop();
        m_graph.order.push_back(node);
        state[node] = 1;
        for (const Link& link : m_out[node]) {
            if (--waiting[link.to] == 0) ready.push(link.to);
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (state[i] == 0) reportLoop(state, i);
    }
}

/// Walks backwards from a node that could not be sorted: each such node has one before it that could not be
/// either, so the walk runs into a loop (perhaps one that was reported before).
void GraphBuilder::reportLoop(std::vector<char>& state, std::size_t start) {
    std::vector<Link> walk;
    std::vector<std::size_t> seenAt(m_graph.nodes.size(), m_graph.nodes.size());
    std::size_t node = start;
    while (seenAt[node] == m_graph.nodes.size()) {
        seenAt[node] = walk.size();
        const auto& in = m_in[node];
        const auto back =
            std::find_if(in.begin(), in.end(), [&](const Link& link) { return state[link.from] == 0; });
        if (back == in.end()) break;
        walk.push_back(*back);
        node = back->from;
    }
    for (const Link& link : walk) state[link.to] = 1;
    state[start] = 1;
    if (seenAt[node] >= walk.size()) return;
    m_graph.loop = true;
    std::vector<Link> loop(walk.begin() + static_cast<std::ptrdiff_t>(seenAt[node]), walk.end());
    std::reverse(loop.begin(), loop.end());
    std::string names = "“" + title(node) + "”";
    for (const Link& link : loop) names += " → “" + title(link.to) + "”";
    Issue& added =
        issue(Severity::Error, m_graph.nodes[node].node->id,
              RW_TEXT("wires", "The wires make a loop: %1. Rillwright graphs run one way.").with(names),
              RW_TEXT("wires", "Take one of its wires away."));
    const auto newest = std::max_element(loop.begin(), loop.end(),
                                         [](const Link& a, const Link& b) { return a.wire() < b.wire(); });
    added.quickFixes.push_back(removal(m_pipeline.wires[newest->wire()]));
}

void GraphBuilder::reportUnused() {
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        // A subflow whose rows are not read was reported as a whole.
        const bool portInside = node.kind && node.kind->subflow != SubflowRole::None && !node.kind->inside;
        if (!node.runs || portInside || node.kind->alerts) continue;  // alerts tell people
        const auto isRows = [](const PortSpec& port) { return port.role == PortRole::Rows; };
        const auto& ports = node.kind->outputs;
        const bool sends = std::any_of(ports.begin(), ports.end(), isRows);
        const bool taken = std::any_of(m_out[i].begin(), m_out[i].end(), [&](const Link& link) {
            return isRows(ports[static_cast<std::size_t>(link.fromPort)]);
        });
        if (!sends || taken || node.kind->alerts) continue;  // an alert tells people
        issue(Severity::Warning, node.node->id,
              RW_TEXT("wires", "Nobody takes the rows of “%1”.").with(title(i)),
              RW_TEXT("wires", "Draw a wire from it to a chart, a table or a file."))
            .missing = true;
    }
}

void GraphBuilder::reportUnknownTypes() {
    std::vector<std::string> types;
    for (const NodeKind& kind : m_catalogue.kinds()) types.push_back(kind.type);
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const GraphNode& node = m_graph.nodes[i];
        if (node.kind || m_catalogue.find(node.node->type)) continue;
        const std::string nearest = nearestOf(node.node->type, types);
        if (m_neededByKnown[i] != 0) {
            issue(Severity::Error, node.node->id,
                  RW_TEXT("wires",
                          "This version does not know the node type “%1”, and other nodes need its rows.")
                      .with(node.node->type),
                  nearest.empty() ? RW_TEXT("wires", "Update Rillwright, or take the node away.")
                                  : RW_TEXT("wires", "Is “%1” meant?").with(nearest));
        } else {
            issue(Severity::Warning, node.node->id,
                  RW_TEXT("wires",
                          "This version does not know the node type “%1”; the node is kept and left out of "
                          "runs.")
                      .with(node.node->type),
                  nearest.empty() ? RW_TEXT("wires", "Update Rillwright to use it.")
                                  : RW_TEXT("wires", "Is “%1” meant?").with(nearest));
        }
    }
}

Graph buildGraph(const Pipeline& pipeline, const Catalogue& catalogue, std::vector<Issue>& issues) {
    return GraphBuilder(pipeline, catalogue, issues).build();
}

}  // namespace rw
