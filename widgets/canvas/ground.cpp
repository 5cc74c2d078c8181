#include "widgets/canvas/ground.h"

#include <cmath>

#include "widgets/theme/theme.h"

namespace rw::ui {

void paintGround(QPainter& painter, const QRectF& rect, double scale) {
    constexpr double kDots = 16, kLeastApart = 12;
    const Tokens& tokens = Theme::of().tokens();
    painter.fillRect(rect, tokens.bg);
    // Dots nearer than that many pixels would be a grey haze.
    double step = kDots;
    while (step * scale < kLeastApart) step *= 2;
    painter.setRenderHint(QPainter::Antialiasing, false);
    QPen pen(tokens.line, 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    QVector<QPointF> dots;
    for (double x = std::floor(rect.left() / step) * step; x < rect.right(); x += step) {
        for (double y = std::floor(rect.top() / step) * step; y < rect.bottom(); y += step)
            dots << QPointF(x, y);
    }
    painter.drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

}  // namespace rw::ui
