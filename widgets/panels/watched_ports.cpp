#include "widgets/panels/watched_ports.h"

#include "widgets/document/node_mark.h"
#include "widgets/document/words.h"

namespace rw::ui {
namespace {

QString portName(const PipelineDocument& document, const PortRef& from) {
    const NodeKind* kind = document.kindOf(from.node);
    const int port = kind != nullptr ? kind->outputPort(from.port) : -1;
    if (port < 0) return QString::fromStdString(from.port);
    return translated(kind->outputs[static_cast<std::size_t>(port)].label);
}

}  // namespace

std::vector<WatchedPort> watchedPorts(PipelineDocument& document) {
    const Selection& selection = document.selection();
    if (selection.nodes().empty() && selection.wires().size() == 1) {
        const PortRef& from = selection.wires().front().from;
        return {{from, portName(document, from)}};
    }
    const Node* node = selection.single();
    const NodeKind* kind = node != nullptr ? document.kindOf(node->id) : nullptr;
    if (kind == nullptr) return {};
    std::vector<WatchedPort> ports;
    for (const PortSpec& port : kind->outputs)
        ports.push_back({{node->id, port.name}, translated(port.label)});
    if (!ports.empty()) return ports;
    for (const Wire& wire : document.pipeline().wires) {
        if (wire.to.node == node->id) ports.push_back({wire.from, markOf(document, wire.from.node).title});
    }
    return ports;
}

}  // namespace rw::ui
