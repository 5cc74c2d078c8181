#include "core/pipeline/validate.h"

#include <algorithm>

#include "core/pipeline/graph.h"
#include "core/pipeline/param_check.h"
#include "core/pipeline/path_check.h"
#include "core/pipeline/settings_check.h"
#include "core/pipeline/variables.h"

namespace rw {

namespace {

/// Types the nodes of a graph, sources first.
class Typing {
 public:
    Typing(const Graph& graph, const Pipeline& pipeline, const Variables& variables,
           const std::string& folder, std::vector<Issue>& issues)
        : m_graph(graph),
          m_pipeline(pipeline),
          m_variables(variables),
          m_folder(folder),
          m_issues(issues),
          m_typed(graph.nodes.size()) {}

    std::vector<TypedNode> run() {
        std::vector<char> sorted(m_graph.nodes.size());
        for (const std::size_t index : m_graph.order) {
            sorted[index] = 1;
            type(index);
        }
        // Behind a loop nothing can be typed, but parameters can be checked.
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const GraphNode& node = m_graph.nodes[i];
            if (sorted[i] == 0 && node.runs)
                checkParams(*node.node, *node.kind, m_variables, m_folder, m_issues);
        }
        return std::move(m_typed);
    }

 private:
    void type(std::size_t index) {
        const GraphNode& node = m_graph.nodes[index];
        if (!node.kind) return;
        std::vector<std::vector<Producer>> producers;
        const bool reached = gatherInputs(index, producers);
        if (!node.runs) return;
        const CheckedParams params = checkParams(*node.node, *node.kind, m_variables, m_folder, m_issues);
        if (!node.wired || !reached || !params.complete) return;
        const std::size_t before = m_issues.size();
        BindContext context(params.node, node.kind->params, m_pipeline.settings, m_folder,
                            m_typed[index].inputs, m_issues, std::move(producers));
        BoundNodeRef bound = node.kind->bind(context);
        keepVariables(*node.node, before);
        if (!context.failed()) m_typed[index].bound = std::move(bound);
    }

    /// What reaches the inputs; false when something before is broken.
    bool gatherInputs(std::size_t index, std::vector<std::vector<Producer>>& producers) {
        const GraphNode& node = m_graph.nodes[index];
        TypedNode& typed = m_typed[index];
        bool all = true;
        typed.inputs.resize(node.inputs.size());
        producers.resize(node.inputs.size());
        for (std::size_t port = 0; port < node.inputs.size(); ++port) {
            for (const Link& link : node.inputs[port]) {
                const GraphNode& from = m_graph.nodes[link.from];
                const BoundNodeRef& bound = m_typed[link.from].bound;
                const auto output = static_cast<std::size_t>(link.fromPort);
                if (!bound || output >= bound->outputs.size()) {
                    all = false;
                    continue;
                }
                typed.inputs[port].push_back(bound->outputs[output]);
                producers[port].push_back({from.node->id, node.kind->inputs[port].name,
                                           from.node->shownTitle(),
                                           from.kind->param("event_time") != nullptr});
            }
        }
        return all;
    }

    /// Takes fixes away that would overwrite `${name}` in the file by its value of today.
    void keepVariables(const Node& node, std::size_t from) {
        for (std::size_t i = from; i < m_issues.size(); ++i) {
            auto& fixes = m_issues[i].fixes;
            fixes.erase(std::remove_if(fixes.begin(), fixes.end(),
                                       [&](const QuickFix& fix) {
                                           const auto it = node.params.find(fix.param);
                                           return fix.kind == QuickFix::Kind::SetParam &&
                                                  fix.node == node.id && it != node.params.end() &&
                                                  usesVariables(*it);
                                       }),
                        fixes.end());
        }
    }

    const Graph& m_graph;
    const Pipeline& m_pipeline;
    const Variables& m_variables;
    const std::string& m_folder;
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

}  // namespace

Validated validate(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options) {
    Validated out;
    checkSettings(pipeline.settings, out.issues);
    const Variables variables = variablesOf(pipeline, options, out.issues);
    const Graph graph = buildGraph(pipeline, catalogue, out.issues);
    std::vector<TypedNode> typed = Typing(graph, pipeline, variables, options.folder, out.issues).run();
    checkPaths(graph, variables, options.folder, out.issues);
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

}  // namespace rw
