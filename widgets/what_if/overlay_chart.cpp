#include "widgets/what_if/overlay_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/base/figures.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/ab_slider.h"

namespace rw::ui {

namespace {

constexpr int kLeastAcross = 240, kLeastUp = 140, kUsualHeight = 280, kMarkEvery = 120, kMarkUp = 48;
constexpr int kShownDigits = 12;  ///< the last ones of a difference are the rounding of both numbers
constexpr double kLine = 2, kDot = 4, kRing = 2;
constexpr std::size_t kPointsPerPixel = 4;  ///< more of them are drawn by the least and the most

const QPointF* pointAt(const std::vector<QPointF>& points, double time) {
    const auto found = std::lower_bound(points.begin(), points.end(), time,
                                        [](const QPointF& point, double at) { return point.x() < at; });
    return found != points.end() && found->x() == time ? &*found : nullptr;
}

void widen(Range& range, const std::vector<QPointF>& points, bool& any) {
    for (const QPointF& point : points) {
        range.from = any ? std::min(range.from, point.y()) : point.y();
        range.to = any ? std::max(range.to, point.y()) : point.y();
        any = true;
    }
}

QString differenceText(double difference) {
    return (difference > 0 ? QStringLiteral("+") : QString()) +
           shownNumber(figures::tidy(difference, kShownDigits));
}

}  // namespace

OverlayChart::OverlayChart(QWidget* parent) : QWidget(parent), m_tip(new ChartTooltip(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize OverlayChart::sizeHint() const {
    return {2 * kLeastAcross, kUsualHeight};
}

QSize OverlayChart::minimumSizeHint() const {
    return {kLeastAcross, kLeastUp};
}

std::vector<OverlayChart::Curve> OverlayChart::curves() const {
    std::vector<Curve> all{{CompareSide::A, &m_series.a}, {m_series.shown, &m_series.b}};
    for (const VariantCurve& other : m_series.others) all.push_back({other.side, &other.points});
    std::sort(all.begin(), all.end(),
              [](const Curve& one, const Curve& other) { return numberOf(one.side) < numberOf(other.side); });
    return all;
}

void OverlayChart::setSeries(ResultSeries series, const QString& name) {
    m_series = std::move(series);
    m_name = name;
    m_times.clear();
    for (const Curve& curve : curves()) {
        for (const QPointF& point : *curve.points) m_times.push_back(point.x());
    }
    std::sort(m_times.begin(), m_times.end());
    m_times.erase(std::unique(m_times.begin(), m_times.end()), m_times.end());
    bool any = false;
    Range values;
    for (const Curve& curve : curves()) widen(values, *curve.points, any);
    const bool fromZero = values.from >= 0 && values.from <= values.to / 2;
    m_values = any ? roundRange(values.from, values.to, fromZero) : Range();
    m_across = m_times.empty() ? Range() : Range{m_times.front(), m_times.back()};
    if (!m_series.spans.empty()) m_across.to = std::max(m_across.to, m_series.spans.back().second);
    if (m_across.to <= m_across.from) m_across.to = m_across.from + 1;
    if (m_marked && !std::binary_search(m_times.begin(), m_times.end(), *m_marked)) m_marked.reset();
    m_tip->hide();
    describe();
    update();
}

void OverlayChart::setStale(bool stale) {
    if (stale == m_stale) return;
    m_stale = stale;
    update();
}

void OverlayChart::mark(std::optional<double> time) {
    if (time && !std::binary_search(m_times.begin(), m_times.end(), *time)) time.reset();
    if (time == m_marked) return;
    m_marked = time;
    m_tip->hide();
    describe();
    update();
}

QRectF OverlayChart::plot() const {
    const Theme& theme = Theme::of(this);
    const QFontMetrics small(theme.font(TextStyle::CodeSmall));
    int widest = 0;
    for (const Tick& tick : numberTicks(m_values.from, m_values.to, std::max(2, height() / kMarkUp)))
        widest = std::max(widest, small.horizontalAdvance(tick.label));
    const int below = small.height() + metrics::kGrid + theme.lineHeight(TextStyle::Caption);
    const int above = theme.lineHeight(TextStyle::Caption) + metrics::kStep;
    return QRectF(widest + 2 * metrics::kGrid, above, std::max(1, width() - widest - 3 * metrics::kGrid),
                  std::max(1, height() - below - above));
}

QPointF OverlayChart::placeOf(const QPointF& point) const {
    const QRectF room = plot();
    return {room.left() + (point.x() - m_across.from) / m_across.length() * room.width(),
            room.bottom() - (point.y() - m_values.from) / m_values.length() * room.height()};
}

/// Of very many points in one pixel the least and the most: what is seen is the same.
QPolygonF OverlayChart::line(const std::vector<QPointF>& points) const {
    const QRectF room = plot();
    const double perTime = room.width() / m_across.length(), perValue = room.height() / m_values.length();
    const auto placed = [&](const QPointF& point) {
        return QPointF(room.left() + (point.x() - m_across.from) * perTime,
                       room.bottom() - (point.y() - m_values.from) * perValue);
    };
    QPolygonF out;
    const bool many = points.size() > kPointsPerPixel * static_cast<std::size_t>(std::max(1, width()));
    if (!many) {
        for (const QPointF& point : points) out << placed(point);
        return out;
    }
    for (std::size_t i = 0; i < points.size();) {
        const QPointF first = placed(points[i]);
        const double pixel = std::floor(first.x());
        double low = first.y(), high = first.y();
        for (; i < points.size() && std::floor(placed(points[i]).x()) <= pixel; ++i) {
            low = std::max(low, placed(points[i]).y());
            high = std::min(high, placed(points[i]).y());
        }
        out << QPointF(pixel, low) << QPointF(pixel, high);
    }
    return out;
}

void OverlayChart::paintAxes(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const QRectF room = plot();
    painter.setFont(theme.font(TextStyle::CodeSmall));
    const QFontMetrics small = painter.fontMetrics();
    const int rows = std::max(2, static_cast<int>(room.height()) / kMarkUp);
    for (const Tick& tick : numberTicks(m_values.from, m_values.to, rows)) {
        const double y = placeOf({m_across.from, tick.at}).y();
        painter.setPen(t.line);
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y));
        painter.setPen(t.dim);
        painter.drawText(QRectF(0, y - small.height() / 2.0, room.left() - metrics::kGrid, small.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    double free = 0;
    const int columns = std::max(2, static_cast<int>(room.width()) / theme.scaled(kMarkEvery));
    for (const Tick& tick : timeTicks(static_cast<Instant>(m_across.from), static_cast<Instant>(m_across.to),
                                      columns, QTimeZone::utc())) {
        const double x = placeOf({tick.at, m_values.from}).x();
        painter.setPen(t.line);
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()));
        const double wide = small.horizontalAdvance(tick.label);
        const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        if (left < free) continue;
        free = left + wide + metrics::kGrid;
        painter.setPen(t.dim);
        painter.drawText(QRectF(left, room.bottom() + metrics::kStep, wide + 1, small.height()),
                         Qt::AlignCenter, tick.label);
    }
    painter.setPen(t.dim);
    painter.setFont(theme.font(TextStyle::Caption));
    const int line = theme.lineHeight(TextStyle::Caption);
    painter.drawText(
        QRectF(room.left(), 0, room.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_name, Qt::ElideRight, static_cast<int>(room.width())));
    painter.drawText(QRectF(room.left(), height() - line, room.width(), line),
                     Qt::AlignHCenter | Qt::AlignVCenter, tr("Event time, UTC"));
}

/// The room between A and the variant on show: where there is some they differ.
void OverlayChart::paintBetween(QPainter& painter) const {
    if (m_series.a.empty() || m_series.b.empty()) return;
    QPolygonF around = line(m_series.a);
    const QPolygonF back = line(m_series.b);
    for (auto point = back.rbegin(); point != back.rend(); ++point) around << *point;
    painter.setPen(Qt::NoPen);
    painter.setBrush(shaded(colorOf(m_series.shown), Shade::Band));
    painter.drawPolygon(around, Qt::OddEvenFill);
}

void OverlayChart::paintMark(QPainter& painter) const {
    if (!m_marked) return;
    const Tokens& t = Theme::of(this).tokens();
    const QRectF room = plot();
    const double x = placeOf({*m_marked, m_values.from}).x();
    painter.setPen(QPen(t.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()));
    for (const Curve& curve : curves()) {
        const QPointF* const at = pointAt(*curve.points, *m_marked);
        if (at == nullptr) continue;
        painter.setPen(QPen(t.card, kRing));
        painter.setBrush(colorOf(curve.side));
        painter.drawEllipse(placeOf(*at), kDot, kDot);
    }
}

void OverlayChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxes(painter);
    const QRectF room = plot();
    painter.save();
    painter.setClipRect(room.adjusted(-kDot, -kDot, kDot, kDot));
    if (m_stale) painter.setOpacity(opacityOf(Shade::Stale));
    paintBetween(painter);
    painter.setBrush(Qt::NoBrush);
    const std::vector<Curve> drawn = curves();
    for (auto curve = drawn.rbegin(); curve != drawn.rend(); ++curve) {  // A is never hidden
        const std::vector<QPointF>& points = *curve->points;
        painter.setPen(penOf(curve->side, kLine));
        painter.drawPolyline(line(points));
        if (points.size() != 1) continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colorOf(curve->side));
        painter.drawEllipse(placeOf(points.front()), kDot, kDot);
        painter.setBrush(Qt::NoBrush);
    }
    painter.restore();
    paintMark(painter);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(Theme::of(this).tokens().accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

std::optional<double> OverlayChart::nearest(double x) const {
    if (m_times.empty()) return std::nullopt;
    const QRectF room = plot();
    const double time = m_across.from + (x - room.left()) / room.width() * m_across.length();
    const auto after = std::lower_bound(m_times.begin(), m_times.end(), time);
    if (after == m_times.end()) return m_times.back();
    if (after == m_times.begin()) return m_times.front();
    const double before = *std::prev(after);
    return time - before < *after - time ? before : *after;
}

void OverlayChart::point(std::optional<double> time) {
    mark(time);
    if (!m_marked) return m_tip->hide();
    showTip();
    Q_EMIT pointed(*m_marked);
}

void OverlayChart::showTip() {
    std::vector<ChartTooltip::Row> rows;
    for (const Curve& curve : curves()) {
        const QPointF* const at = pointAt(*curve.points, *m_marked);
        rows.push_back(
            {colorOf(curve.side), letterOf(curve.side), at != nullptr ? shownNumber(at->y()) : tr("none")});
    }
    const QPointF *const a = pointAt(m_series.a, *m_marked), *const b = pointAt(m_series.b, *m_marked);
    QString note;
    if (a != nullptr && b != nullptr)
        note = tr("%1 − A: %2").arg(letterOf(m_series.shown), differenceText(b->y() - a->y()));
    m_tip->showAt(placeOf({*m_marked, (m_values.from + m_values.to) / 2}).toPoint(), spanWords(*m_marked),
                  note, std::move(rows));
}

QString OverlayChart::spanWords(double time) const {
    const auto span = std::lower_bound(m_series.spans.begin(), m_series.spans.end(), time,
                                       [](const auto& each, double at) { return each.first < at; });
    if (span == m_series.spans.end() || span->first != time) return eventTimeText(static_cast<Instant>(time));
    return spanText(static_cast<Instant>(time), static_cast<Instant>(span->second), QTimeZone::utc());
}

QString OverlayChart::words() const {
    if (!m_marked) return {};
    QStringList parts{spanWords(*m_marked)};
    for (const Curve& curve : curves()) {
        const QPointF* const at = pointAt(*curve.points, *m_marked);
        parts << letterOf(curve.side) + u' ' + (at != nullptr ? shownNumber(at->y()) : tr("none"));
    }
    return parts.join(QStringLiteral(", "));
}

/// For screen readers.
void OverlayChart::describe() {
    setAccessibleName(m_series.others.empty() ? tr("%1 of A and B over event time").arg(m_name)
                                              : tr("%1 of A and its variants over event time").arg(m_name));
    setAccessibleDescription(m_marked ? words() : tr("Arrow keys go from time to time"));
}

void OverlayChart::mouseMoveEvent(QMouseEvent* event) {
    const QRectF room = plot();
    const QPointF at = event->position();
    const bool inside = room.adjusted(-kDot, 0, kDot, 0).contains(at);
    point(inside ? nearest(at.x()) : std::nullopt);
}

void OverlayChart::leaveEvent(QEvent* event) {
    point(std::nullopt);
    QWidget::leaveEvent(event);
}

void OverlayChart::keyPressEvent(QKeyEvent* event) {
    const bool right = event->key() == Qt::Key_Right, left = event->key() == Qt::Key_Left;
    const bool home = event->key() == Qt::Key_Home, end = event->key() == Qt::Key_End;
    if (m_times.empty() || (!right && !left && !home && !end)) return QWidget::keyPressEvent(event);
    if (home || end || !m_marked) return point(left || end ? m_times.back() : m_times.front());
    auto at = std::lower_bound(m_times.begin(), m_times.end(), *m_marked);
    if (right && std::next(at) != m_times.end()) ++at;
    if (left && at != m_times.begin()) --at;
    point(*at);
}

void OverlayChart::focusOutEvent(QFocusEvent* event) {
    m_tip->hide();
    QWidget::focusOutEvent(event);
}

void OverlayChart::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        describe();
        update();
    }
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
