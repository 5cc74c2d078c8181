// How CanvasScene follows the document.
#include <algorithm>
#include <set>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/items/layers.h"

namespace rw::ui {

using Kind = DocumentChange::Kind;

void CanvasScene::rebuild() {
    qDeleteAll(m_wires);
    m_wires.clear();
    for (const auto& [id, item] : m_nodes) delete item;
    m_nodes.clear();
    m_hover = {};
    m_focus = {};
    selectNote(std::nullopt);
    const WireIndex wires(m_document.pipeline());
    for (const Node& node : m_document.pipeline().nodes) addNode(node, wires);
    for (const Wire& wire : m_document.pipeline().wires) addWire(wire);
    rebuildNotes();
    routeWires();
    refreshLooks();
    refreshWires();
    Q_EMIT contentMoved();
}

void CanvasScene::addNode(const Node& node, const WireIndex& wires) {
    auto* item = new NodeItem(cardModel(m_document, m_session, wires, node));
    item->setPos(node.at.x, node.at.y);
    item->setZValue(layers::kNode);
    addItem(item);
    m_nodes[node.id] = item;
}

void CanvasScene::addWire(const Wire& wire) {
    auto* item = new WireItem(wire);
    addItem(item);
    m_wires.push_back(item);
}

void CanvasScene::rebuildNotes() {
    const std::size_t before = m_notes.size();
    qDeleteAll(m_notes);
    m_notes.clear();
    for (const Note& note : m_document.pipeline().notes) {
        auto* item = new NoteItem(note);
        item->setZValue(layers::kNote);
        addItem(item);
        m_notes.push_back(item);
    }
    // Another number of comments: which one a place means has changed.
    if (m_selectedNote && m_notes.size() == before) {
        m_notes[*m_selectedNote]->setSelectedLook(true);
    } else {
        selectNote(std::nullopt);
    }
}

void CanvasScene::onDocument(const DocumentChange& change) {
    switch (change.kind) {
        case Kind::Reset:
            rebuild();
            return;
        case Kind::NodesAdded: {
            const WireIndex wires(m_document.pipeline());
            for (const NodeId& id : change.nodes) addNode(*m_document.pipeline().find(id), wires);
            break;
        }
        case Kind::NodesRemoved:
            for (const NodeId& id : change.nodes) {
                delete node(id);
                m_nodes.erase(id);
                if (m_hover.node == id) m_hover = {};
                if (m_focus.node == id) setFocusTarget({});
            }
            break;
        case Kind::NodesMoved:
            endPreview();
            Q_EMIT contentMoved();
            return;
        case Kind::WiresAdded:
            for (const Wire& wire : change.wires) addWire(wire);
            break;
        case Kind::WiresRemoved:
            for (const Wire& wire : change.wires) {
                WireItem* item = this->wire(wire);
                if (m_hover.wire == wire) m_hover = {};
                if (m_focus.wire == wire) setFocusTarget({});
                std::erase(m_wires, item);
                delete item;
            }
            break;
        case Kind::NotesChanged:
            rebuildNotes();
            break;
        case Kind::ParamChanged:
        case Kind::TitleChanged:
        case Kind::FlagsChanged:
            break;
        case Kind::PropertiesChanged:
        case Kind::CardsChanged:
            return;
    }
    refreshCards();
    routeWires();
    refreshLooks();
    refreshWires();
    Q_EMIT contentMoved();
}

void CanvasScene::refreshCards() {
    bool moved = false;
    const WireIndex wires(m_document.pipeline());
    for (const Node& node : m_document.pipeline().nodes) {
        NodeItem* item = this->node(node.id);
        if (item == nullptr) continue;
        CardModel card = cardModel(m_document, m_session, wires, node);
        if (card == item->card()) continue;
        moved = moved || card.collapsed != item->card().collapsed ||
                card.ports.size() != item->card().ports.size();
        item->setCard(std::move(card));
    }
    if (moved) routeWires();
}

void CanvasScene::routeWires() {
    for (WireItem* item : m_wires) route(*item);
}

void CanvasScene::route(WireItem& item) {
    const Wire& wire = item.wire();
    const NodeItem* from = node(wire.from.node);
    const NodeItem* to = node(wire.to.node);
    item.setVisible(from != nullptr && to != nullptr);
    if (from == nullptr || to == nullptr) return;
    const auto end = [](const NodeItem& card, int port, bool input) {
        const QRectF rect = card.cardRect();
        return port >= 0 ? card.portAt(port) : QPointF(input ? rect.left() : rect.right(), rect.top() + 16);
    };
    const QPointF start = end(*from, from->portIndex(wire.from.port, false), false);
    const QPointF stop = end(*to, to->portIndex(wire.to.port, true), true);
    if (start != item.from() || stop != item.to()) {
        item.setEnds(start, stop, std::min(from->cardRect().top(), to->cardRect().top()));
    }
}

void CanvasScene::refreshWires() {
    const bool active = m_session.isActive();
    const RunSnapshot& snapshot = m_session.snapshot();
    std::set<PortRef> broken;  // inputs that an error is about
    for (const Issue& issue : m_document.issues()) {
        if (issue.severity == Severity::Error && !issue.port.empty()) broken.insert({issue.node, issue.port});
    }
    for (WireItem* item : m_wires) {
        WireLook look = item->look();
        const Wire& wire = item->wire();
        const NodeKind* kind = m_document.kindOf(wire.from.node);
        const int port = kind != nullptr ? kind->outputPort(wire.from.port) : -1;
        look.role = port >= 0 ? kind->outputs[static_cast<std::size_t>(port)].role : PortRole::Rows;
        const LiveWire* live = active ? snapshot.wire(wire) : nullptr;
        look.flowing = live != nullptr;
        look.rate = live != nullptr ? live->rate.perSecond() : 0;
        look.backpressure = live != nullptr ? live->metrics.backpressure : 0;
        look.broken = broken.count(wire.to) > 0;
        item->setLook(look);
    }
}

void CanvasScene::refreshLooks() {
    const Selection& selection = m_document.selection();
    const std::set<NodeId> selected(selection.nodes().begin(), selection.nodes().end());
    std::set<std::pair<PortRef, PortRef>> selectedWires;
    for (const Wire& wire : selection.wires()) selectedWires.insert({wire.from, wire.to});
    const Detail detail = detailAt(m_scale);
    for (const auto& [id, item] : m_nodes) {
        CardLook look;
        look.detail = detail;
        look.selected = selected.count(id) > 0;
        look.hovered = m_hover.node == id && m_hover.kind != Hit::Kind::None;
        look.focused = m_focus.node == id;
        look.target = id == m_dropNode;
        std::vector<PortEmphasis> emphasis;
        if (m_portLooks != nullptr) {
            const auto found = m_portLooks->find(id);
            if (found != m_portLooks->end()) emphasis = found->second;
            look.hovered = false;
        } else if (look.hovered) {
            emphasis.assign(item->card().ports.size(), PortEmphasis::Hover);
        }
        if (m_focus.node == id && m_focus.port >= 0) {
            emphasis.resize(item->card().ports.size(), PortEmphasis::None);
            emphasis[static_cast<std::size_t>(m_focus.port)] = PortEmphasis::Fits;
        }
        item->setLook(look);
        item->setPortEmphasis(std::move(emphasis));
        item->setZValue(look.selected ? layers::kSelectedNode : layers::kNode);
    }
    for (WireItem* item : m_wires) {
        WireLook look = item->look();
        look.hovered = m_hover.wire == item->wire() || m_focus.wire == item->wire();
        look.selected = selectedWires.count({item->wire().from, item->wire().to}) > 0;
        look.target = m_dropWire == item->wire();
        item->setLook(look);
        item->setLabelShown(m_scale >= 0.6);
    }
}

void CanvasScene::repaintAll() {
    for (const auto& [id, item] : m_nodes) item->refresh();
    for (WireItem* item : m_wires) item->refresh();
    refreshCards();
    update();
}

}  // namespace rw::ui
