#include "widgets/canvas/cards/thumbnail_painter.h"

#include <algorithm>
#include <cmath>

#include "core/views/bar_view.h"
#include "core/views/histogram_view.h"
#include "core/views/line_view.h"
#include "core/views/number_view.h"
#include "core/views/table_view.h"
#include "widgets/canvas/canvas_fonts.h"
#include "widgets/canvas/cards/recent_rows.h"
#include "widgets/charts/series_look.h"
#include "widgets/charts/ticks.h"
#include "widgets/theme/hatch.h"
#include "widgets/theme/sparkline.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kLeastBins = 8;
constexpr double kPoint = 2;        ///< radius
constexpr double kMarkHeight = 13;  ///< above the bars, for the words of percentiles

void drawTiny(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color,
              Qt::Alignment align = Qt::AlignLeft, TextStyle style = TextStyle::CodeTiny) {
    const QFont font = sceneFont(style);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(align | Qt::AlignVCenter | Qt::TextSingleLine),
                     elided(text, font, rect.width(), Qt::ElideRight));
}

// From the watermark to the newest row: what is shown here may still change.
void paintProvisional(QPainter& painter, const QRectF& span) {
    const QColor accent = Theme::of().tokens().accent;
    QColor tint = accent;
    tint.setAlphaF(0.10F);
    painter.fillRect(span, tint);
    tint.setAlphaF(0.40F);
    painter.fillRect(span, hatchBrush(tint, painter.device()->devicePixelRatioF()));
    painter.setPen(QPen(accent, 1, Qt::DashLine));
    painter.drawLine(span.topLeft(), span.bottomLeft());
}

/// Segment by segment: as one stroke, a line that crosses itself often takes Qt a thousand times as long. A
/// line with more points than pixels is a band, and thin segments fill it in a tenth of the time.
void paintTrace(QPainter& painter, const QPolygonF& line, std::size_t place) {
    const Tokens& tokens = Theme::of().tokens();
    const bool band = static_cast<double>(line.size()) > line.boundingRect().width();
    painter.setPen(band ? thinPen(tokens, place)
                        : QPen(seriesColor(tokens, place), 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.setRenderHint(QPainter::Antialiasing, !band);
    for (qsizetype i = 1; i < line.size(); ++i) painter.drawLine(line[i - 1], line[i]);
}

bool paintLines(QPainter& painter, const QRectF& rect, const LineView& view) {
    const Tokens& tokens = Theme::of().tokens();
    LineQuery query;
    query.maxPoints = static_cast<std::size_t>(2 * rect.width());
    LineSnapshot lines = view.snapshot(query);
    if (!lines.totals.any()) return false;
    const Instant to = lines.totals.newest;
    Instant from = view.info().span > 0 ? to - view.info().span : lines.totals.oldest;
    from = std::max(from, std::min(lines.totals.oldest, to - 1));
    double low = 0, high = 0;
    bool any = false;
    for (const LineSeries& series : lines.series) {
        for (const LinePoint& point : series.points) {
            if (point.time < from) continue;
            low = any ? std::min(low, point.value) : point.value;
            high = any ? std::max(high, point.value) : point.value;
            any = true;
        }
    }
    if (!any) return false;
    if (high - low < 1e-12) {  // a flat line runs through the middle
        low -= 0.5;
        high += 0.5;
    }
    const auto x = [&](Instant time) {
        return rect.left() + (rect.width() - kPoint - 1) * static_cast<double>(time - from) /
                                 static_cast<double>(std::max<Millis>(to - from, 1));
    };
    const auto y = [&](double value) {
        return rect.bottom() - 3 - (rect.height() - 6) * (value - low) / (high - low);
    };
    const std::optional<Instant> openFrom = lines.totals.openFrom();
    if (openFrom) {
        paintProvisional(painter,
                         QRectF(QPointF(x(std::max(*openFrom, from)), rect.top()), rect.bottomRight()));
    }
    for (std::size_t i = 0; i < lines.series.size() && i < tokens.series.size(); ++i) {
        QPolygonF line;
        for (const LinePoint& point : lines.series[i].points) {
            if (point.time >= from) line << QPointF(x(point.time), y(point.value));
        }
        if (line.isEmpty()) continue;
        painter.setBrush(Qt::NoBrush);
        paintTrace(painter, line, i);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool open = openFrom && lines.series[i].points.back().time > *openFrom;
        if (!open && line.size() > 1) continue;
        painter.setBrush(open ? tokens.field : tokens.series[i]);
        painter.drawEllipse(line.last(), kPoint, kPoint);
    }
    return true;
}

bool paintBars(QPainter& painter, const QRectF& rect, const BarView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const BarSnapshot snapshot = view.snapshot();
    if (snapshot.bars.empty()) return false;
    const std::size_t shown = std::min<std::size_t>(snapshot.bars.size(), 4);
    double top = 0;
    for (std::size_t i = 0; i < shown; ++i) top = std::max(top, snapshot.bars[i].value);
    const double step = rect.height() / 4;
    const double words = rect.width() * 0.42;
    const double ratio = painter.device()->devicePixelRatioF();
    for (std::size_t i = 0; i < shown; ++i) {
        const QRectF row(rect.left(), rect.top() + step * static_cast<double>(i), rect.width(), step);
        drawTiny(painter, {row.left() + 2, row.top(), words - 8, step},
                 QString::fromStdString(snapshot.bars[i].category), tokens.dim, Qt::AlignRight,
                 TextStyle::Tiny);
        const double width =
            top > 0 ? (rect.width() - words - 6) * std::max(snapshot.bars[i].value, 0.0) / top : 0;
        const QRectF bar(row.left() + words, row.top() + 3, width, step - 6);
        painter.fillRect(
            bar, snapshot.provisional ? hatchBrush(tokens.series[0], ratio) : QBrush(tokens.series[0]));
    }
    return true;
}

void drawMark(QPainter& painter, const QRectF& rect, double x, const QString& name, const Tokens& tokens) {
    painter.setPen(QPen(tokens.text, 1, Qt::DotLine));
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
    const bool left = x + 28 > rect.right();
    drawTiny(painter, {left ? x - 26 : x + 2, rect.top(), 24, 12}, name, tokens.text,
             left ? Qt::AlignRight : Qt::AlignLeft);
}

bool paintHistogram(QPainter& painter, const QRectF& rect, const HistogramView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const HistogramSnapshot bins = view.snapshot();
    if (bins.edges.size() < 2) return false;
    std::vector<std::uint64_t> counts(bins.edges.size() - 1, 0);
    for (const HistogramSeries& series : bins.series) {
        for (std::size_t i = 0; i < counts.size() && i < series.counts.size(); ++i)
            counts[i] += series.counts[i];
    }
    const auto top =
        static_cast<double>(std::max<std::uint64_t>(*std::max_element(counts.begin(), counts.end()), 1));
    // A few bins stand in the middle instead of filling the picture as one block.
    const double places = static_cast<double>(std::max(counts.size(), kLeastBins));
    const double step = rect.width() / places;
    const double left = rect.left() + step * (places - static_cast<double>(counts.size())) / 2;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double height = (rect.height() - kMarkHeight) * static_cast<double>(counts[i]) / top;
        painter.fillRect(QRectF(left + step * static_cast<double>(i), rect.bottom() - height,
                                std::max(step - 1, 1.0), height),
                         tokens.series[0]);
    }
    const double width = bins.edges[1] - bins.edges[0];
    const auto x = [&](double value) { return left + step * (value - bins.edges.front()) / width; };
    if (bins.count == 0 || width <= 0) return true;
    drawMark(painter, rect, x(bins.p50), QStringLiteral("p50"), tokens);
    if (x(bins.p95) - x(bins.p50) > 54 ||
        (x(bins.p95) - x(bins.p50) > 28 && x(bins.p95) + 28 <= rect.right()))
        drawMark(painter, rect, x(bins.p95), QStringLiteral("p95"), tokens);
    return true;
}

// The figure and its unit above the trend.
bool paintNumber(QPainter& painter, const QRectF& rect, const NumberView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const NumberSnapshot number = view.snapshot();
    if (number.totals.rows == 0) return false;
    const QString value = number.value ? axisNumber(*number.value) : QStringLiteral("–");
    const bool beyond = number.value && view.info().threshold && *number.value > *view.info().threshold;
    const QFont font = sceneFont(TextStyle::NumberCard);
    const QRectF upper = rect.adjusted(7, 2, -7, -24);
    painter.setFont(font);
    painter.setPen(beyond ? tokens.error.text : tokens.text);
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, value);
    const double units = upper.left() + textWidth(value, font) + 5;
    drawTiny(painter, QRectF(QPointF(units, upper.top() + 7), upper.bottomRight()),
             QString::fromStdString(view.info().unit), tokens.dim, Qt::AlignLeft, TextStyle::Caption);
    paintSparkline(painter, QRectF(rect.left() + 6, rect.bottom() - 24, rect.width() - 12, 20),
                   bridged(number.sparkline), beyond ? tokens.error.line : tokens.series[0]);
    return true;
}

bool paintTable(QPainter& painter, const QRectF& rect, const TableView& view) {
    const RecentRows rows = thumbnailRows(view);
    if (rows.rows.empty()) return false;
    paintRows(painter, rect, rows);
    return true;
}

}  // namespace

bool paintThumbnail(QPainter& painter, const QRectF& rect, const LiveView& view) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect, Qt::IntersectClip);
    const QRectF inner = rect.adjusted(1, 1, -1, -1);
    bool shown = false;
    if (const auto* line = dynamic_cast<const LineView*>(&view)) shown = paintLines(painter, inner, *line);
    if (const auto* bar = dynamic_cast<const BarView*>(&view)) shown = paintBars(painter, inner, *bar);
    if (const auto* bins = dynamic_cast<const HistogramView*>(&view))
        shown = paintHistogram(painter, inner, *bins);
    if (const auto* number = dynamic_cast<const NumberView*>(&view))
        shown = paintNumber(painter, inner, *number);
    if (const auto* table = dynamic_cast<const TableView*>(&view)) shown = paintTable(painter, inner, *table);
    painter.restore();
    return shown;
}

void paintEmptyThumbnail(QPainter& painter, const QRectF& rect, const QString& words) {
    const Tokens& tokens = Theme::of().tokens();
    painter.setPen(QPen(tokens.line, 1));
    for (int i = 1; i < 4; ++i) {
        const double y = rect.top() + rect.height() * i / 4;
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y));
    }
    const QFont font = sceneFont(TextStyle::Caption);
    const double width = textWidth(words, font) + 12;
    const QRectF place(rect.center().x() - width / 2, rect.center().y() - 8, width, 16);
    painter.fillRect(place, tokens.field);
    drawTiny(painter, place, words, tokens.dim, Qt::AlignHCenter, TextStyle::Caption);
}

}  // namespace rw::ui
