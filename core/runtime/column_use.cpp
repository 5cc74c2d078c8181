#include "core/runtime/column_use.h"

#include <algorithm>

namespace rw {

namespace {

void mark(ColumnSet& set, int column) {
    if (column >= 0) set[static_cast<std::size_t>(column)] = true;
}

/// What node `id` reads of each of its input ports.
std::vector<ColumnSet> inputsRead(const NodeId& id, const std::vector<RunWire>& wires, const NodeKind& kind,
                                  const TypedNode& typed, const std::vector<ColumnSet>& wanted) {
    std::vector<StreamType> inputs;
    for (const auto& types : typed.inputs) inputs.push_back(types.empty() ? StreamType{} : types.front());
    std::vector<ColumnSet> read;
    const bool whole = std::any_of(wires.begin(), wires.end(), [&](const RunWire& wire) {
        const int port = wire.from.node == id ? kind.outputPort(wire.from.port) : -1;
        return port >= 0 && kind.outputs[static_cast<std::size_t>(port)].role == PortRole::Rejected;
    });
    if (!whole) read = typed.bound->reads(wanted, inputs);
    read.resize(inputs.size());
    for (std::size_t port = 0; port < inputs.size(); ++port) {
        read[port].resize(inputs[port].schema->size(), whole);
        mark(read[port], inputs[port].eventTime);
        for (const int column : inputs[port].key) mark(read[port], column);
        if (port < typed.bound->distribution.keys.size()) {
            for (const int column : typed.bound->distribution.keys[port]) mark(read[port], column);
        }
    }
    return read;
}

}  // namespace

WantedColumns wantedColumns(const Pipeline& pipeline, const Catalogue& catalogue,
                            const Validated& validated) {
    WantedColumns wanted;
    for (const NodeId& id : validated.order) {
        for (const StreamType& output : validated.nodes.at(id).bound->outputs) {
            wanted[id].push_back(ColumnSet(output.schema->size(), false));
        }
    }
    for (auto id = validated.order.rbegin(); id != validated.order.rend(); ++id) {
        const NodeKind& kind = *catalogue.find(pipeline.find(*id)->type);
        const std::vector<ColumnSet> read =
            inputsRead(*id, validated.wires, kind, validated.nodes.at(*id), wanted[*id]);
        for (const RunWire& wire : validated.wires) {
            if (wire.to.node != *id) continue;
            const NodeKind& above = *catalogue.find(pipeline.find(wire.from.node)->type);
            const auto from = static_cast<std::size_t>(above.outputPort(wire.from.port));
            ColumnSet& into = wanted[wire.from.node][from];
            const ColumnSet& set = read[static_cast<std::size_t>(kind.inputPort(wire.to.port))];
            for (std::size_t column = 0; column < into.size() && column < set.size(); ++column) {
                into[column] = into[column] || set[column];
            }
        }
    }
    return wanted;
}

}  // namespace rw
