// The part of a plot that paints itself, where thousands of Qt's items would be too slow: points, cells.
#pragma once
#include <QImage>
#include <QRectF>
#include <functional>
#include <utility>

class QPainter;

namespace rw::ui {

/// Keeps its picture until it is told that it is old: the crosshair moves over it without repainting it.
class PlotLayer {
 public:
    /// Paints in the coordinates of the plot. It must itself leave out marks outside of its area in
    /// SVG drawings, which do not clip.
    using Paint = std::function<void(QPainter&)>;

    void set(Paint paint) { m_paint = std::move(paint); }
    void forget() { m_picture = {}; }
    void paintInto(QPainter& painter, const QRectF& area);

    static bool isDrawing(const QPainter& painter);

 private:
    Paint m_paint;
    QImage m_picture;
};

}  // namespace rw::ui
