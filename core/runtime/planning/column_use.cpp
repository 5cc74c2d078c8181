// Which columns are read: found from the sinks upwards, so that sources need not build the others.
#include <algorithm>

#include "core/runtime/planning/plan_graph.h"

namespace rw {

namespace {

void mark(ColumnSet& set, int column) {
    if (column >= 0) set[static_cast<std::size_t>(column)] = true;
}

/// The columns that a node reads of each of its input ports.
std::vector<ColumnSet> inputsRead(const PlanGraph& graph, const PlanNode& node) {
    std::vector<StreamType> inputs;
    for (const auto& types : node.typed->inputs)
        inputs.push_back(types.empty() ? StreamType{} : types.front());
    std::vector<ColumnSet> read;
    const bool whole = std::any_of(node.out.begin(), node.out.end(), [&](int link) {
        const auto port = static_cast<std::size_t>(graph.links[static_cast<std::size_t>(link)].fromPort);
        return node.kind->outputs[port].role == PortRole::Rejected;
    });
    const BoundNode& bound = node.bound();
    if (!whole) read = bound.reads(node.wanted, inputs);
    read.resize(inputs.size());
    for (std::size_t port = 0; port < inputs.size(); ++port) {
        read[port].resize(inputs[port].schema->size(), whole);
        mark(read[port], inputs[port].eventTime);
        for (const int column : inputs[port].key) mark(read[port], column);
        if (port < bound.distribution.keys.size()) {
            for (const int column : bound.distribution.keys[port]) mark(read[port], column);
        }
    }
    return read;
}

}  // namespace

/// Event time, keys of updating streams and keys of exchanges count as read; so do all inputs of a node whose
/// rejected port is wired, for the rows that leave there are shown whole.
void findUsedColumns(PlanGraph& graph) {
    for (PlanNode& node : graph.nodes) {
        for (const StreamType& output : node.bound().outputs) node.wanted.emplace_back(output.schema->size());
    }
    for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
        const std::vector<ColumnSet> read = inputsRead(graph, *node);
        for (const int number : node->in) {
            const PlanLink& link = graph.links[static_cast<std::size_t>(number)];
            PlanNode& above = graph.nodes[static_cast<std::size_t>(link.from)];
            ColumnSet& into = above.wanted[static_cast<std::size_t>(link.fromPort)];
            const ColumnSet& set = read[static_cast<std::size_t>(link.toPort)];
            for (std::size_t column = 0; column < into.size() && column < set.size(); ++column) {
                into[column] = into[column] || set[column];
            }
        }
    }
}

}  // namespace rw
