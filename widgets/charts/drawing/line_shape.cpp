#include "widgets/charts/drawing/line_shape.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/charts/drawing/plot_layer.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

namespace {

constexpr Millis kLeastShapeSpan = 10;
constexpr double kMostSmoothEdges =
    20'000;  ///< pixels that they go up and down: beyond it smooth ones take too long
constexpr double kRoomAboveThreshold = 1.05;  ///< so that the zone beyond it is seen

QPointF crossing(const QPointF& a, const QPointF& b, double x) {
    return {x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x())};
}

/// The line goes on to the edges, and ends there: an SVG file is not clipped.
void cutTo(QList<QPointF>& line, const Range& x) {
    while (line.size() > 1 && line[1].x() <= x.from) line.removeFirst();
    if (line.size() > 1 && line[0].x() < x.from) line[0] = crossing(line[0], line[1], x.from);
    while (line.size() > 1 && line[line.size() - 2].x() >= x.to) line.removeLast();
    if (line.size() > 1 && line.last().x() > x.to)
        line.last() = crossing(line[line.size() - 2], line.last(), x.to);
    if (line.size() == 1 && (line[0].x() < x.from || line[0].x() > x.to)) line.clear();
}

}  // namespace

Range united(const Range& a, const Range& b) {
    return {std::min(a.from, b.from), std::max(a.to, b.to)};
}

Range liveTimes(const LineExtent& extent, Millis span) {
    if (!extent.any()) return {0, 1};
    const auto oldest = static_cast<double>(extent.from), newest = static_cast<double>(extent.to);
    // A young run fills the picture as it goes instead of standing in a corner of it.
    const double from = span > 0 ? std::max(newest - static_cast<double>(span), oldest) : oldest;
    return {from, std::max(newest, from + kLeastShapeSpan)};
}

Range valueAxis(const LineInfo& info, Range seen) {
    if (info.threshold) seen = united(seen, {*info.threshold, *info.threshold * kRoomAboveThreshold});
    // A share means nothing without its zero.
    const bool fromZero = seen.from >= 0 && (seen.from < seen.to / 2 || info.unit == "%");
    return roundRange(seen.from, seen.to, fromZero);
}

LineShape shapeOf(const LineSnapshot& shot, const LineSeries& line, const Range& times) {
    LineShape shape;
    const Instant watermark = shot.totals.watermark;
    bool open = false;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        const LinePoint& point = line.points[i];
        open = open || (watermark != kMinTimestamp && point.time > watermark);
        if (open && shape.open.isEmpty() && !shape.final.isEmpty()) shape.open.append(shape.final.last());
        (open ? shape.open : shape.final).append({static_cast<double>(line.at[i]), point.value});
    }
    shape.endsInside = !line.at.empty() && static_cast<double>(line.at.back()) <= times.to &&
                       static_cast<double>(line.at.back()) >= times.from;
    for (QList<QPointF>* part : {&shape.final, &shape.open}) {
        cutTo(*part, times);
        for (const QPointF& point : *part) shape.values = united(shape.values, {point.y(), point.y()});
    }
    return shape;
}

BandShape bandOf(const LineSeries& line, const Range& times) {
    BandShape band;
    const auto edge = [&](const LineOutline& outline) {
        QList<QPointF> points;
        for (std::size_t i = 0; i < outline.points.size(); ++i)
            points.append({static_cast<double>(outline.at[i]), outline.points[i].value});
        cutTo(points, times);
        return points;
    };
    band.low = edge(line.low);
    band.high = edge(line.high);
    if (band.low.isEmpty() || band.high.isEmpty()) return {};
    for (const QList<QPointF>* points : {&band.low, &band.high}) {
        for (const QPointF& point : *points) band.values = united(band.values, {point.y(), point.y()});
    }
    return band;
}

void paintBand(QPainter& painter, const BandShape& band, const QColor& color, const QRectF& area,
               const std::function<QPointF(const QPointF&)>& place) {
    QPolygonF outline;
    double travel = 0;
    const auto add = [&](const QPointF& point) {
        const QPointF at = place(point);
        if (!outline.isEmpty()) travel += std::abs(at.y() - outline.last().y());
        outline << at;
    };
    for (const QPointF& point : band.low) add(point);
    std::for_each(band.high.rbegin(), band.high.rend(), add);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, travel <= kMostSmoothEdges);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shaded(color, Shade::Area));
    if (PlotLayer::isDrawing(painter)) {  // which do not clip
        outline = outline.intersected(QPolygonF(area));
    } else {
        painter.setClipRect(area);
    }
    painter.drawPolygon(outline, Qt::WindingFill);
    painter.restore();
}

}  // namespace rw::ui
