#include "widgets/canvas/canvas_scene.h"

#include "widgets/canvas/items/layers.h"
#include "widgets/document/portability_check.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

CanvasScene::CanvasScene(PipelineDocument& document, RunSession& session, QObject* parent)
    : QGraphicsScene(parent), m_document(document), m_session(session), m_overlay(new OverlayItem) {
    addItem(m_overlay);
    m_overlay->setZValue(layers::kGuide);
    connect(&document, &PipelineDocument::changed, this, &CanvasScene::onDocument);
    connect(&document, &PipelineDocument::validatedChanged, this, &CanvasScene::onValidated);
    connect(&document.portability(), &PortabilityCheck::portabilityChanged, this, &CanvasScene::onVerdicts);
    connect(&document.selection(), &Selection::changed, this, &CanvasScene::followSelection);
    connect(&session, &RunSession::stateChanged, this, [this] {
        if (!m_awake) return;
        refreshFacts();
        refreshWires();
    });
    connect(&session, &RunSession::nodesReady, this, [this](const std::vector<NodeId>& nodes) {
        std::vector<NodeItem*> cards;
        for (const NodeId& id : nodes) {
            if (NodeItem* item = node(id)) cards.push_back(item);
        }
        if (m_awake) refreshFacts(cards);
    });
    connect(&session, &RunSession::refusedChanged, this, [this] {
        if (m_awake) refreshFacts();
    });
    connect(&session.breakpoints(), &BreakpointList::changed, this, [this] {
        if (m_awake) refreshFacts();
    });
    connect(&session.alerts(), &AlertFeed::changed, this, &CanvasScene::refreshAlerts);
    connect(&Theme::of(), &Theme::changed, this, &CanvasScene::repaintAll);
    connect(this, &CanvasScene::contentMoved, this, qOverload<>(&CanvasScene::fitFeet));
    rebuild();
}

CanvasScene::~CanvasScene() {
    m_document.disconnect(this);
    m_document.portability().disconnect(this);
    m_document.selection().disconnect(this);
    m_session.alerts().disconnect(this);
    m_session.breakpoints().disconnect(this);
    m_session.disconnect(this);
}

NodeItem* CanvasScene::node(const NodeId& id) const {
    const auto found = m_nodes.find(id);
    return found != m_nodes.end() ? found->second : nullptr;
}

WireItem* CanvasScene::wire(const ItemRef& wire) const {
    const auto found = m_wireOf.find(wire);
    return found != m_wireOf.end() ? found->second : nullptr;
}

NoteItem* CanvasScene::note(NoteId id) const {
    const auto found = m_noteOf.find(id);
    return found != m_noteOf.end() ? found->second : nullptr;
}

const std::vector<WireItem*>& CanvasScene::wiresAt(const NodeId& node) const {
    static const std::vector<WireItem*> kNone;
    const auto found = m_wiresAt.find(node);
    return found != m_wiresAt.end() ? found->second : kNone;
}

QRectF CanvasScene::contentRect() const {
    QRectF all;
    for (const auto& [id, item] : m_nodes) all |= item->cardRect();
    for (const NoteItem* note : m_notes) all |= note->frame();
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

CanvasScene::Seen CanvasScene::seen() const {
    Seen seen;
    for (QGraphicsItem* each : items(m_visible, Qt::IntersectsItemBoundingRect)) {
        if (auto* card = dynamic_cast<NodeItem*>(each)) seen.cards.push_back(card);
        if (auto* wire = dynamic_cast<WireItem*>(each)) seen.wires.push_back(wire);
    }
    return seen;
}

void CanvasScene::preview(const std::vector<std::pair<ItemRef, QPointF>>& places) {
    Ids nodes;
    for (const auto& [item, at] : places) {
        NodeItem* card = item.node() != nullptr ? node(*item.node()) : nullptr;
        NoteItem* frame = item.note() != nullptr ? note(*item.note()) : nullptr;
        if (card != nullptr) {
            card->setPos(at);
            nodes.insert(card->id());
        }
        if (frame != nullptr) frame->setPos(at);
        m_previewed.insert(item);
    }
    routeWires(nodes);
}

void CanvasScene::previewSize(NoteId id, QSizeF size) {
    NoteItem* item = note(id);
    if (item == nullptr) return;
    item->setFrame({item->pos(), size});
    m_previewed.insert(id);
}

void CanvasScene::endPreview() {
    Ids nodes;
    for (const ItemRef& item : std::exchange(m_previewed, {})) {
        place(item);
        if (item.node() != nullptr) nodes.insert(*item.node());
    }
    routeWires(nodes);
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
    for (const auto& [id, item] : m_nodes) item->setRough(zooming);
    if (!zooming) update(m_visible);
}

void CanvasScene::setHover(const Hit& hit) {
    if (hit == m_hover) return;
    const Hit before = std::exchange(m_hover, hit);
    refreshLook(before.item);
    refreshLook(m_hover.item);
    Q_EMIT hoverChanged();
}

void CanvasScene::setFocusTarget(const CanvasFocus& focus) {
    if (focus == m_focus) return;
    const CanvasFocus before = std::exchange(m_focus, focus);
    refreshLook(before.item);
    refreshLook(before.from);
    refreshLook(m_focus.item);
    refreshLook(m_focus.from);
    Q_EMIT focusTargetChanged();
}

void CanvasScene::setFocusMarked(bool marked) {
    if (marked == m_focusMarked) return;
    m_focusMarked = marked;
    refreshLook(m_focus.item);
    refreshLook(m_focus.from);
}

void CanvasScene::setPortLooks(const PortLooks* looks) {
    m_portLooks = looks;
    refreshLooks();
}

void CanvasScene::setDropTarget(const ItemRef& target) {
    if (target == m_dropTarget) return;
    const ItemRef before = std::exchange(m_dropTarget, target);
    refreshLook(before);
    refreshLook(m_dropTarget);
}

void CanvasScene::clearDragged() {
    m_overlay->clear();
    setDropTarget({});
}

}  // namespace rw::ui
