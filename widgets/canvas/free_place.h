// Where a new card lies on no other.
#pragma once
#include <QRectF>
#include <optional>
#include <vector>

namespace rw::ui {

/// `wanted` where a card of `size` lies within `room` there and on none of `taken`; else the place on the
/// grid nearest to it where that is so, with a gap to all others. What is below or at the right is nearer
/// than what is above or at the left. Nothing where there is no such place.
std::optional<QPointF> freePlaceWithin(const QRectF& room, QSizeF size, QPointF wanted,
                                       const std::vector<QRectF>& taken);

/// The same without bounds: below `wanted` where there is no place near.
QPointF freePlaceNear(QSizeF size, QPointF wanted, const std::vector<QRectF>& taken);

}  // namespace rw::ui
