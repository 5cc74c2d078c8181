#include "widgets/canvas/wires/wire_path.h"

#include <QLineF>
#include <algorithm>
#include <limits>

namespace rw::ui {

namespace {

constexpr double kStub = 48;
constexpr double kClear = 24;  // between a backward wire and the cards below it

}  // namespace

bool isBackward(QPointF from, QPointF to) {
    return to.x() < from.x() + 16;
}

QPainterPath wirePath(QPointF from, QPointF to, double above) {
    QPainterPath path(from);
    if (!isBackward(from, to)) {
        const double handle = std::clamp((to.x() - from.x()) / 2, 32.0, 160.0);
        path.cubicTo(from + QPointF(handle, 0), to - QPointF(handle, 0), to);
        return path;
    }
    const double y = std::min({above, from.y(), to.y()}) - kClear;
    const QPointF right(from.x() + kStub / 2, y), left(to.x() - kStub / 2, y);
    path.cubicTo(from + QPointF(kStub, 0), right + QPointF(kStub / 2, 0), right);
    path.lineTo(left);
    path.cubicTo(left - QPointF(kStub / 2, 0), to - QPointF(kStub, 0), to);
    return path;
}

// The path as lines, which Qt makes in one go: to ask it for points by their share of the length measures the
// whole path for each.
WireCourse::WireCourse(const QPainterPath& path) {
    for (const QPolygonF& part : path.toSubpathPolygons()) m_points << part;
    m_along.push_back(0);
    for (qsizetype i = 1; i < m_points.size(); ++i) {
        m_length += QLineF(m_points[i - 1], m_points[i]).length();
        m_along.push_back(m_length);
    }
}

QPointF WireCourse::at(double distance) const {
    if (m_points.isEmpty()) return {};
    const auto after = std::upper_bound(m_along.begin(), m_along.end(), distance);
    if (after == m_along.begin()) return m_points.first();
    if (after == m_along.end()) return m_points.last();
    const auto i = after - m_along.begin();
    const auto index = static_cast<std::size_t>(i);
    const double piece = m_along[index] - m_along[index - 1];
    const double share = piece > 0 ? (distance - m_along[index - 1]) / piece : 0;
    return m_points[i - 1] + (m_points[i] - m_points[i - 1]) * share;
}

WireCourse::Nearest WireCourse::nearest(QPointF point) const {
    Nearest best{0, std::numeric_limits<double>::max()};
    for (qsizetype i = 1; i < m_points.size(); ++i) {
        const QPointF line = m_points[i] - m_points[i - 1];
        const double square = QPointF::dotProduct(line, line);
        const double t =
            square > 0 ? std::clamp(QPointF::dotProduct(point - m_points[i - 1], line) / square, 0.0, 1.0)
                       : 0;
        const double away = QLineF(point, m_points[i - 1] + line * t).length();
        if (away < best.away) {
            const auto index = static_cast<std::size_t>(i);
            best = {m_along[index - 1] + (m_along[index] - m_along[index - 1]) * t, away};
        }
    }
    return best;
}

}  // namespace rw::ui
