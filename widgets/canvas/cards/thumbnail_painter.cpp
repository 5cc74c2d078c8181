#include "widgets/canvas/cards/thumbnail_painter.h"

#include <QPainterPath>
#include <algorithm>

#include "core/data/text.h"
#include "core/views/bar_view.h"
#include "core/views/histogram_view.h"
#include "core/views/line_view.h"
#include "core/views/number_view.h"
#include "core/views/table_view.h"
#include "widgets/canvas/canvas_fonts.h"
#include "widgets/canvas/cards/metrics_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

void drawTiny(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color,
              Qt::Alignment align = Qt::AlignLeft, TextStyle style = TextStyle::CodeTiny) {
    const QFont font = sceneFont(style);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(align | Qt::AlignVCenter | Qt::TextSingleLine),
                     elided(text, font, rect.width(), Qt::ElideRight));
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
        return rect.left() + rect.width() * static_cast<double>(time - from) /
                                 static_cast<double>(std::max<Millis>(to - from, 1));
    };
    const auto y = [&](double value) {
        return rect.bottom() - 3 - (rect.height() - 6) * (value - low) / (high - low);
    };
    if (lines.totals.watermark > from && lines.totals.watermark < to) {
        QColor tint = tokens.accent;
        tint.setAlphaF(0.12F);
        painter.fillRect(QRectF(QPointF(x(lines.totals.watermark), rect.top()), rect.bottomRight()), tint);
    }
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < lines.series.size() && i < tokens.series.size(); ++i) {
        QPolygonF line;
        for (const LinePoint& point : lines.series[i].points) {
            if (point.time >= from) line << QPointF(x(point.time), y(point.value));
        }
        painter.setPen(QPen(tokens.series[i], 1.5));
        if (line.size() == 1) painter.drawEllipse(line.first(), 1.5, 1.5);
        painter.drawPolyline(line);
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
    for (std::size_t i = 0; i < shown; ++i) {
        const QRectF row(rect.left(), rect.top() + step * static_cast<double>(i), rect.width(), step);
        drawTiny(painter, {row.left() + 2, row.top(), words - 8, step},
                 QString::fromStdString(snapshot.bars[i].category), tokens.dim, Qt::AlignRight,
                 TextStyle::Tiny);
        const double width =
            top > 0 ? (rect.width() - words - 6) * std::max(snapshot.bars[i].value, 0.0) / top : 0;
        painter.fillRect(QRectF(row.left() + words, row.top() + 3, width, step - 6), tokens.series[0]);
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
    const double step = rect.width() / static_cast<double>(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double height = (rect.height() - 6) * static_cast<double>(counts[i]) / top;
        painter.fillRect(QRectF(rect.left() + step * static_cast<double>(i), rect.bottom() - height,
                                std::max(step - 1, 1.0), height),
                         tokens.series[0]);
    }
    const double first = bins.edges.front(), range = bins.edges.back() - first;
    const auto x = [&](double value) { return rect.left() + rect.width() * (value - first) / range; };
    if (bins.count == 0 || range <= 0) return true;
    drawMark(painter, rect, x(bins.p50), QStringLiteral("p50"), tokens);
    if (x(bins.p95) - x(bins.p50) > 54 ||
        (x(bins.p95) - x(bins.p50) > 28 && x(bins.p95) + 28 <= rect.right()))
        drawMark(painter, rect, x(bins.p95), QStringLiteral("p95"), tokens);
    return true;
}

bool paintNumber(QPainter& painter, const QRectF& rect, const NumberView& view) {
    const Tokens& tokens = Theme::of().tokens();
    const NumberSnapshot number = view.snapshot();
    const QString value = number.value ? QString::number(*number.value, 'g', 4) : QStringLiteral("–");
    const QFont font = sceneFont(TextStyle::NumberCard);
    painter.setFont(font);
    painter.setPen(tokens.text);
    painter.drawText(rect.adjusted(6, 0, 0, -22), Qt::AlignLeft | Qt::AlignVCenter, value);
    drawTiny(painter, rect.adjusted(10 + textWidth(value, font), 8, -4, -22),
             QString::fromStdString(view.info().unit), tokens.dim, Qt::AlignLeft, TextStyle::Tiny);
    std::vector<float> trend;
    for (const auto& each : number.sparkline) {
        trend.push_back(each ? static_cast<float>(*each) : trend.empty() ? 0.0F : trend.back());
    }
    paintTrend(painter, QRectF(rect.left() + 4, rect.bottom() - 22, rect.width() - 8, 20), trend,
               tokens.series[0]);
    return true;
}

bool paintTable(QPainter& painter, const QRectF& rect, const TableView& view) {
    const TableSnapshot snapshot = view.snapshot(3);
    if (snapshot.rows.empty()) return false;
    RecentRows shown;
    for (std::size_t c = 0; c < view.info().columns.size() && c < 3; ++c) {
        shown.columns.push_back(QString::fromStdString(view.info().columns[c].name));
    }
    for (const auto& shared : snapshot.rows) {
        const TableRow& row = *shared;
        std::vector<QString> cells;
        for (std::size_t c = 0; c < shown.columns.size() && c < row.size(); ++c) {
            cells.push_back(QString::fromStdString(toText(row[c], view.info().columns[c].type)));
        }
        shown.rows.push_back(std::move(cells));
    }
    paintRows(painter, rect, shown);
    return true;
}

// A time stamp's date says little in a few pixels.
QString shortened(const QString& cell, Type type) {
    return type.is(TypeId::Timestamp) && cell.size() > 11 ? cell.mid(11) : cell;
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

RecentRows recentRows(const std::vector<Batch>& batches, std::size_t rows, std::size_t columns) {
    RecentRows recent;
    for (auto batch = batches.rbegin(); batch != batches.rend() && recent.rows.size() < rows; ++batch) {
        if (recent.columns.empty()) {
            for (std::size_t c = 0; c < batch->schema->size() && c < columns; ++c) {
                recent.columns.push_back(QString::fromStdString(batch->schema->fields[c].name));
            }
        }
        for (std::size_t row = batch->rows; row > 0 && recent.rows.size() < rows; --row) {
            std::vector<QString> cells;
            for (std::size_t c = 0; c < recent.columns.size() && c < batch->columns.size(); ++c) {
                std::string text;
                if (batch->columns[c]) appendCell(text, *batch->columns[c], row - 1);
                cells.push_back(shortened(QString::fromStdString(text), batch->schema->fields[c].type));
            }
            recent.rows.insert(recent.rows.begin(), std::move(cells));
        }
    }
    return recent;
}

void paintRows(QPainter& painter, const QRectF& rect, const RecentRows& rows) {
    if (rows.columns.empty()) return;
    const Tokens& tokens = Theme::of().tokens();
    const QRectF inner = rect.adjusted(5, 2, -5, -2);
    const double step = inner.height() / 4;
    // The first column mostly is a time and gets twice the room.
    const double unit = inner.width() / static_cast<double>(rows.columns.size() + 1);
    for (std::size_t c = 0; c < rows.columns.size(); ++c) {
        const double left = inner.left() + (c == 0 ? 0 : unit * static_cast<double>(c + 1));
        const double width = (c == 0 ? 2 : 1) * unit - 3;
        const Qt::Alignment align = c == 0 ? Qt::AlignLeft : Qt::AlignRight;
        drawTiny(painter, {left, inner.top(), width, step}, rows.columns[c], tokens.dim, align);
        for (std::size_t r = 0; r < rows.rows.size() && r < 3; ++r) {
            if (c >= rows.rows[r].size()) continue;
            drawTiny(painter, {left, inner.top() + step * static_cast<double>(r + 1), width, step},
                     rows.rows[r][c], tokens.text, align);
        }
    }
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
