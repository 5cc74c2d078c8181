// The colours and strokes of series, in their order.
#pragma once
#include <QColor>
#include <QPen>

namespace rw::ui {

struct Tokens;

QColor seriesColor(const Tokens& tokens, std::size_t place);
/// From the fifth on lines also take a dash pattern, so that colour is not all that tells them apart.
Qt::PenStyle seriesStroke(std::size_t place);
/// Width 1 above four series: wider ones take twice as long to draw, and hide each other.
QPen seriesPen(const Tokens& tokens, std::size_t place, std::size_t count);
/// One device pixel: Qt draws it many times as fast.
QPen thinPen(const Tokens& tokens, std::size_t place);

}  // namespace rw::ui
