#include "widgets/canvas/canvas_scene.h"

#include <algorithm>

#include "widgets/canvas/items/layers.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

using Kind = DocumentChange::Kind;

CanvasScene::CanvasScene(PipelineDocument& document, RunSession& session, QObject* parent)
    : QGraphicsScene(parent), m_document(document), m_session(session), m_overlay(new OverlayItem) {
    addItem(m_overlay);
    m_overlay->setZValue(layers::kGuide);
    connect(&document, &PipelineDocument::changed, this, &CanvasScene::onDocument);
    connect(&document, &PipelineDocument::validatedChanged, this, [this](const std::vector<NodeId>& nodes) {
        Ids concerned(nodes.begin(), nodes.end());
        // What a node sends is shown at the other end of its wires, too.
        for (const NodeId& id : nodes) {
            for (const WireItem* item : wiresAt(id)) concerned.insert(item->wire().to.node);
        }
        if (refreshCards(concerned)) Q_EMIT contentMoved();
        refreshWires(concerned);
    });
    connect(&document.selection(), &Selection::changed, this, [this] {
        if (!m_document.selection().empty()) selectNote(std::nullopt);
        followSelection();
    });
    connect(&session, &RunSession::stateChanged, this, [this] {
        refreshCards();
        refreshWires();
    });
    connect(&session, &RunSession::nodesReady, this,
            [this](const std::vector<NodeId>& nodes) { refreshCards(Ids(nodes.begin(), nodes.end())); });
    connect(&session, &RunSession::refusedChanged, this, [this] { refreshCards(); });
    connect(&Theme::of(), &Theme::changed, this, &CanvasScene::repaintAll);
    rebuild();
}

// Labels belong to their wires, which must go before the scene takes its items down in any order.
CanvasScene::~CanvasScene() {
    m_document.disconnect(this);
    m_session.disconnect(this);
    qDeleteAll(m_wires);
}

NodeItem* CanvasScene::node(const NodeId& id) const {
    const auto found = m_nodes.find(id);
    return found != m_nodes.end() ? found->second : nullptr;
}

WireItem* CanvasScene::wire(const Wire& wire) const {
    const std::vector<WireItem*>& there = wiresAt(wire.from.node);
    const auto found =
        std::find_if(there.begin(), there.end(), [&](const WireItem* item) { return item->wire() == wire; });
    return found != there.end() ? *found : nullptr;
}

const std::vector<WireItem*>& CanvasScene::wiresAt(const NodeId& node) const {
    static const std::vector<WireItem*> kNone;
    const auto found = m_wiresAt.find(node);
    return found != m_wiresAt.end() ? found->second : kNone;
}

QRectF CanvasScene::contentRect() const {
    QRectF all;
    for (const auto& [id, item] : m_nodes) all |= item->cardRect();
    for (const NoteItem* note : m_notes) all |= note->sceneBoundingRect();
    return all;
}

QRectF CanvasScene::rectOf(const std::vector<NodeId>& nodes) const {
    QRectF all;
    for (const NodeId& id : nodes) {
        if (const NodeItem* item = node(id)) all |= item->cardRect();
    }
    return all;
}

PortRef CanvasScene::portRef(const PortSpot& spot) const {
    const NodeItem* item = node(spot.node);
    const auto port = static_cast<std::size_t>(spot.port);
    if (item == nullptr || spot.port < 0 || port >= item->card().ports.size()) return {};
    return {spot.node, item->card().ports[port].name};
}

bool CanvasScene::isInput(const PortSpot& spot) const {
    const NodeItem* item = node(spot.node);
    const auto port = static_cast<std::size_t>(spot.port);
    return item != nullptr && spot.port >= 0 && port < item->card().ports.size() &&
           item->card().ports[port].input;
}

void CanvasScene::preview(const std::map<NodeId, QPointF>& places) {
    for (const auto& [id, at] : places) {
        if (NodeItem* item = node(id)) item->setPos(at);
        m_previewed.insert(id);
    }
    routeWires(m_previewed);
}

void CanvasScene::endPreview() {
    const Ids moved = std::exchange(m_previewed, {});
    for (const NodeId& id : moved) {
        const Node* node = m_document.node(id);
        NodeItem* item = this->node(id);
        if (node != nullptr && item != nullptr) item->setPos(node->at.x, node->at.y);
    }
    routeWires(moved);
}

void CanvasScene::setScale(double scale) {
    if (qFuzzyCompare(scale, m_scale)) return;
    m_scale = scale;
    refreshLooks();
}

void CanvasScene::setPanning(bool panning) {
    for (WireItem* item : m_wires) item->setPlain(panning);
    if (!panning) update(m_visible);
}

void CanvasScene::setZooming(bool zooming) {
    for (WireItem* item : m_wires) item->setPlain(zooming);
    for (const auto& [id, item] : m_nodes)
        item->setCacheMode(zooming ? QGraphicsItem::NoCache : QGraphicsItem::DeviceCoordinateCache);
    if (!zooming) update(m_visible);
}

void CanvasScene::setHover(const Hit& hit) {
    if (hit == m_hover) return;
    const Hit before = std::exchange(m_hover, hit);
    refreshLook(before.node, before.wire);
    refreshLook(m_hover.node, m_hover.wire);
    Q_EMIT hoverChanged();
}

void CanvasScene::setFocusTarget(const CanvasFocus& focus) {
    if (focus == m_focus) return;
    const CanvasFocus before = std::exchange(m_focus, focus);
    refreshLook(before.node, before.wire);
    refreshLook(m_focus.node, m_focus.wire);
    Q_EMIT focusTargetChanged();
}

void CanvasScene::setPortLooks(const PortLooks* looks) {
    m_portLooks = looks;
    refreshLooks();
}

void CanvasScene::selectNote(std::optional<std::size_t> note) {
    if (note == m_selectedNote) return;
    m_selectedNote = note;
    for (std::size_t i = 0; i < m_notes.size(); ++i) m_notes[i]->setSelectedLook(note == i);
    if (note) m_document.selection().clear();
    Q_EMIT selectedNoteChanged();
}

void CanvasScene::setDropTarget(const NodeId& node, const std::optional<Wire>& wire) {
    if (node == m_dropNode && wire == m_dropWire) return;
    const NodeId nodeBefore = std::exchange(m_dropNode, node);
    const std::optional<Wire> wireBefore = std::exchange(m_dropWire, wire);
    refreshLook(nodeBefore, wireBefore);
    refreshLook(m_dropNode, m_dropWire);
}

void CanvasScene::clearDragged() {
    m_overlay->clear();
    setDropTarget({}, std::nullopt);
}

}  // namespace rw::ui
