#include "widgets/charts/drawing/markers.h"

#include <QPainter>
#include <cmath>
#include <initializer_list>

namespace rw::ui {

namespace {

constexpr std::size_t kDiscs = 4, kShapes = 8;

QPainterPath shapeWith(std::initializer_list<QPointF> corners) {
    QPainterPath path(*corners.begin());
    for (const QPointF& corner : corners) path.lineTo(corner);
    path.closeSubpath();
    return path;
}

}  // namespace

QPainterPath markerOf(std::size_t place, double radius) {
    const double far = radius * 1.25, near = radius * 0.9;
    switch (place % kShapes) {
        case kDiscs:  // a square
            return shapeWith({{-near, -near}, {near, -near}, {near, near}, {-near, near}});
        case kDiscs + 1:  // a triangle
            return shapeWith({{0, -far}, {far, near}, {-far, near}});
        case kDiscs + 2:  // a diamond
            return shapeWith({{0, -far}, {far, 0}, {0, far}, {-far, 0}});
        case kDiscs + 3:  // a triangle on its tip
            return shapeWith({{0, far}, {far, -near}, {-far, -near}});
        default: {
            QPainterPath path;
            path.addEllipse(QPointF(0, 0), radius, radius);
            return path;
        }
    }
}

QImage markerImage(std::size_t place, double radius, const QColor& color) {
    const int side = 2 * static_cast<int>(std::ceil(radius * 1.25)) + 1;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(side / 2.0, side / 2.0);
    painter.fillPath(markerOf(place, radius), color);
    return image;
}

}  // namespace rw::ui
