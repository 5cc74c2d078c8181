#include "widgets/canvas/wire_place.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "widgets/canvas/free_place.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/document/editing/nodes_behind.h"

namespace rw::ui {

namespace {

constexpr double kForAWire = 3 * kGrid;  // between cards side by side
constexpr double kFarBelow = 640;        // so far above or below the wire other places are tried

/// Whether `card` comes too near to `other` when it goes right; two that are so already may stay so.
bool runsInto(const QRectF& card, double by, const QRectF& other) {
    const QRectF around = card.adjusted(-kForAWire, 0, kForAWire, 0);
    return around.translated(by, 0).intersects(other) && !around.intersects(other);
}

/// Of the cards that are no further left than the second card of the wire: what is left of it stays.
std::vector<NodeId> goingRight(const Pipeline& pipeline, const std::map<NodeId, QRectF>& cards,
                               const Wire& wire, double by) {
    const double edge = cards.at(wire.to.node).left();
    std::set<NodeId> behind = nodesBehind(pipeline, wire.to.node);
    behind.insert(wire.to.node);
    std::vector<NodeId> moved;
    std::map<NodeId, QRectF> others;
    for (const auto& [id, card] : cards) {
        if (id == wire.from.node || card.left() < edge) continue;
        if (behind.contains(id)) {
            moved.push_back(id);
        } else {
            others.emplace(id, card);
        }
    }
    for (std::size_t i = 0; i < moved.size(); ++i) {
        const QRectF card = cards.at(moved[i]);
        for (auto other = others.begin(); other != others.end();) {
            if (runsInto(card, by, other->second)) {
                moved.push_back(other->first);
                other = others.erase(other);
            } else {
                ++other;
            }
        }
    }
    return moved;
}

}  // namespace

std::optional<WirePlace> placeOnWire(const Pipeline& pipeline, const std::map<NodeId, QRectF>& cards,
                                     const Wire& wire, QSizeF size, double y) {
    const auto from = cards.find(wire.from.node), to = cards.find(wire.to.node);
    if (from == cards.end() || to == cards.end() || to->second.left() <= from->second.left())
        return std::nullopt;
    WirePlace place;
    const double left = std::ceil((from->second.right() + kForAWire) / kGrid) * kGrid;
    const double lacks = left + size.width() + kForAWire - to->second.left();
    if (lacks > 0) {
        place.by = std::ceil(lacks / kGrid) * kGrid;
        place.moved = goingRight(pipeline, cards, wire, place.by);
    }
    const std::set<NodeId> moves(place.moved.begin(), place.moved.end());
    std::vector<QRectF> taken;
    for (const auto& [id, card] : cards)
        taken.push_back(moves.contains(id) ? card.translated(place.by, 0) : card);
    const double right = to->second.left() + place.by - kForAWire;
    const double x = std::max(left, snapped((left + right - size.width()) / 2));
    const QRectF room(QPointF(left, y - kFarBelow), QPointF(right, y + size.height() + kFarBelow));
    const auto corner = freePlaceWithin(room, size, {x, snapped(y)}, taken);
    if (!corner) return std::nullopt;
    place.corner = *corner;
    return place;
}

}  // namespace rw::ui
