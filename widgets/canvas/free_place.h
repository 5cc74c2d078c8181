// Finds a place for a new card that overlaps no other.
#pragma once
#include <QRectF>
#include <optional>
#include <vector>

namespace rw::ui {

/// `wanted` if a card of `size` is within `room` there and on none of `taken`; else the nearest place on the
/// grid where that is so, with a gap to all others. Places below or at the right count as nearer than those
/// above or at the left. Nothing where there is no such place.
std::optional<QPointF> freePlaceWithin(const QRectF& room, QSizeF size, QPointF wanted,
                                       const std::vector<QRectF>& taken);

/// The same without bounds: below `wanted` where there is no place near.
QPointF freePlaceNear(QSizeF size, QPointF wanted, const std::vector<QRectF>& taken);

}  // namespace rw::ui
