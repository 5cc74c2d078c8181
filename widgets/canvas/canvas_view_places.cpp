// Where CanvasView puts new cards, and how it gets items into sight.
#include <QLineF>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "widgets/canvas/canvas_view.h"
#include "widgets/canvas/free_place.h"
#include "widgets/canvas/tools/snapping.h"

namespace rw::ui {

namespace {

constexpr double kEdgeMargin = 24;                 // between a new card and the edge of the view, in pixels
constexpr double kBeside = 80, kLeastBeside = 48;  // between a card and the one that is added behind it

constexpr double kAround = 240;  // from a wanted place: about a card
constexpr double kFar = 1e6;     // beyond all cards

QSizeF newCardSize(NodeGroup group) {
    return {cardWidth(group), group == NodeGroup::Sink ? 144.0 : 138.0};
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
