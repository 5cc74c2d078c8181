#include "widgets/charts/drawing/plot_layer.h"

#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace rw::ui {

bool PlotLayer::isDrawing(const QPainter& painter) {
    return painter.paintEngine()->type() == QPaintEngine::SVG;
}

void PlotLayer::paintInto(QPainter& painter, const QRectF& area) {
    if (!m_paint) return;
    if (isDrawing(painter)) {
        painter.save();
        m_paint(painter);
        painter.restore();
        return;
    }
    const double scale = std::max(0.1, painter.deviceTransform().m11());
    const QSize size(static_cast<int>(std::ceil(area.width() * scale)),
                     static_cast<int>(std::ceil(area.height() * scale)));
    if (m_picture.size() != size) {
        m_picture = QImage(size, QImage::Format_ARGB32_Premultiplied);
        if (m_picture.isNull()) return;
        m_picture.fill(Qt::transparent);
        QPainter inside(&m_picture);
        inside.setRenderHint(QPainter::Antialiasing);
        inside.scale(scale, scale);
        inside.translate(-area.topLeft());
        m_paint(inside);
    }
    painter.save();
    painter.translate(area.topLeft());
    painter.scale(1 / scale, 1 / scale);
    painter.drawImage(QPointF(0, 0), m_picture);
    painter.restore();
}

}  // namespace rw::ui
