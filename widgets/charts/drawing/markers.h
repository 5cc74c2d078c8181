// The shapes of points: those of the first four series are discs, from the fifth on each has its own, so that
// colour is not all that tells them apart.
#pragma once
#include <QImage>
#include <QPainterPath>

namespace rw::ui {

/// Around the origin; `radius` of the disc, others look as large.
QPainterPath markerOf(std::size_t place, double radius);

/// A marker as a picture, for being drawn thousands of times; its middle is the picture's.
QImage markerImage(std::size_t place, double radius, const QColor& color);

}  // namespace rw::ui
