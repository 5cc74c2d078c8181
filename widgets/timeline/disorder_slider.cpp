#include "widgets/timeline/disorder_slider.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "core/base/figures.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/timeline/disorder_figures.h"

namespace rw::ui {

namespace {

constexpr int kScale = 42;  // beside the bars, for the numbers of rows
constexpr int kPlot = 80, kUsualWidth = 264, kLeastWidth = 160;
constexpr int kHandle = 12, kNowRing = 8, kGroove = 4;
constexpr int kMostBars = 20, kTicks = 5;
constexpr double kBelowOne = 0.3;  // decades, so that a single row has a bar

double decadesOf(std::uint64_t rows) {
    return rows == 0 ? 0 : std::log10(static_cast<double>(rows)) + kBelowOne;
}

}  // namespace

DisorderSlider::DisorderSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
    setSingleStep(1);
    setPageStep(10);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QSlider::valueChanged, this, [this](int value) {
        if (m_setting) return;
        m_chosen = value * m_behind.width();
        update();
        Q_EMIT delayChosen(m_chosen);
    });
    connect(&Theme::of(this), &Theme::changed, this, &QWidget::updateGeometry);
}

void DisorderSlider::set(const TimeCounts& behind, Millis now, Millis chosen, Millis axisEnd) {
    m_behind = behind;
    m_now = now;
    m_chosen = chosen;
    m_end = std::max<Millis>(axisEnd, 1);
    m_setting = true;
    setRange(0, static_cast<int>(m_end / m_behind.width()));
    setValue(static_cast<int>(std::min(chosen, m_end) / m_behind.width()));
    m_setting = false;
    update();
}

QString DisorderSlider::spoken() const {
    QStringList words{tr("Now %1, new %2").arg(DisorderWords::delay(m_now), DisorderWords::delay(m_chosen))};
    if (const auto within = m_behind.within(kNearlyAll))
        words << tr("%1 of the rows lie within %2 of the newest")
                     .arg(DisorderWords::nearlyAll(), DisorderWords::delay(*within));
    return words.join(QStringLiteral("; "));
}

QSize DisorderSlider::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const int line = theme.lineHeight(TextStyle::Caption);
    return {theme.scaled(kUsualWidth),
            theme.scaled(kPlot) + line * 5 / 2 + theme.scaled(metrics::kMinimumTarget)};
}

QSize DisorderSlider::minimumSizeHint() const {
    return {Theme::of(this).scaled(kLeastWidth), sizeHint().height()};
}

QRect DisorderSlider::plotRect() const {
    const Theme& theme = Theme::of(this);
    // Above it the words of the lines, and half of the topmost number of its scale.
    const int left = theme.scaled(kScale), top = theme.lineHeight(TextStyle::Caption) * 3 / 2;
    return {left, top, width() - left - kHandle / 2, axisTop() - top};
}

int DisorderSlider::axisTop() const {
    const Theme& theme = Theme::of(this);
    return height() - theme.lineHeight(TextStyle::Caption) - theme.scaled(metrics::kMinimumTarget);
}

double DisorderSlider::placeOf(Millis delay) const {
    const QRect plot = plotRect();
    const double share = static_cast<double>(std::min(delay, m_end)) / static_cast<double>(m_end);
    return plot.left() + share * plot.width();
}

std::vector<DisorderSlider::Bar> DisorderSlider::bars() const {
    const Millis width = m_behind.width();
    const Millis bins = std::max<Millis>((m_end / width + kMostBars - 1) / kMostBars, 1);
    std::vector<Bar> bars;
    for (Millis from = 0; from < m_end; from += bins * width) {
        const Millis to = std::min(from + bins * width, m_end);
        const bool last = to == m_end;
        bars.push_back({from, to, m_behind.atLeast(from) - (last ? 0 : m_behind.atLeast(to))});
    }
    return bars;
}

void DisorderSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect plot = plotRect();
    double most = 0;
    for (const Bar& bar : bars()) most = std::max(most, decadesOf(bar.rows));
    const double decades = std::max(1.0, std::ceil(most - kBelowOne)) + kBelowOne;
    paintScale(painter, plot, decades);
    paintBars(painter, plot, decades);
    paintMarks(painter, plot);
    paintGroove(painter);
}

/// Powers of ten at the left, times below; so many of each as have room.
void DisorderSlider::paintScale(QPainter& painter, const QRect& plot, double decades) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const int line = theme.lineHeight(TextStyle::Caption);
    painter.setFont(theme.font(TextStyle::CodeSmall));
    int free = plot.bottom() + line;
    for (int decade = 0; decade < decades; ++decade) {
        const int y = plot.bottom() - static_cast<int>((decade + kBelowOne) / decades * plot.height());
        if (y + line / 2 > free) continue;
        painter.setPen(t.line);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(t.dim);
        painter.drawText(QRect(0, y - line / 2, plot.left() - metrics::kStep, line),
                         Qt::AlignRight | Qt::AlignVCenter, roundedText(std::pow(10.0, decade)));
        free = y - line / 2;
    }
    painter.setPen(t.line2);
    painter.drawLine(plot.left(), plot.bottom(), plot.right(), plot.bottom());
    painter.setPen(t.dim);
    const Millis unit = axisUnit(m_end);
    const double last = static_cast<double>(m_end) / static_cast<double>(unit);
    for (const Tick& tick : numberTicks(0, last, kTicks)) {
        const int x = static_cast<int>(placeOf(static_cast<Millis>(tick.at * static_cast<double>(unit))));
        const int wide = painter.fontMetrics().horizontalAdvance(tick.label);
        painter.drawText(QRect(std::min(x - wide / 2, width() - wide), plot.bottom() + 1, wide, line),
                         Qt::AlignVCenter, tick.label);
    }
}

/// What is within both delays in the accent, what is behind both in the colour of late rows; hatched between.
/// A delay may lie inside a bar.
void DisorderSlider::paintBars(QPainter& painter, const QRect& plot, double decades) const {
    const Tokens& t = Theme::of(this).tokens();
    const double ratio = devicePixelRatioF();
    const int first = static_cast<int>(placeOf(std::min(m_now, m_chosen)));
    const int second = static_cast<int>(placeOf(std::max(m_now, m_chosen)));
    const QRect within(plot.left(), 0, first - plot.left(), height());
    const QRect between(first, 0, second - first, height()), behind(second, 0, width() - second, height());
    for (const Bar& bar : bars()) {
        if (bar.rows == 0) continue;
        const int left = static_cast<int>(placeOf(bar.from)), right = static_cast<int>(placeOf(bar.to));
        const int high = std::max(1, static_cast<int>(decadesOf(bar.rows) / decades * plot.height()));
        const QRect place(left, plot.bottom() - high, std::max(1, right - left - 1), high);
        painter.fillRect(place & within, t.accent);
        painter.fillRect(place & between, t.warn.tint);
        painter.fillRect(place & between, hatchBrush(t.warn.line, ratio));
        painter.fillRect(place & behind, t.warn.line);
    }
}

/// The words at the lines: where both have no room the new one's stay. Those about the rows are beside them
/// where there is room, else below.
void DisorderSlider::paintMarks(QPainter& painter, const QRect& plot) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const int line = theme.lineHeight(TextStyle::Caption);
    const int nowAt = static_cast<int>(placeOf(m_now)), chosenAt = static_cast<int>(placeOf(m_chosen));
    const bool differ = m_now != m_chosen;
    painter.setPen(QPen(t.dim, 1, Qt::DashLine));
    painter.drawLine(nowAt, 0, nowAt, plot.bottom());
    const QFontMetrics plain(theme.font(TextStyle::Caption)), strong(theme.font(TextStyle::CaptionStrong));
    const QString now = tr("now"), chosen = tr("new");
    const auto placeBeside = [&](int x, int wide) {
        return x + metrics::kStep + wide <= width() ? x + metrics::kStep : x - metrics::kStep - wide;
    };
    QRect taken;
    if (differ) {
        painter.setPen(QPen(t.accent, 2));
        painter.drawLine(chosenAt, 0, chosenAt, plot.bottom());
        painter.setFont(theme.font(TextStyle::CaptionStrong));
        const int wide = strong.horizontalAdvance(chosen) + 1;
        taken = {placeBeside(chosenAt, wide), 0, wide, line};
        painter.drawText(taken, Qt::AlignVCenter, chosen);
    }
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(t.dim);
    const int wide = plain.horizontalAdvance(now) + 1;
    QRect nowRect(placeBeside(nowAt, wide), 0, wide, line);
    const QRect line2(chosenAt - 1, 0, 3, line);
    if (differ && (nowRect.intersects(taken) || nowRect.intersects(line2)))
        nowRect.moveRight(nowAt - metrics::kStep);
    if (!differ || (!nowRect.intersects(taken) && !nowRect.intersects(line2) && nowRect.left() >= 0)) {
        painter.drawText(nowRect, Qt::AlignVCenter, now);
        taken |= nowRect;
    }
    const auto within = m_behind.within(kNearlyAll);
    if (!within) return;
    const QString words = tr("%1 within %2").arg(DisorderWords::nearlyAll(), DisorderWords::delay(*within));
    const int needed = plain.horizontalAdvance(words) + 1;
    QRect place(width() - needed, 0, needed, line);
    const int last = std::max({taken.right(), nowAt, differ ? chosenAt : 0}) + metrics::kGrid;
    const int first = std::min({taken.left(), nowAt, differ ? chosenAt : nowAt}) - metrics::kGrid;
    if (place.left() < last && needed <= first) {
        place.moveRight(first);
    } else if (place.left() < last) {
        place.moveTop(line);
        painter.fillRect(place, t.panel);  // bars may be there
    }
    painter.drawText(place, Qt::AlignVCenter, words);
}

void DisorderSlider::paintGroove(QPainter& painter) const {
    const Tokens& t = Theme::of(this).tokens();
    const QRect plot = plotRect();
    const double middle = height() - Theme::of(this).scaled(metrics::kMinimumTarget) / 2.0;
    const double at = placeOf(m_chosen);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.line2);
    painter.drawRoundedRect(QRectF(plot.left(), middle - kGroove / 2.0, plot.width(), kGroove),
                            metrics::kBarRadius, metrics::kBarRadius);
    painter.setBrush(isEnabled() ? t.accent : t.disabled);
    painter.drawRoundedRect(QRectF(plot.left(), middle - kGroove / 2.0, at - plot.left(), kGroove),
                            metrics::kBarRadius, metrics::kBarRadius);
    painter.setPen(QPen(t.dim, 2));
    painter.setBrush(t.panel);
    painter.drawEllipse(QPointF(placeOf(m_now), middle), kNowRing / 2.0, kNowRing / 2.0);
    if (!isEnabled()) return;
    painter.setPen(QPen(hasFocus() ? t.text : t.panel, metrics::kFocusRing));
    painter.setBrush(t.accent);
    painter.drawEllipse(QPointF(at, middle), kHandle / 2.0, kHandle / 2.0);
}

void DisorderSlider::keyPressEvent(QKeyEvent* event) {
    // The panel takes them, wherever the keyboard is.
    if (event->key() == Qt::Key_BracketLeft || event->key() == Qt::Key_BracketRight) return event->ignore();
    QSlider::keyPressEvent(event);
}

void DisorderSlider::take(double x) {
    const QRect plot = plotRect();
    const double share = std::clamp((x - plot.left()) / std::max(plot.width(), 1), 0.0, 1.0);
    setValue(static_cast<int>(std::lround(share * maximum())));
}

void DisorderSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    setSliderDown(true);
    take(event->position().x());
}

void DisorderSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) take(event->position().x());
}

void DisorderSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) setSliderDown(false);
}

/// It scrolls the panel.
void DisorderSlider::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

bool DisorderSlider::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const Bar& bar : bars()) {
        if (help->pos().x() < placeOf(bar.from) || help->pos().x() >= placeOf(bar.to)) continue;
        const QString rows = translated(
            figures::counted(bar.rows, RW_TEXT("timeline", "1 row"), RW_TEXT("timeline", "%1 rows")));
        const QString from = DisorderWords::delay(bar.from), to = DisorderWords::delay(bar.to);
        const QString words = bar.to == m_end ? tr("%1 and more behind: %2").arg(from, rows)
                                              : tr("%1 – %2 behind: %3").arg(from, to, rows);
        QToolTip::showText(help->globalPos(), tipText(words), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

}  // namespace rw::ui
