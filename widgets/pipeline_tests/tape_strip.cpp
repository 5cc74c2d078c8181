#include "widgets/pipeline_tests/tape_strip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kStripHeight = 72, kUsualStrip = 480, kLeastStrip = 160, kGrip = 6, kEndWidth = 2;
constexpr Millis kStepShare = 100;  ///< that part of the tape is a step of the keys

}  // namespace

TapeStrip::TapeStrip(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TapeStrip::setTape(std::vector<std::uint64_t> bars, TapeSpan all) {
    m_bars = std::move(bars);
    m_all = all;
    m_span = within(m_span);
    update();
}

void TapeStrip::setSpan(TapeSpan span) {
    span = within(span);
    if (span == m_span) return;
    m_span = span;
    update();
}

TapeSpan TapeStrip::within(TapeSpan span) const {
    const auto inside = [this](Millis at) {
        return std::clamp(at, m_all.from, std::max(m_all.from, m_all.until));
    };
    if (span.from > span.until) std::swap(span.from, span.until);
    return {inside(span.from), inside(span.until)};
}

void TapeStrip::choose(TapeSpan span) {
    const TapeSpan before = m_span;
    setSpan(span);
    if (!(before == m_span)) Q_EMIT spanChanged();
}

QRect TapeStrip::room() const {
    return rect().adjusted(kGrip, metrics::kFocusRing, -kGrip, -metrics::kFocusRing);
}

int TapeStrip::placeOf(Millis time) const {
    const QRect line = room();
    const Millis whole = m_all.until - m_all.from;
    if (whole <= 0) return time > m_all.from ? line.right() : line.left();
    const double share = static_cast<double>(time - m_all.from) / static_cast<double>(whole);
    return line.left() + qRound(std::clamp(share, 0.0, 1.0) * (line.width() - 1));
}

Millis TapeStrip::timeAt(int x) const {
    const QRect line = room();
    if (x <= line.left() || line.width() < 2) return m_all.from;
    if (x >= line.right()) return m_all.until;
    const double share = static_cast<double>(x - line.left()) / (line.width() - 1);
    return m_all.from + static_cast<Millis>(share * static_cast<double>(m_all.until - m_all.from));
}

bool TapeStrip::isNear(int x, Millis end) const {
    return std::abs(x - placeOf(end)) <= kGrip;
}

void TapeStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int x = event->position().toPoint().x();
    if (isNear(x, m_span.until)) {
        m_fixed = m_span.from;
    } else if (isNear(x, m_span.from)) {
        m_fixed = m_span.until;
    } else {
        m_fixed = timeAt(x);
        choose({*m_fixed, *m_fixed});
    }
}

void TapeStrip::mouseMoveEvent(QMouseEvent* event) {
    const int x = event->position().toPoint().x();
    setCursor(m_fixed || isNear(x, m_span.from) || isNear(x, m_span.until) ? Qt::SizeHorCursor
                                                                           : Qt::ArrowCursor);
    if (m_fixed) choose({*m_fixed, timeAt(x)});
}

void TapeStrip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_fixed.reset();
}

void TapeStrip::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Home) return choose(m_all);
    if (key != Qt::Key_Left && key != Qt::Key_Right) return QWidget::keyPressEvent(event);
    const Millis step = std::max<Millis>((m_all.until - m_all.from) / kStepShare, 1);
    const Millis by = key == Qt::Key_Left ? -step : step;
    TapeSpan span = m_span;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        span.until = std::max(span.from, span.until + by);
    } else if (event->modifiers().testFlag(Qt::ControlModifier)) {
        span.from = std::min(span.until, span.from + by);
    } else {
        // It keeps its length at the ends of the tape.
        const Millis room =
            by < 0 ? std::max(by, m_all.from - span.from) : std::min(by, m_all.until - span.until);
        span.from += room;
        span.until += room;
    }
    choose(span);
}

void TapeStrip::focusInEvent(QFocusEvent*) {
    update();
}

void TapeStrip::focusOutEvent(QFocusEvent*) {
    update();
}

QSize TapeStrip::sizeHint() const {
    const Theme& theme = Theme::of(this);
    return {theme.scaled(kUsualStrip), theme.scaled(kStripHeight)};
}

QSize TapeStrip::minimumSizeHint() const {
    return {kLeastStrip, sizeHint().height()};
}

void TapeStrip::paintEvent(QPaintEvent*) {
    const Tokens& t = Theme::of(this).tokens();
    QPainter painter(this);
    const QRect line = room();
    painter.fillRect(line, t.field);
    const int from = placeOf(m_span.from), until = placeOf(m_span.until);
    painter.fillRect(QRect(QPoint(from, line.top()), QPoint(until, line.bottom())), t.selected);
    const std::uint64_t most = m_bars.empty() ? 0 : *std::max_element(m_bars.begin(), m_bars.end());
    for (int x = line.left(); most > 0 && x <= line.right(); ++x) {
        const auto bar = static_cast<std::size_t>(x - line.left()) * m_bars.size() /
                         static_cast<std::size_t>(std::max(1, line.width()));
        if (m_bars[bar] == 0) continue;
        const double share = static_cast<double>(m_bars[bar]) / static_cast<double>(most);
        const int high = std::max(1, qRound(share * (line.height() - 2 * metrics::kStep)));
        painter.fillRect(QRect(x, line.bottom() - high + 1, 1, high),
                         x >= from && x <= until ? t.accent : t.line2);
    }
    for (const int end : {from, until})
        painter.fillRect(QRect(end - kEndWidth / 2, line.top(), kEndWidth, line.height()), t.accent);
    if (hasFocus()) paintFocusRing(painter, rect(), t, metrics::kControlRadius);
}

}  // namespace rw::ui
