// Where a dragged card comes to rest: on the grid, or in line with another card.
#pragma once
#include <QLineF>
#include <QRectF>
#include <optional>
#include <vector>

namespace rw::ui {

inline constexpr double kGrid = 16;

double snapped(double value);

struct Snap {
    QPointF offset;                ///< to add to the rectangle's place
    std::vector<QLineF> guides{};  ///< to draw
};

/// `rect` is the card as the pointer would have it. Lines up edges and centres with `others` within `reach`,
/// else goes to the grid when `grid` says so.
Snap snap(const QRectF& rect, const std::vector<QRectF>& others, double reach, bool grid);

}  // namespace rw::ui
