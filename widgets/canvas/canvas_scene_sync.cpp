// How CanvasScene follows the document.
#include <algorithm>
#include <iterator>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/items/layers.h"

namespace rw::ui {

using Kind = DocumentChange::Kind;

void CanvasScene::rebuild() {
    qDeleteAll(m_wires);
    m_wires.clear();
    m_wiresAt.clear();
    for (const auto& [id, item] : m_nodes) delete item;
    m_nodes.clear();
    m_selectedNodes.clear();
    m_selectedWires.clear();
    m_previewed.clear();
    m_hover = {};
    m_focus = {};
    selectNote(std::nullopt);
    for (const Node& node : m_document.pipeline().nodes) addNode(node);
    for (const Wire& wire : m_document.pipeline().wires) addWire(wire);
    rebuildNotes();
    routeWires();
    refreshLooks();
    refreshWires();
    std::vector<NodeItem*> cards;
    for (const auto& [id, item] : m_nodes) cards.push_back(item);
    Q_EMIT cardsChanged(cards);
    Q_EMIT contentMoved();
}

const WireIndex& CanvasScene::wireIndex() {
    if (!m_wireIndex || m_wireIndexVersion != m_document.version()) {
        m_wireIndex.emplace(m_document.pipeline());
        m_wireIndexVersion = m_document.version();
    }
    return *m_wireIndex;
}

CardModel CanvasScene::made(const Node& node) {
    ++m_cardsMade;
    return cardModel(m_document, m_session, wireIndex(), node);
}

void CanvasScene::addNode(const Node& node) {
    auto* item = new NodeItem(made(node));
    item->setPos(node.at.x, node.at.y);
    item->setZValue(layers::kNode);
    addItem(item);
    m_nodes[node.id] = item;
}

void CanvasScene::addWire(const Wire& wire) {
    auto* item = new WireItem(wire);
    addItem(item);
    m_wires.push_back(item);
    m_wiresAt[wire.from.node].push_back(item);
    if (wire.to.node != wire.from.node) m_wiresAt[wire.to.node].push_back(item);
}

void CanvasScene::removeNodes(const std::vector<NodeId>& nodes) {
    for (const NodeId& id : nodes) {
        delete node(id);
        m_nodes.erase(id);
        m_previewed.erase(id);
        m_selectedNodes.erase(id);
        if (m_hover.node == id) m_hover = {};
        if (m_focus.node == id) setFocusTarget({});
    }
}

void CanvasScene::removeWires(const std::vector<Wire>& wires) {
    std::set<const WireItem*> gone;
    for (const Wire& wire : wires) {
        WireItem* item = this->wire(wire);
        if (item == nullptr) continue;
        gone.insert(item);
        for (const NodeId& end : {wire.from.node, wire.to.node}) std::erase(m_wiresAt[end], item);
        m_selectedWires.erase({wire.from, wire.to});
        if (m_hover.wire == wire) m_hover = {};
        if (m_focus.wire == wire) setFocusTarget({});
        delete item;
    }
    std::erase_if(m_wires, [&](const WireItem* item) { return gone.count(item) > 0; });
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

// Only what the change concerns is looked at again: its nodes, and those at the other end of its wires.
void CanvasScene::onDocument(const DocumentChange& change) {
    Ids touched(change.nodes.begin(), change.nodes.end());
    bool moved = false;
    switch (change.kind) {
        case Kind::Reset:
            rebuild();
            return;
        case Kind::NodesAdded: {
            std::vector<NodeItem*> cards;
            for (const NodeId& id : change.nodes) {
                addNode(*m_document.node(id));
                cards.push_back(node(id));
            }
            refreshLooks(touched);
            routeWires(touched);
            refreshWires(touched);
            Q_EMIT cardsChanged(cards);
            Q_EMIT contentMoved();
            return;
        }
        case Kind::NodesRemoved:
            removeNodes(change.nodes);
            moved = true;
            break;
        case Kind::NodesMoved:
            m_previewed.insert(touched.begin(), touched.end());
            endPreview();
            Q_EMIT contentMoved();
            return;
        case Kind::WiresAdded:
            for (const Wire& wire : change.wires) addWire(wire);
            break;
        case Kind::WiresRemoved:
            removeWires(change.wires);
            break;
        case Kind::NotesChanged:
            rebuildNotes();
            Q_EMIT contentMoved();
            return;
        case Kind::TitleChanged:  // cards that wait for this one name it
            for (const NodeId& id : change.nodes) {
                for (const WireItem* item : wiresAt(id)) touched.insert(item->wire().to.node);
            }
            break;
        case Kind::ParamChanged:
        case Kind::FlagsChanged:
            break;
        case Kind::PropertiesChanged:
        case Kind::CardsChanged:
            return;
    }
    for (const Wire& wire : change.wires) touched.insert({wire.from.node, wire.to.node});
    moved = refreshCards(touched) || moved;
    routeWires(touched);
    for (const NodeId& id : touched) {
        for (WireItem* item : wiresAt(id)) refreshLook(*item, m_document.selection().contains(item->wire()));
    }
    refreshWires(touched);
    if (moved) Q_EMIT contentMoved();
}

void CanvasScene::refreshCards() {
    Ids all;
    for (const auto& [id, item] : m_nodes) all.insert(all.end(), id);
    if (refreshCards(all)) Q_EMIT contentMoved();
}

bool CanvasScene::refreshCards(const Ids& nodes) {
    std::vector<NodeItem*> changed;
    Ids moved;
    for (const NodeId& id : nodes) {
        const Node* node = m_document.node(id);
        NodeItem* item = this->node(id);
        if (node == nullptr || item == nullptr) continue;
        CardModel card = made(*node);
        if (card == item->card()) continue;
        if (card.collapsed != item->card().collapsed || card.ports.size() != item->card().ports.size())
            moved.insert(id);
        item->setCard(std::move(card));
        refreshLook(*item, m_selectedNodes.count(id) > 0);  // the ports are marked anew
        changed.push_back(item);
    }
    routeWires(moved);
    if (!changed.empty()) Q_EMIT cardsChanged(changed);
    return !moved.empty();
}

void CanvasScene::refreshSeen() {
    Ids seen;
    for (const auto& [id, item] : m_nodes) {
        if (m_visible.intersects(item->sceneBoundingRect())) seen.insert(seen.end(), id);
    }
    if (refreshCards(seen)) Q_EMIT contentMoved();
    for (WireItem* item : m_wires) {
        if (m_visible.intersects(item->boundingRect())) refreshWire(*item);
    }
}

void CanvasScene::routeWires() {
    for (WireItem* item : m_wires) route(*item);
}

void CanvasScene::routeWires(const Ids& nodes) {
    for (const NodeId& id : nodes) {
        for (WireItem* item : wiresAt(id)) route(*item);
    }
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
    for (WireItem* item : m_wires) refreshWire(*item);
}

void CanvasScene::refreshWires(const Ids& nodes) {
    for (const NodeId& id : nodes) {
        for (WireItem* item : wiresAt(id)) refreshWire(*item);
    }
}

void CanvasScene::refreshWire(WireItem& item) {
    WireLook look = item.look();
    const Wire& wire = item.wire();
    const NodeKind* kind = m_document.kindOf(wire.from.node);
    const int port = kind != nullptr ? kind->outputPort(wire.from.port) : -1;
    look.role = port >= 0 ? kind->outputs[static_cast<std::size_t>(port)].role : PortRole::Rows;
    const LiveWire* live = m_session.isActive() ? m_session.snapshot().wire(wire) : nullptr;
    look.flowing = live != nullptr;
    look.rate = live != nullptr ? live->rate.perSecond() : 0;
    look.backpressure = live != nullptr ? live->metrics.backpressure : 0;
    const std::vector<const Issue*>& issues = m_document.issuesOf(wire.to.node);
    look.broken = std::any_of(issues.begin(), issues.end(), [&](const Issue* issue) {
        return issue->severity == Severity::Error && issue->port == wire.to.port;
    });
    item.setLook(look);
}

void CanvasScene::refreshLooks() {
    const Selection& selection = m_document.selection();
    m_selectedNodes = Ids(selection.nodes().begin(), selection.nodes().end());
    m_selectedWires.clear();
    for (const Wire& wire : selection.wires()) m_selectedWires.insert({wire.from, wire.to});
    for (const auto& [id, item] : m_nodes) refreshLook(*item, m_selectedNodes.count(id) > 0);
    for (WireItem* item : m_wires)
        refreshLook(*item, m_selectedWires.count({item->wire().from, item->wire().to}) > 0);
}

void CanvasScene::refreshLooks(const Ids& nodes) {
    for (const NodeId& id : nodes) refreshLook(id, std::nullopt);
}

void CanvasScene::refreshLook(const NodeId& id, const std::optional<Wire>& wire) {
    if (NodeItem* item = node(id)) refreshLook(*item, m_document.selection().contains(id));
    if (!wire) return;
    if (WireItem* item = this->wire(*wire)) refreshLook(*item, m_document.selection().contains(*wire));
}

void CanvasScene::refreshLook(NodeItem& item, bool selected) {
    const NodeId& id = item.id();
    CardLook look;
    look.detail = detailAt(m_scale);
    look.selected = selected;
    look.hovered = m_hover.node == id && m_hover.kind != Hit::Kind::None;
    look.focused = m_focus.node == id;
    look.target = id == m_dropNode;
    std::vector<PortEmphasis> emphasis;
    if (m_portLooks != nullptr) {
        const auto found = m_portLooks->find(id);
        if (found != m_portLooks->end()) emphasis = found->second;
        look.hovered = false;
    } else if (look.hovered) {
        emphasis.assign(item.card().ports.size(), PortEmphasis::Hover);
    }
    // A node of a type that nobody knows has the ports that its wires name: one may have gone.
    const auto ports = static_cast<int>(item.card().ports.size());
    if (m_focus.node == id && m_focus.port >= 0 && m_focus.port < ports) {
        emphasis.resize(item.card().ports.size(), PortEmphasis::None);
        emphasis[static_cast<std::size_t>(m_focus.port)] = PortEmphasis::Fits;
    }
    item.setLook(look);
    item.setPortEmphasis(std::move(emphasis));
    item.setZValue(look.selected ? layers::kSelectedNode : layers::kNode);
}

void CanvasScene::refreshLook(WireItem& item, bool selected) {
    WireLook look = item.look();
    look.hovered = m_hover.wire == item.wire() || m_focus.wire == item.wire();
    look.selected = selected;
    look.target = m_dropWire == item.wire();
    item.setLook(look);
    item.setLabelShown(m_scale >= 0.6);
}

// Of a selection only what came into it and what went out of it looks different.
void CanvasScene::followSelection() {
    const Selection& selection = m_document.selection();
    Ids nodes(selection.nodes().begin(), selection.nodes().end());
    std::set<std::pair<PortRef, PortRef>> wires;
    for (const Wire& wire : selection.wires()) wires.insert({wire.from, wire.to});
    nodes.swap(m_selectedNodes);
    wires.swap(m_selectedWires);
    Ids other;
    std::set_symmetric_difference(nodes.begin(), nodes.end(), m_selectedNodes.begin(), m_selectedNodes.end(),
                                  std::inserter(other, other.end()));
    for (const NodeId& id : other) {
        if (NodeItem* item = node(id)) refreshLook(*item, m_selectedNodes.count(id) > 0);
    }
    if (wires == m_selectedWires) return;
    for (WireItem* item : m_wires)
        refreshLook(*item, m_selectedWires.count({item->wire().from, item->wire().to}) > 0);
}

void CanvasScene::repaintAll() {
    for (const auto& [id, item] : m_nodes) item->refresh();
    for (WireItem* item : m_wires) item->refresh();
    refreshCards();
    update();
}

}  // namespace rw::ui
