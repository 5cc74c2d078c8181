#include "core/pipeline/validate.h"

#include <algorithm>

#include "core/pipeline/checks/access_check.h"
#include "core/pipeline/checks/decision_check.h"
#include "core/pipeline/checks/path_check.h"
#include "core/pipeline/checks/row_keys.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/checks/typing.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/variables.h"

namespace rw {

namespace {

/// Types the nodes of a graph, sources first.
class Typing {
 public:
    Typing(const Graph& graph, const TypingScope& scope, std::vector<Issue>& issues)
        : m_graph(graph), m_scope(scope), m_issues(issues), m_typed(graph.nodes.size()) {}

    std::vector<TypedNode> run() {
        std::vector<char> sorted(m_graph.nodes.size());
        for (const std::size_t index : m_graph.order) {
            sorted[index] = 1;
            const GraphNode& node = m_graph.nodes[index];
            if (!node.kind) continue;
            Reaching reaching = gather(node);
            m_typed[index].inputs = reaching.streams;
            m_typed[index].maker = makerOf(*node.node, reaching);
            m_typed[index].keys = keysOf(*node.node, *node.kind, reaching);
            if (node.runs) type(index, std::move(reaching));
        }
        // Behind a loop nothing can be typed, but parameters can be checked.
        Reaching nothing;
        nothing.complete = false;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (sorted[i] == 0 && m_graph.nodes[i].runs) type(i, nothing);
        }
        return std::move(m_typed);
    }

 private:
    void type(std::size_t index, Reaching reaching) {
        const GraphNode& node = m_graph.nodes[index];
        m_typed[index].bound = typeNode(*node.node, *node.kind, m_scope, std::move(reaching), m_issues);
    }

    Reaching gather(const GraphNode& node) const {
        Reaching reaching;
        reaching.complete = node.wired;
        reaching.streams.resize(node.inputs.size());
        reaching.producers.resize(node.inputs.size());
        for (std::size_t port = 0; port < node.inputs.size(); ++port) {
            for (const Link& link : node.inputs[port]) {
                const GraphNode& from = m_graph.nodes[link.from];
                const BoundNodeRef& bound = m_typed[link.from].bound;
                const auto output = static_cast<std::size_t>(link.fromPort);
                if (!bound || output >= bound->outputs.size()) {
                    reaching.complete = false;
                    continue;
                }
                reaching.streams[port].push_back(bound->outputs[output]);
                reaching.producers[port].push_back(
                    producerOf(*from.node, *from.kind, node.kind->inputs[port].name, m_typed[link.from]));
            }
        }
        return reaching;
    }

    const Graph& m_graph;
    const TypingScope& m_scope;
    std::vector<Issue>& m_issues;
    std::vector<TypedNode> m_typed;
};

/// The wires between nodes that run, in the order in which they enter nodes in the file.
std::vector<RunWire> wiresThatRun(const Graph& graph) {
    std::vector<RunWire> out;
    for (const GraphNode& node : graph.nodes) {
        if (!node.runs) continue;
        for (const auto& port : node.inputs) {
            for (const Link& link : port) {
                const GraphNode& from = graph.nodes[link.from];
                out.push_back(
                    {{from.node->id, from.kind->outputs[static_cast<std::size_t>(link.fromPort)].name},
                     {node.node->id, node.kind->inputs[static_cast<std::size_t>(link.toPort)].name},
                     link.wires});
            }
        }
    }
    std::sort(out.begin(), out.end(),
              [](const RunWire& a, const RunWire& b) { return a.drawn.back() < b.drawn.back(); });
    return out;
}

/// `look`: null where no file is looked at.
Validated validateFlat(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                       FileLook* look) {
    Validated out;
    checkSettings(pipeline.settings, out.issues);
    const Variables variables = variablesOf(pipeline, options, out.issues);
    const Graph graph = buildGraph(pipeline, catalogue, out.issues);
    const TypingScope scope{pipeline.settings, variables, options.folder, look, options.connections};
    std::vector<TypedNode> typed = Typing(graph, scope, out.issues).run();
    checkAccesses(graph, typed, out.issues);
    checkDecisions(graph, typed, pipeline.settings, out.issues);
    if (look != nullptr) checkPaths(graph, variables, options, *look, out.issues);
    for (std::size_t i = 0; i < typed.size(); ++i) {
        out.nodes.emplace(graph.nodes[i].node->id, std::move(typed[i]));
    }
    if (graph.loop) return out;
    for (const std::size_t index : graph.order) {
        if (graph.nodes[index].runs) out.order.push_back(graph.nodes[index].node->id);
    }
    out.wires = wiresThatRun(graph);
    return out;
}

Validated asked(Validated out, const ValidateOptions& options) {
    if (!options.permits || !out.runnable()) return out;
    const Status may = options.permits(out);
    if (may.ok()) return out;
    Issue issue;
    issue.node = may.error().node;
    issue.message = may.error().message;
    issue.fix = may.error().fix;
    out.issues.push_back(std::move(issue));
    return out;
}

}  // namespace

Validated validate(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options) {
    return validate(pipeline, catalogue, options, Trust());
}

Validated validate(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                   const Trust& trust) {
    std::vector<Issue> issues;
    FileLook look;
    if (options.files) look.reach = trust.reachFrom(options.folder);
    FileLook* const files = options.files ? &look : nullptr;
    const auto expanded = expand(pipeline, catalogue, options, trust, look.reach, issues);
    if (!expanded) return asked(validateFlat(pipeline, catalogue, options, files), options);
    Validated out = validateFlat(expanded->pipeline, catalogue, options, files);
    out.issues.insert(out.issues.begin(), issues.begin(), issues.end());
    for (Issue& issue : out.issues) placeOutside(issue, *expanded);
    typeSubflows(*expanded, out);
    out.expanded = expanded;
    return asked(std::move(out), options);
}

}  // namespace rw
