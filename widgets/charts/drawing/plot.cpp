#include "widgets/charts/drawing/plot.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTop = 14, kRight = 16, kTickGap = 6, kMarksHeight = 16;
constexpr int kPixelsPerTimeTick = 110, kPixelsPerNumberTickX = 80, kPixelsPerTickY = 44;
constexpr double kEnd = 3.5;        ///< radius
constexpr double kLayerMargin = 6;  ///< points at the edge of the plot are whole

/// The part of a line between two heights.
std::optional<QLineF> partWithin(const QLineF& line, double top, double bottom) {
    if (std::max(line.y1(), line.y2()) < top || std::min(line.y1(), line.y2()) > bottom) return std::nullopt;
    const auto kept = [&](const QPointF& end) {
        const double y = std::clamp(end.y(), top, bottom);
        return y == end.y() ? end : QPointF(line.x1() + line.dx() * (y - line.y1()) / line.dy(), y);
    };
    return QLineF(kept(line.p1()), kept(line.p2()));
}

/// Of a place on an axis of times, which may lie beyond all of them.
Instant tickInstant(double place) {
    return std::llround(std::clamp(place, -kFarthestInstant, kFarthestInstant));
}

}  // namespace

Plot::Plot(QWidget* parent)
    : QChartView(parent), m_theme(Theme::of(this)), m_axisX(new QValueAxis), m_axisY(new QValueAxis) {
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->setContentsMargins(0, 0, 0, 0);
    chart()->setAnimationOptions(QChart::NoAnimation);
    for (QValueAxis* axis : {m_axisX, m_axisY}) axis->setVisible(false);
    chart()->addAxis(m_axisX, Qt::AlignBottom);
    chart()->addAxis(m_axisY, Qt::AlignLeft);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    // The card behind shows through.
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setAttribute(Qt::WA_TranslucentBackground);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Axes are drawn in the background of the view, series above, marks in its foreground.
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    setFocusPolicy(Qt::NoFocus);
    connect(&m_theme, &Theme::changed, this, &Plot::arrange);
}

void Plot::addSeries(QAbstractSeries* series) {
    chart()->addSeries(series);
    series->attachAxis(m_axisX);
    series->attachAxis(m_axisY);
}

void Plot::setHorizontal(const Range& range, const AxisLook& look) {
    m_x = range;
    m_lookX = look;
    m_axisX->setRange(range.from, range.to);
    arrange();
}

void Plot::setVertical(const Range& range, const AxisLook& look) {
    m_y = range;
    m_lookY = look;
    m_axisY->setRange(range.from, range.to);
    arrange();
}

void Plot::setProvisional(std::optional<Range> span) {
    m_provisional = span;
    viewport()->update();
}

void Plot::setThreshold(std::optional<double> value, const QString& words) {
    m_threshold = value;
    m_thresholdText = words;
    viewport()->update();
}

void Plot::setMarks(std::vector<Tick> marks) {
    m_marks = std::move(marks);
    arrange();
}

void Plot::setStrips(std::vector<StateStrip> strips) {
    if (strips == m_strips) return;
    const bool other = strips.size() != m_strips.size();
    m_strips = std::move(strips);
    if (other) arrange();
    viewport()->update();
}

void Plot::setLabels(std::vector<Label> labels) {
    m_labels = std::move(labels);
    viewport()->update();
}

void Plot::setEnds(std::vector<End> ends) {
    m_ends = std::move(ends);
    viewport()->update();
}

void Plot::setCrosshair(std::optional<double> at, std::vector<Dot> dots) {
    m_crosshair = at;
    m_dots = std::move(dots);
    viewport()->update();
}

void Plot::setBand(std::optional<Range> band) {
    m_band = band;
    viewport()->update();
}

QPointF Plot::toScene(double x, double y) const {
    const QRectF area = plotArea();
    return {area.left() + (x - m_x.from) / m_x.length() * area.width(),
            area.bottom() - (y - m_y.from) / m_y.length() * area.height()};
}

double Plot::valueAt(double sceneX) const {
    const QRectF area = plotArea();
    return m_x.from + (sceneX - area.left()) / std::max(1.0, area.width()) * m_x.length();
}

double Plot::heightAt(double sceneY) const {
    const QRectF area = plotArea();
    return m_y.from + (area.bottom() - sceneY) / std::max(1.0, area.height()) * m_y.length();
}

void Plot::refreshTicks() {
    const QRectF area = plotArea();
    const auto count = [](double pixels, int each) { return std::max(2, static_cast<int>(pixels / each)); };
    const auto ticksOf = [&](const AxisLook& look, const Range& range, int wanted) {
        switch (look.kind) {
            case AxisLook::Kind::Number:
                return numberTicks(range.from, range.to, wanted);
            case AxisLook::Kind::Time:
                return timeTicks(tickInstant(range.from), tickInstant(range.to), wanted, look.zone);
            case AxisLook::Kind::Categories:
                break;
        }
        return look.ticks;
    };
    m_ticksX = ticksOf(
        m_lookX, m_x,
        count(area.width(), m_lookX.kind == AxisLook::Kind::Time ? m_theme.scaled(kPixelsPerTimeTick)
                                                                 : m_theme.scaled(kPixelsPerNumberTickX)));
    m_ticksY = ticksOf(m_lookY, m_y, count(area.height(), m_theme.scaled(kPixelsPerTickY)));
}

void Plot::arrange() {
    chart()->resize(size());
    const QFontMetrics figures(m_theme.font(TextStyle::CodeSmall));
    const int title = m_lookY.title.isEmpty() ? 0 : m_theme.lineHeight(TextStyle::Caption) + metrics::kStep;
    int labels = 0;
    refreshTicks();
    for (const Tick& tick : m_ticksY) labels = std::max(labels, figures.horizontalAdvance(tick.label));
    labels = std::min(labels, width() / 3);
    const int bottom =
        m_theme.lineHeight(TextStyle::CodeSmall) + kTickGap + heightOfStrips() +
        (m_lookX.title.isEmpty() ? 0 : m_theme.lineHeight(TextStyle::Caption) + metrics::kStep);
    const int top = m_marks.empty() ? kTop : kTop + m_theme.scaled(kMarksHeight);
    chart()->setPlotArea(QRectF(title + labels + 2 * kTickGap, top,
                                std::max(10, width() - title - labels - 2 * kTickGap - kRight),
                                std::max(10, height() - top - bottom)));
    refreshTicks();
    m_layer.forget();
    viewport()->update();
    Q_EMIT arranged();
}

void Plot::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    arrange();
}

void Plot::drawBackground(QPainter* painter, const QRectF&) {
    paintAxes(*painter);
    paintStrips(*painter);
    paintCutLines(*painter);
    m_layer.paintInto(*painter,
                      plotArea().adjusted(-kLayerMargin, -kLayerMargin, kLayerMargin, kLayerMargin));
}

void Plot::drawForeground(QPainter* painter, const QRectF&) {
    paintOverlays(*painter);
    paintCrosshair(*painter);
}

void Plot::paintAxes(QPainter& painter) const {
    const Tokens& tokens = m_theme.tokens();
    const QRectF area = plotArea();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(m_theme.font(TextStyle::CodeSmall));
    const QFontMetrics figures(painter.font());
    const int line = m_theme.lineHeight(TextStyle::CodeSmall);
    double lastRight = -1e9;
    for (const Tick& tick : m_ticksX) {
        const double x = std::round(toScene(tick.at, 0).x());
        if (m_lookX.kind != AxisLook::Kind::Categories) {
            painter.setPen(tokens.line);
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        }
        const int wide = figures.horizontalAdvance(tick.label);
        const double at = std::clamp(x - wide / 2.0, 0.0, std::max(0.0, width() - wide - 1.0));
        if (at < lastRight + metrics::kGrid) continue;  // no label over another
        lastRight = at + wide;
        painter.setPen(tokens.dim);
        painter.drawText(QRectF(at, area.bottom() + heightOfStrips() + kTickGap, wide + 2, line),
                         Qt::AlignLeft | Qt::AlignVCenter, tick.label);
    }
    for (const Tick& tick : m_ticksY) {
        const double y = std::round(toScene(0, tick.at).y());
        if (m_lookY.kind != AxisLook::Kind::Categories) {
            painter.setPen(tokens.line);
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        }
        painter.setPen(tokens.dim);
        const QRectF box(0, y - line / 2.0, area.left() - kTickGap, line);
        const QString label = figures.elidedText(tick.label, Qt::ElideMiddle, static_cast<int>(box.width()));
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, label);
    }
    painter.setPen(tokens.line2);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(tokens.dim);
    const int caption = m_theme.lineHeight(TextStyle::Caption);
    painter.drawText(QRectF(area.left(), height() - caption, area.width(), caption), Qt::AlignCenter,
                     m_lookX.title);
    painter.translate(0, area.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-area.height() / 2, 0, area.height(), caption), Qt::AlignCenter, m_lookY.title);
    painter.restore();
}

void Plot::paintOverlays(QPainter& painter) const {
    const Tokens& tokens = m_theme.tokens();
    const QRectF area = plotArea();
    painter.save();
    painter.setClipRect(area.adjusted(-1, -area.top(), kRight, 1));
    painter.setFont(m_theme.font(TextStyle::Caption));
    const int caption = m_theme.lineHeight(TextStyle::Caption);
    if (m_provisional && m_provisional->to > m_x.from && m_provisional->from < m_x.to) {
        QRectF span(QPointF(toScene(m_provisional->from, 0).x(), area.top()),
                    QPointF(toScene(m_provisional->to, 0).x(), area.bottom()));
        span = span.intersected(area);
        painter.fillRect(span, shaded(tokens.accent, Shade::Zone));
        painter.fillRect(
            span, hatchBrush(shaded(tokens.accent, Shade::Hatch), painter.device()->devicePixelRatioF()));
        painter.setPen(QPen(tokens.accent, 1, Qt::DashLine));
        painter.drawLine(span.topLeft(), span.bottomLeft());
        const QString words = tr("Open · provisional");
        const QRectF label(span.left() - 200 - metrics::kStep, span.bottom() - caption - metrics::kStep, 200,
                           caption);
        painter.setPen(tokens.accent);
        if (label.left() + 100 > area.left())
            painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter, words);
    }
    if (m_threshold) {
        const double y = toScene(0, *m_threshold).y();
        if (y >= area.top() && y <= area.bottom()) {
            painter.fillRect(QRectF(area.topLeft(), QPointF(area.right(), y)),
                             shaded(tokens.error.line, Shade::Zone));
            painter.setPen(QPen(tokens.error.line, 1.5, Qt::DashLine));
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
            painter.setPen(tokens.error.text);
            painter.drawText(QRectF(area.left(), y - caption - 2, area.width() - metrics::kGrid, caption),
                             Qt::AlignRight | Qt::AlignVCenter, m_thresholdText);
        }
    }
    paintStates(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const End& end : m_ends) {
        if (end.at.y() < m_y.from || end.at.y() > m_y.to) continue;
        painter.setPen(QPen(end.color, 2));
        painter.setBrush(end.open ? tokens.panel : end.color);
        painter.drawEllipse(toScene(end.at.x(), end.at.y()), kEnd, kEnd);
    }
    painter.setFont(m_theme.font(TextStyle::CodeSmall));
    painter.setPen(tokens.text);
    for (const Label& label : m_labels) {
        const QPointF at = toScene(label.x, label.y);
        painter.drawText(
            QRectF(at.x() + kTickGap, at.y() - caption / 2.0, area.right() - at.x() + kRight, caption),
            Qt::AlignLeft | Qt::AlignVCenter, label.text);
    }
    painter.setFont(m_theme.font(TextStyle::Caption));
    // Each mark's words stand on the first of three lines where they fit beside the others': two above the
    // picture, one in it.
    const QFontMetrics words(painter.font());
    std::array<double, 3> ends{-1e9, -1e9, -1e9};
    const std::array<double, 3> tops{area.top() - caption, area.top() - 2 * caption, area.top() + 1};
    for (const Tick& mark : m_marks) {
        if (mark.at < m_x.from || mark.at > m_x.to) continue;
        const double x = std::round(toScene(mark.at, 0).x());
        painter.setPen(QPen(tokens.text, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        const double wide = words.horizontalAdvance(mark.label);
        const double left = std::clamp(x - wide / 2, area.left(), area.right() - wide);
        std::size_t line = 0;
        while (line + 1 < ends.size() && left < ends[line] + metrics::kGrid) ++line;
        const QRectF place(left, tops[line], wide + 2, caption);
        if (line + 1 == ends.size()) painter.fillRect(place, tokens.panel);
        painter.setPen(tokens.text);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, mark.label);
        ends[line] = left + wide;
    }
    painter.restore();
}

void Plot::paintCrosshair(QPainter& painter) const {
    const Tokens& tokens = m_theme.tokens();
    const QRectF area = plotArea();
    painter.save();
    if (m_crosshair && *m_crosshair >= m_x.from && *m_crosshair <= m_x.to) {
        const double x = std::round(toScene(*m_crosshair, 0).x());
        painter.setPen(QPen(tokens.text, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        for (const Dot& dot : m_dots) {
            painter.setPen(QPen(tokens.panel, 2));
            painter.setBrush(dot.color);
            painter.drawEllipse(QPointF(x, toScene(0, dot.value).y()), 5, 5);
        }
    }
    if (m_band) {
        const QRectF band(QPointF(toScene(m_band->from, 0).x(), area.top()),
                          QPointF(toScene(m_band->to, 0).x(), area.bottom()));
        painter.fillRect(band, shaded(tokens.accent, Shade::Band));
        painter.setPen(tokens.accent);
        painter.drawLine(band.topLeft(), band.bottomLeft());
        painter.drawLine(band.topRight(), band.bottomRight());
    }
    if (m_drag == Drag::Box) {
        painter.setPen(tokens.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(m_dragFrom, m_dragTo).normalized().intersected(area));
    }
    painter.restore();
}

void Plot::paintTo(QPainter& painter, const QRectF& rect) {
    const auto crosshair = std::exchange(m_crosshair, std::nullopt);
    // Qt clips lines to the plot, but does not write that into SVG files.
    if (painter.paintEngine()->type() == QPaintEngine::SVG) {
        for (QAbstractSeries* series : chart()->series()) {
            auto* line = qobject_cast<QLineSeries*>(series);
            if (line && line->isVisible()) m_cutLines.append(line);
        }
    }
    for (QLineSeries* line : m_cutLines) line->hide();
    render(&painter, rect, viewport()->rect());
    for (QLineSeries* line : m_cutLines) line->show();
    m_cutLines.clear();
    m_crosshair = crosshair;
}

void Plot::paintCut(QPainter& painter, const QList<QPointF>& line, const QPen& pen) const {
    const QRectF area = plotArea();
    QPainterPath path;
    for (qsizetype i = 1; i < line.size(); ++i) {
        const auto part = partWithin(QLineF(line[i - 1], line[i]), area.top(), area.bottom());
        if (!part) continue;
        if (path.isEmpty() || path.currentPosition() != part->p1()) path.moveTo(part->p1());
        path.lineTo(part->p2());
    }
    painter.strokePath(path, pen);
}

void Plot::paintCutLines(QPainter& painter) const {
    for (const QLineSeries* series : m_cutLines) {
        QList<QPointF> line = series->points();
        for (QPointF& point : line) point = toScene(point.x(), point.y());
        paintCut(painter, line, series->pen());
    }
}

}  // namespace rw::ui
