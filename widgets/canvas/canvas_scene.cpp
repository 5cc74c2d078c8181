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
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        refreshCards();
        refreshWires();
    });
    connect(&document.selection(), &Selection::changed, this, [this] {
        if (!m_document.selection().empty()) selectNote(std::nullopt);
        refreshLooks();
    });
    connect(&session, &RunSession::stateChanged, this, [this] {
        refreshCards();
        refreshWires();
    });
    connect(&session, &RunSession::nodeReady, this, &CanvasScene::refreshCards);
    connect(&session, &RunSession::refusedChanged, this, &CanvasScene::refreshCards);
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
    const auto found = std::find_if(m_wires.begin(), m_wires.end(),
                                    [&](const WireItem* item) { return item->wire() == wire; });
    return found != m_wires.end() ? *found : nullptr;
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
    if (item == nullptr || spot.port < 0) return {};
    return {spot.node, item->card().ports[static_cast<std::size_t>(spot.port)].name};
}

bool CanvasScene::isInput(const PortSpot& spot) const {
    const NodeItem* item = node(spot.node);
    return item != nullptr && spot.port >= 0 && item->card().ports[static_cast<std::size_t>(spot.port)].input;
}

void CanvasScene::preview(const std::map<NodeId, QPointF>& places) {
    for (const auto& [id, at] : places) {
        if (NodeItem* item = node(id)) item->setPos(at);
    }
    routeWires();
}

void CanvasScene::endPreview() {
    for (const Node& node : m_document.pipeline().nodes) {
        if (NodeItem* item = this->node(node.id)) item->setPos(node.at.x, node.at.y);
    }
    routeWires();
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
    m_hover = hit;
    refreshLooks();
    Q_EMIT hoverChanged();
}

void CanvasScene::setFocusTarget(const CanvasFocus& focus) {
    if (focus == m_focus) return;
    m_focus = focus;
    refreshLooks();
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
    m_dropNode = node;
    m_dropWire = wire;
    refreshLooks();
}

void CanvasScene::clearDragged() {
    m_overlay->clear();
    setDropTarget({}, std::nullopt);
}

}  // namespace rw::ui
