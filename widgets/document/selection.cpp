#include "widgets/document/selection.h"

#include <algorithm>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

Selection::Selection(PipelineDocument& document) : QObject(&document), m_document(document) {
    connect(&document, &PipelineDocument::changed, this, &Selection::onDocument);
}

bool Selection::contains(const NodeId& node) const {
    return std::find(m_nodes.begin(), m_nodes.end(), node) != m_nodes.end();
}

bool Selection::contains(const Wire& wire) const {
    return std::find(m_wires.begin(), m_wires.end(), wire) != m_wires.end();
}

const Node* Selection::single() const {
    return m_nodes.size() == 1 && m_wires.empty() ? m_document.pipeline().find(m_nodes.front()) : nullptr;
}

void Selection::set(std::vector<NodeId> nodes, std::vector<Wire> wires) {
    // The log, for one, goes on naming nodes that are gone.
    std::erase_if(nodes, [this](const NodeId& id) { return m_document.node(id) == nullptr; });
    if (nodes == m_nodes && wires == m_wires) return;
    m_nodes = std::move(nodes);
    m_wires = std::move(wires);
    Q_EMIT changed();
}

void Selection::toggle(const NodeId& node) {
    if (m_document.node(node) == nullptr) return;
    if (std::erase(m_nodes, node) == 0) m_nodes.push_back(node);
    Q_EMIT changed();
}

void Selection::selectAll() {
    std::vector<NodeId> all;
    for (const Node& node : m_document.pipeline().nodes) all.push_back(node.id);
    set(std::move(all), m_document.pipeline().wires);
}

void Selection::reveal(const NodeId& node, const std::string& param) {
    set({node});
    Q_EMIT revealed(node, param);
}

void Selection::onDocument(const DocumentChange& change) {
    const bool reset = change.kind == DocumentChange::Kind::Reset;
    const auto oneOf = [](const auto& list, const auto& item) {
        return std::find(list.begin(), list.end(), item) != list.end();
    };
    std::size_t gone = 0;
    if (reset || change.kind == DocumentChange::Kind::NodesRemoved) {
        gone += std::erase_if(m_nodes, [&](const NodeId& id) { return reset || oneOf(change.nodes, id); });
    }
    if (reset || change.kind == DocumentChange::Kind::WiresRemoved) {
        gone += std::erase_if(m_wires, [&](const Wire& wire) { return reset || oneOf(change.wires, wire); });
    }
    if (gone > 0) Q_EMIT changed();
}

}  // namespace rw::ui
