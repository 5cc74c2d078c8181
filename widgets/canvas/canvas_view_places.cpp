// Where CanvasView puts new cards, and how it gets items into sight.
#include <QLineF>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/free_place.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/canvas/wire_place.h"

namespace rw::ui {

namespace {

constexpr double kEdgeMargin = 24;                 // between a new card and the edge of the view, in pixels
constexpr double kBeside = 80, kLeastBeside = 48;  // between a card and the one that is added behind it

constexpr double kAround = 240;  // from a wanted place: about a card
constexpr double kFar = 1e6;     // beyond all cards

QSizeF newCardSize(NodeGroup group) {
    return {cardWidth(group), group == NodeGroup::Sink ? 144.0 : 138.0};
}

/// From the top of a card with settings to the middle of its first port.
constexpr double kFirstPort = card_metrics::kHeader + card_metrics::kSettings + card_metrics::kPortRow / 2;

/// Of a node with settings, with as many rows of ports as it has and the line below them.
QSizeF cardSizeOf(const NodeKind& kind) {
    using namespace card_metrics;
    const auto rows = static_cast<double>(std::max(kind.inputs.size(), kind.outputs.size()));
    return {cardWidth(kind.group), kHeader + kSettings + kPortRow * rows + kMetrics + kStrip};
}

/// With the line that names the missing parts of the node.
QSizeF wholeCardSize(NodeGroup group) {
    return newCardSize(group) + QSizeF(0, card_metrics::kStrip);
}

}  // namespace

QRectF CanvasView::droppedCard(QPointF at, NodeGroup group) const {
    const QSizeF size = newCardSize(group);
    QPointF corner = at - QPointF(size.width() / 2, card_metrics::kHeader / 2);
    if (m_snapping) corner = {snapped(corner.x()), snapped(corner.y())};
    return {corner, size};
}

QRectF CanvasView::roomForCards() const {
    const int margin = static_cast<int>(kEdgeMargin);
    return mapToScene(viewport()->rect().adjusted(margin, margin, -margin, -margin)).boundingRect();
}

std::vector<QRectF> CanvasView::takenPlaces() const {
    m_scene->catchUp();
    std::vector<QRectF> taken;
    for (const auto& [id, item] : m_scene->nodes()) taken.push_back(item->cardRect());
    if (!m_covered.isEmpty()) taken.push_back(mapToScene(m_covered).boundingRect());
    return taken;
}

Point CanvasView::placeForNewNode(NodeGroup group) const {
    const std::vector<QRectF> taken = takenPlaces();
    const QSizeF size = wholeCardSize(group);
    const QRectF selected = m_scene->rectOf(m_document.selection().nodes());
    QRectF room = roomForCards();
    QPointF wanted = visibleSceneRect().center() - QPointF(size.width() / 2, size.height() / 2);
    // Nothing leads to a source.
    if (!selected.isEmpty() && group != NodeGroup::Source) {
        wanted = {selected.right() + kBeside, selected.top()};
        room.setLeft(std::max(room.left(), selected.right() + kLeastBeside));
    }
    wanted = {snapped(wanted.x()), snapped(wanted.y())};
    const auto seen = freePlaceWithin(room, size, wanted, taken);
    const QPointF place = seen ? *seen : freePlaceNear(size, wanted, taken);
    return {place.x(), place.y()};
}

Point CanvasView::placeAt(QPointF corner, NodeGroup group) const {
    const std::vector<QRectF> taken = takenPlaces();
    const QSizeF size = wholeCardSize(group);
    const auto seen = freePlaceWithin(roomForCards(), size, corner, taken);
    const QPointF place = seen ? *seen : freePlaceNear(size, corner, taken);
    return {place.x(), place.y()};
}

// The side that a wire would have to turn back to is taken.
Point CanvasView::placeBeside(QPointF corner, NodeGroup group, const NodeId& node, bool before) const {
    const NodeItem* item = m_scene->node(node);
    if (item == nullptr) return placeAt(corner, group);
    std::vector<QRectF> taken = takenPlaces();
    const QSizeF size = wholeCardSize(group);
    const QRectF card = item->cardRect();
    const double edge = before ? card.left() - kGrid : card.right() + kGrid;
    taken.emplace_back(before ? edge : edge - kFar, -kFar, kFar, 2 * kFar);
    const double nearest = before ? std::floor((edge - kLeastBeside - size.width()) / kGrid) * kGrid
                                  : std::ceil((edge + kLeastBeside) / kGrid) * kGrid;
    const QPointF clear(before ? std::min(corner.x(), nearest) : std::max(corner.x(), nearest), corner.y());
    const bool turns = before ? corner.x() + size.width() > edge : corner.x() < edge;
    const QPointF wanted = turns ? clear : corner;
    const auto seen = freePlaceWithin(roomForCards(), size, wanted, taken);
    // A place far from the pointer is worse than one nearby that the view has to scroll to.
    const bool near = seen && QLineF(wanted, *seen).length() <= kAround;
    const QPointF place = near ? *seen : freePlaceNear(size, clear, taken);
    return {place.x(), place.y()};
}

Point CanvasView::placeUnder(QPointF pointer, NodeGroup group) const {
    return placeAt(droppedCard(pointer, group).topLeft(), group);
}

bool CanvasView::isFree(const QRectF& card) const {
    const std::vector<QRectF> taken = takenPlaces();
    return std::none_of(taken.begin(), taken.end(),
                        [&card](const QRectF& other) { return other.intersects(card); });
}

// A comment goes with the cards in it, unless one of them stays.
std::vector<std::pair<ItemRef, Point>> CanvasView::movedRight(const std::vector<NodeId>& nodes,
                                                              double by) const {
    std::vector<std::pair<ItemRef, Point>> targets;
    const std::set<NodeId> moved(nodes.begin(), nodes.end());
    for (const NodeId& id : nodes) {
        const Point at = m_document.node(id)->at;
        targets.emplace_back(id, Point{at.x + by, at.y});
    }
    for (const NoteItem* note : m_scene->notes()) {
        bool anyGoes = false, anyStays = false;
        for (const auto& [id, item] : m_scene->nodes()) {
            if (!note->frame().contains(item->cardRect().center())) continue;
            (moved.contains(id) ? anyGoes : anyStays) = true;
        }
        const Note* words = anyGoes && !anyStays ? m_document.note(note->id()) : nullptr;
        if (words != nullptr) targets.emplace_back(note->id(), Point{words->at.x + by, words->at.y});
    }
    return targets;
}

NodeId CanvasView::insertOnWire(const NodeTemplate& node, const Wire& wire, QPointF corner) {
    m_scene->catchUp();
    const NodeKind* kind = m_document.catalogue().of(node.type, node.params);
    const NodeGroup group = kind != nullptr ? kind->group : NodeGroup::Transform;
    const NodeItem* from = m_scene->node(wire.from.node);
    const NodeItem* to = m_scene->node(wire.to.node);
    const int out = from != nullptr ? from->portIndex(wire.from.port, false) : -1;
    const int in = to != nullptr ? to->portIndex(wire.to.port, true) : -1;
    std::optional<WirePlace> place;
    if (kind != nullptr && out >= 0 && in >= 0) {
        std::map<NodeId, QRectF> cards;
        for (const auto& [id, item] : m_scene->nodes()) cards.emplace(id, item->cardRect());
        const double middle = (from->portAt(out).y() + to->portAt(in).y()) / 2;
        place = placeOnWire(m_document.pipeline(), cards, wire, cardSizeOf(*kind), middle - kFirstPort);
    }
    if (!place) return m_document.insertNode(node, placeAt(corner, group), wire);
    const Point at{place->corner.x(), place->corner.y()};
    if (place->moved.empty()) return m_document.insertNode(node, at, wire);
    m_document.undoStack().beginMacro(PipelineDocument::tr("Insert “%1”").arg(node.title));
    m_document.move(movedRight(place->moved, place->by));
    const NodeId added = m_document.insertNode(node, at, wire);
    m_document.undoStack().endMacro();
    return added;
}

void CanvasView::revealAny(const std::vector<ItemRef>& items) {
    if (!isVisible()) return;
    m_scene->catchUp();
    std::vector<QRectF> places;
    for (const ItemRef& item : items) {
        const Wire* wire = item.wire();
        const NodeItem* card = m_scene->node(wire != nullptr ? wire->from.node : nodeOf(item));
        const NodeItem* end = wire != nullptr ? m_scene->node(wire->to.node) : card;
        const NoteItem* note = item.note() != nullptr ? m_scene->note(*item.note()) : nullptr;
        // A wire that goes with the node at its end changes nothing at the other.
        if (card != nullptr && end != nullptr)
            places.insert(places.end(), {card->cardRect(), end->cardRect()});
        if (note != nullptr) places.push_back(note->frame());
    }
    const QRectF room = roomForCards();
    const auto isSeen = [&room](const QRectF& place) { return place.intersects(room); };
    if (places.empty() || std::any_of(places.begin(), places.end(), isSeen)) return;
    QRectF all;
    for (const QRectF& place : places) all |= place;
    const bool fits = all.width() <= room.width() && all.height() <= room.height();
    const int margin = static_cast<int>(kEdgeMargin);
    ensureVisible(fits ? all : places.front(), margin, margin);
}

void CanvasView::revealNew(const NodeId& node) {
    reveal(node);
    QTimer::singleShot(0, this, [this, node] {
        if (m_document.selection().contains(node)) reveal(node);
    });
}

}  // namespace rw::ui
