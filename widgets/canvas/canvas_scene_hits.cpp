// The item under the pointer: one answer for click, hover, double-click, context menu and drags. It is the
// visible item there, from the topmost down:
//   1. a port, as large as it gets under the pointer, unless a card covers it;
//   2. a wire or its label, where no card covers it;
//   3. the rest of a port's hit area, where nothing else is seen but the port's own card;
//   4. the card;
//   5. the lower right corner of a comment, by which it is sized, then its head.
// Of overlapping cards, wires and comments the one that is painted last is the topmost.
#include <algorithm>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/items/layers.h"

namespace rw::ui {

using namespace card_metrics;

namespace {

constexpr double kWireReach = 6;  // on both sides of its line

Hit portHit(const NodeItem& item, int port) {
    return {.item = item.id(), .port = port};
}

Hit cardHit(const NodeItem& item, QPointF point) {
    const QPointF local = point - item.pos();
    Hit hit{.item = item.id()};
    if (item.layout().title.contains(local)) hit.part = Hit::Part::Title;
    if (item.layout().thumbnail.contains(local)) hit.part = Hit::Part::Thumbnail;
    const bool listens = item.live().live().listens && item.live().isVisible();
    if (listens && listenPlace(item.layout()).contains(local)) hit.part = Hit::Part::Listen;
    return hit;
}

// On a screen hit areas keep their size however far one has zoomed out, within reason.
double slackAt(double scale) {
    return std::clamp(kPortHit / 2 / scale - kPortHit / 2, 0.0, kPortHit / 2);
}

}  // namespace

Hit CanvasScene::hitAt(QPointF point, Aim aim) const {
    const double slack = slackAt(m_scale), reach = kPortHit / 2 + slack;
    const double ofPort = (kPortHover - kPortHit) / 2 + slack * kPortHover / kPortHit;  // the visible part of it
    const QRectF around(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    const QList<QGraphicsItem*> under = items(around, Qt::IntersectsItemBoundingRect, Qt::DescendingOrder);
    const NodeItem* card = nullptr;
    Hit wide;  // a port that is only near
    for (const QGraphicsItem* each : under) {
        const auto* item = dynamic_cast<const NodeItem*>(each);
        if (item == nullptr) continue;
        const QPointF local = point - item->pos();
        if (const int port = item->layout().portAt(local, ofPort); port >= 0) return portHit(*item, port);
        if (const int port = item->layout().portAt(local, slack); port >= 0 && wide.item.empty())
            wide = portHit(*item, port);
        if (!item->layout().card.contains(local)) continue;
        card = item;
        break;
    }
    if (aim == Aim::Port && !wide.item.empty()) return wide;
    if (aim == Aim::Any) {
        if (const Hit wire = wireAt(point, under, card != nullptr); !wire.item.empty()) return wire;
    }
    if (!wide.item.empty() && (card == nullptr || wide.item == card->id())) return wide;
    if (card != nullptr) return cardHit(*card, point);
    for (const QGraphicsItem* each : under) {
        const auto* note = dynamic_cast<const NoteItem*>(each);
        if (note == nullptr) continue;
        if (note->isCorner(point)) return {.item = note->id(), .part = Hit::Part::Corner};
        if (note->isHead(point)) return {.item = note->id(), .part = Hit::Part::Title};
    }
    return {};
}

// On a card only wires that pass above cards are seen.
Hit CanvasScene::wireAt(QPointF point, const QList<QGraphicsItem*>& under, bool onCard) const {
    double nearest = kWireReach + slackAt(m_scale) / 2;
    Hit hit;
    for (const QGraphicsItem* each : under) {
        if (onCard && each->zValue() <= layers::kSelectedNode) break;
        const WireItem* labelled = hit.item.empty() ? WireItem::ofLabel(*each) : nullptr;
        if (labelled != nullptr && each->boundingRect().contains(point)) {
            const double middle = labelled->course().length() / 2;
            return {.item = labelled->wire(), .along = middle};
        }
        const auto* item = dynamic_cast<const WireItem*>(each);
        if (item == nullptr) continue;
        const WireCourse::Nearest place = item->course().nearest(point);
        if (place.away >= nearest) continue;
        nearest = place.away;
        hit = {.item = item->wire(), .along = place.along};
    }
    return hit;
}

}  // namespace rw::ui
