// The ground under cards: a grid of dots.
#pragma once
#include <QPainter>

namespace rw::ui {

/// `scale`: pixels of the screen for a unit of the scene.
void paintGround(QPainter& painter, const QRectF& rect, double scale);

}  // namespace rw::ui
