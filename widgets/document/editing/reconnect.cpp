#include "widgets/document/editing/reconnect.h"

#include <algorithm>

namespace rw::ui {

namespace {

bool carriesRows(const Pipeline& pipeline, const Catalogue& catalogue, const PortRef& output) {
    const Node* node = pipeline.find(output.node);
    const NodeKind* kind = node != nullptr ? catalogue.of(*node) : nullptr;
    const int port = kind != nullptr ? kind->outputPort(output.port) : -1;
    return port >= 0 && kind->outputs[static_cast<std::size_t>(port)].role == PortRole::Rows;
}

void without(Pipeline& pipeline, const NodeId& id) {
    std::erase_if(pipeline.nodes, [&](const Node& node) { return node.id == id; });
    std::erase_if(pipeline.wires,
                  [&](const Wire& wire) { return wire.from.node == id || wire.to.node == id; });
}

}  // namespace

Reconnection reconnection(const Pipeline& pipeline, const Catalogue& catalogue,
                          const ValidateOptions& options, const std::vector<NodeId>& gone) {
    Pipeline trial = pipeline;
    for (const NodeId& id : gone) {
        std::vector<Wire> joined;
        for (const Wire& in : trial.wires) {
            if (in.to.node != id) continue;
            for (const Wire& out : trial.wires) {
                if (out.from.node == id && carriesRows(trial, catalogue, out.from)) {
                    joined.push_back({in.from, out.to});
                }
            }
        }
        without(trial, id);
        for (Wire& wire : joined) {
            if (std::find(trial.wires.begin(), trial.wires.end(), wire) == trial.wires.end()) {
                trial.wires.push_back(std::move(wire));
            }
        }
    }
    Reconnection result;
    for (const Wire& wire : trial.wires) {
        if (std::find(pipeline.wires.begin(), pipeline.wires.end(), wire) == pipeline.wires.end()) {
            result.wires.push_back(wire);
        }
    }
    // Each is tried with the ones before it in place, so that two for one input are refused.
    std::erase_if(trial.wires, [&](const Wire& wire) {
        return std::find(result.wires.begin(), result.wires.end(), wire) != result.wires.end();
    });
    for (const Wire& wire : result.wires) {
        result.refusal = checkWire(trial, catalogue, options, wire);
        if (result.refusal) break;
        trial.wires.push_back(wire);
    }
    return result;
}

}  // namespace rw::ui
