#include "widgets/what_if/ab_slider.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kHandle = 12, kGroove = 4, kUsualWidth = 120, kLeastWidth = 48, kSample = 22, kSignGap = 6;
constexpr qreal kDash = 2.5, kGap = 1.5, kPoint = 1;  ///< of a line, in its widths
constexpr std::array<std::size_t, kMostSides> kSeries{1, 0, 2, 3};

}  // namespace

QString letterOf(CompareSide side) {
    return QString(QChar(static_cast<char16_t>(u'A' + numberOf(side))));
}

QColor colorOf(CompareSide side) {
    return Theme::of().tokens().series[kSeries[numberOf(side)]];
}

QPen penOf(CompareSide side, double width) {
    QPen pen(colorOf(side), width);
    if (side == CompareSide::A) pen.setDashPattern({kDash, kGap});
    if (side == CompareSide::C) pen.setDashPattern({kPoint, kGap});
    if (side == CompareSide::D) pen.setDashPattern({2 * kDash, kGap, kPoint, kGap});
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

SideSign::SideSign(CompareSide side, bool line, QWidget* parent)
    : QWidget(parent), m_side(side), m_line(line) {
    setAccessibleName(letterOf(side));
}

void SideSign::setSide(CompareSide side) {
    if (side == m_side) return;
    m_side = side;
    setAccessibleName(letterOf(side));
    updateGeometry();
    update();
}

QSize SideSign::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const QFontMetrics words(theme.font(TextStyle::BodyStrong));
    return {words.horizontalAdvance(letterOf(m_side)) + 2 + (m_line ? theme.scaled(kSample) + kSignGap : 0),
            theme.lineHeight(TextStyle::BodyStrong)};
}

void SideSign::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::of(this);
    const int sample = m_line ? theme.scaled(kSample) : 0;
    if (m_line) {
        painter.setPen(penOf(m_side, 2));
        painter.drawLine(0, height() / 2, sample, height() / 2);
    }
    painter.setFont(theme.font(TextStyle::BodyStrong));
    painter.setPen(theme.tokens().text);
    painter.drawText(rect().adjusted(m_line ? sample + kSignGap : 0, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, letterOf(m_side));
}

SideSlider::SideSlider(CompareSide side, QWidget* parent) : QSlider(Qt::Horizontal, parent), m_side(side) {
    setRange(0, kSteps);
    setSingleStep(kSteps / 100);
    setPageStep(kSteps / 10);
    setFocusPolicy(Qt::StrongFocus);
}

QSize SideSlider::sizeHint() const {
    const Theme& theme = Theme::of(this);
    return {theme.scaled(kUsualWidth), theme.scaled(metrics::kMinimumTarget)};
}

QSize SideSlider::minimumSizeHint() const {
    return {kLeastWidth, sizeHint().height()};
}

void SideSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = Theme::of(this).tokens();
    const double middle = height() / 2.0, left = kHandle / 2.0, right = width() - kHandle / 2.0;
    const double at = left + (right - left) * (value() - minimum()) / std::max(1, maximum() - minimum());
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.line2);
    painter.drawRoundedRect(QRectF(left, middle - kGroove / 2.0, right - left, kGroove), metrics::kBarRadius,
                            metrics::kBarRadius);
    painter.setPen(penOf(m_side, kGroove));
    painter.drawLine(QPointF(left, middle), QPointF(at, middle));
    painter.setPen(QPen(hasFocus() ? t.text : t.panel, metrics::kFocusRing));
    painter.setBrush(isEnabled() ? colorOf(m_side) : t.disabled);
    painter.drawEllipse(QPointF(at, middle), kHandle / 2.0, kHandle / 2.0);
}

// Where it is pressed the handle goes at once: the value is seen while it is dragged, and exact in the field.
void SideSlider::take(double x) {
    const double room = std::max(1, width() - kHandle);
    const double share = std::clamp((x - kHandle / 2.0) / room, 0.0, 1.0);
    setSliderPosition(minimum() + static_cast<int>(share * (maximum() - minimum()) + 0.5));
}

void SideSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    setSliderDown(true);
    take(event->position().x());
}

void SideSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) take(event->position().x());
}

void SideSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) setSliderDown(false);
}

}  // namespace rw::ui
