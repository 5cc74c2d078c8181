// Lines that go up and down so often that they fill columns of pixels, as those of noise do.
#pragma once
#include <QColor>
#include <QPolygonF>
#include <vector>

class QPainter;
class QRectF;

namespace rw::ui {

struct DenseLine {
    QPolygonF points;  ///< in the coordinates of the painter, from left to right
    QColor color;
};

/// Paints the part of the lines in `area` as strokes of one pixel without smooth edges, later ones over
/// earlier ones. What it takes depends on the size of the area and the number of points, not on how far lines
/// go up and down; strokes of Qt take 5 ns for each pixel of that way.
void paintDenseLines(QPainter& painter, const std::vector<DenseLine>& lines, const QRectF& area);

}  // namespace rw::ui
