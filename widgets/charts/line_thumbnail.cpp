#include <QPainter>

#include "widgets/charts/drawing/dense_lines.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/plot_layer.h"
#include "widgets/charts/line_chart.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kPoint = 2;  ///< radius
constexpr std::size_t kMostMarks = 60;

// From the watermark to the newest row: the part that may still change.
void paintProvisional(QPainter& painter, const QRectF& span) {
    const QColor accent = Theme::of().tokens().accent;
    painter.fillRect(span, shaded(accent, Shade::Zone));
    painter.fillRect(span, hatchBrush(shaded(accent, Shade::Hatch), painter.device()->devicePixelRatioF()));
    painter.setPen(QPen(accent, 1, Qt::DashLine));
    painter.drawLine(span.topLeft(), span.bottomLeft());
}

/// A line with more points than pixels is a band. Another is drawn segment by segment: as one stroke, a line
/// that crosses itself often takes Qt a thousand times as long.
void paintTrace(QPainter& painter, const QPolygonF& line, std::size_t place, const QRectF& rect) {
    const QColor color = seriesColor(Theme::of().tokens(), place);
    const bool band = static_cast<double>(line.size()) > line.boundingRect().width();
    if (band && !PlotLayer::isDrawing(painter)) return paintDenseLines(painter, {{line, color}}, rect);
    painter.setPen(QPen(color, band ? 1 : 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.setRenderHint(QPainter::Antialiasing);
    for (qsizetype i = 1; i < line.size(); ++i) painter.drawLine(line[i - 1], line[i]);
}

}  // namespace

bool LineChart::paintThumbnail(QPainter& painter, const QRectF& rect, const LineView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const Range times = liveTimes(view.extent(), view.info().span);
    LineQuery query;
    query.from = static_cast<Instant>(times.from);
    query.to = static_cast<Instant>(times.to);
    query.around = true;
    query.maxPoints = static_cast<std::size_t>(2 * rect.width());
    query.maxMarks = kMostMarks;
    const LineSnapshot shot = view.snapshot(query);
    std::vector<LineShape> lines;
    std::vector<BandShape> bands;
    Range seen = kNoValues;
    for (std::size_t i = 0; i < shot.series.size() && i < LineView::kShownSeries; ++i) {
        lines.push_back(shapeOf(shot, shot.series[i], times));
        bands.push_back(bandOf(shot.series[i], times));
        seen = united(united(seen, lines.back().values), bands.back().values);
    }
    if (seen.from > seen.to) return false;
    const Range values = valueAxis(view.info(), seen);
    const auto place = [&](const QPointF& point) {
        return QPointF(rect.left() + (rect.width() - kPoint - 1) * (point.x() - times.from) / times.length(),
                       rect.bottom() - 3 - (rect.height() - 6) * (point.y() - values.from) / values.length());
    };
    if (shot.extent.openFrom) {
        const double from = std::max(times.from, static_cast<double>(*shot.extent.openFrom));
        paintProvisional(painter, QRectF(QPointF(place({from, 0}).x(), rect.top()), rect.bottomRight()));
    }
    if (view.info().threshold) {
        painter.setPen(QPen(tokens.error.line, 1, Qt::DashLine));
        painter.drawLine(place({times.from, *view.info().threshold}),
                         place({times.to, *view.info().threshold}));
    }
    for (std::size_t i = 0; i < bands.size(); ++i)
        paintBand(painter, bands[i], seriesColor(tokens, i), rect, place);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        QPolygonF line;
        for (const QPointF& point : lines[i].final) line << place(point);
        for (const QPointF& point : lines[i].open) line << place(point);
        if (line.isEmpty()) continue;
        painter.setBrush(Qt::NoBrush);
        paintTrace(painter, line, i, rect);
        painter.setPen(QPen(seriesColor(tokens, i), 1.5));
        painter.setRenderHint(QPainter::Antialiasing);
        const bool open = !lines[i].open.isEmpty();
        if (!lines[i].endsInside || (!open && line.size() > 1)) continue;
        painter.setBrush(open ? tokens.field : seriesColor(tokens, i));
        painter.drawEllipse(line.last(), kPoint, kPoint);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.error.line);
    for (const LineSeries& line : shot.series) {
        for (std::size_t i = 0; i < line.marks.at.size(); ++i)
            painter.drawEllipse(place({static_cast<double>(line.marks.at[i]), line.marks.points[i].value}),
                                kPoint, kPoint);
    }
    return true;
}

}  // namespace rw::ui
