#include "widgets/session/scrub/replay_slider.h"

#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <iterator>
#include <utility>

#include "widgets/document/number_text.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kHandleSize = 12, kGrooveHeight = 4, kMarkSize = 6, kLeastLine = 80, kUsualLine = 240;
constexpr Millis kLittleShare = 100, kFarShare = 10;  // of the line: that part of it is a step
constexpr double kWhole = 100;                        // percent

/// The largest of these that is not longer than `span`; a millisecond at least.
Millis roundTime(Millis span) {
    static constexpr Millis kRound[] = {1,      10,      100,       1'000,      10'000,
                                        60'000, 600'000, 3'600'000, 21'600'000, 86'400'000};
    const auto larger = std::upper_bound(std::begin(kRound), std::end(kRound), span);
    return larger == std::begin(kRound) ? kRound[0] : *std::prev(larger);
}

/// Says the moment as words, and how far along the line it is as a number.
class AccessibleReplaySlider final : public QAccessibleWidget, public QAccessibleValueInterface {
 public:
    explicit AccessibleReplaySlider(ReplaySlider* line) : QAccessibleWidget(line, QAccessible::Slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text which) const override {
        return which == QAccessible::Value ? eventTimeText(line().moment()) : QAccessibleWidget::text(which);
    }
    QVariant currentValue() const override {
        const Instant from = line().shown().first, to = line().shown().last;
        return to <= from
                   ? 0.0
                   : kWhole * static_cast<double>(line().moment() - from) / static_cast<double>(to - from);
    }
    void setCurrentValue(const QVariant& value) override {
        const Instant from = line().shown().first, to = line().shown().last;
        const double share = std::clamp(value.toDouble() / kWhole, 0.0, 1.0);
        line().choose(from + static_cast<Instant>(share * static_cast<double>(to - from)));
    }
    QVariant minimumValue() const override { return 0.0; }
    QVariant maximumValue() const override { return kWhole; }
    QVariant minimumStepSize() const override { return kWhole / static_cast<double>(kLittleShare); }

 private:
    ReplaySlider& line() const { return *static_cast<ReplaySlider*>(object()); }
};

QAccessibleInterface* makeAccessibleLine(const QString&, QObject* object) {
    auto* const line = qobject_cast<ReplaySlider*>(object);
    return line != nullptr ? new AccessibleReplaySlider(line) : nullptr;
}

void paintMark(QPainter& painter, const QPointF& at, double size) {
    const double half = size / 2;
    const QPointF corners[] = {
        {at.x(), at.y() - half}, {at.x() + half, at.y()}, {at.x(), at.y() + half}, {at.x() - half, at.y()}};
    painter.drawPolygon(corners, 4);
}

}  // namespace

ReplaySlider::ReplaySlider(QWidget* parent) : QWidget(parent) {
    static const bool kInstalled = (QAccessible::installFactory(makeAccessibleLine), true);
    (void)kInstalled;
    setObjectName(QStringLiteral("replaySlider"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMillis);
    connect(&m_settle, &QTimer::timeout, this, &ReplaySlider::letGo);
}

void ReplaySlider::setShown(Shown shown) {
    if (shown == m_shown) return;
    const Shown before = std::exchange(m_shown, std::move(shown));
    if (m_hand) m_hand = within(*m_hand);
    const auto place = [this](const std::optional<Instant>& moment) {
        return moment ? placeOf(*moment) : -1;
    };
    const bool alike = before.first == m_shown.first && before.last == m_shown.last &&
                       before.quick == m_shown.quick && place(before.at) == place(m_shown.at) &&
                       place(before.reached) == place(m_shown.reached);
    if (!alike) update();
}

Instant ReplaySlider::within(Instant moment) const {
    return std::clamp(moment, m_shown.first, std::max(m_shown.first, m_shown.last));
}

Instant ReplaySlider::moment() const {
    return m_hand ? *m_hand : within(m_shown.at.value_or(m_shown.first));
}

QRect ReplaySlider::groove() const {
    const Theme& theme = Theme::of(this);
    const int edge = theme.scaled(kHandleSize) / 2 + metrics::kFocusRing, high = theme.scaled(kGrooveHeight);
    return {edge, (height() - high) / 2, std::max(1, width() - 2 * edge), high};
}

int ReplaySlider::placeOf(Instant moment) const {
    const QRect line = groove();
    const Millis span = m_shown.last - m_shown.first;
    if (span <= 0) return line.left();
    const double share = static_cast<double>(within(moment) - m_shown.first) / static_cast<double>(span);
    return line.left() + qRound(share * (line.width() - 1));
}

Instant ReplaySlider::momentAt(int x) const {
    const QRect line = groove();
    const Millis span = m_shown.last - m_shown.first;
    if (x <= line.left() || span <= 0 || line.width() < 2) return m_shown.first;
    if (x >= line.right()) return m_shown.last;
    const double share = static_cast<double>(x - line.left()) / (line.width() - 1);
    const Instant exact = m_shown.first + static_cast<Instant>(share * static_cast<double>(span));
    const Millis unit = roundTime(span / line.width());
    const Millis over = ((exact % unit) + unit) % unit;
    return within(over * 2 < unit ? exact - over : exact + (unit - over));
}

void ReplaySlider::choose(Instant moment) {
    take(moment);
    letGo();
}

void ReplaySlider::take(Instant moment) {
    const Instant wanted = within(moment);
    if (m_hand == wanted) return;
    m_hand = wanted;
    update();
    tellMoment();
}

void ReplaySlider::letGo() {
    m_settle.stop();
    m_dragged = false;
    if (!m_hand) return;
    // It stays there until the owner of the replay sets its place.
    m_shown.at = *std::exchange(m_hand, std::nullopt);
    update();
    tellMoment();
    Q_EMIT chosen(*m_shown.at);
}

void ReplaySlider::drop() {
    m_settle.stop();
    m_dragged = false;
    if (!std::exchange(m_hand, std::nullopt)) return;
    update();
    tellMoment();
}

void ReplaySlider::tellMoment() {
    Q_EMIT momentChanged();
    QAccessibleValueChangeEvent heard(this, eventTimeText(moment()));
    QAccessible::updateAccessibility(&heard);
}

void ReplaySlider::showTip(const QPoint& at) const {
    const Instant there = m_hand ? *m_hand : momentAt(at.x());
    const auto behind = std::upper_bound(m_shown.quick.begin(), m_shown.quick.end(), there);
    const QString way = behind == m_shown.quick.begin()
                            ? tr("From the start of the tape")
                            : tr("From the checkpoint at %1").arg(eventTimeText(*std::prev(behind)));
    QToolTip::showText(mapToGlobal(QPoint(at.x(), height())),
                       tr("%1 UTC").arg(eventTimeText(there)) + QLatin1Char('\n') + way,
                       const_cast<ReplaySlider*>(this));
}

void ReplaySlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_settle.stop();
    m_dragged = true;
    const QPoint at = event->position().toPoint();
    take(momentAt(at.x()));
    showTip(at);
}

void ReplaySlider::mouseMoveEvent(QMouseEvent* event) {
    const QPoint at = event->position().toPoint();
    if (m_dragged) take(momentAt(at.x()));
    showTip(at);
}

void ReplaySlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_dragged) letGo();
}

void ReplaySlider::keyPressEvent(QKeyEvent* event) {
    const Millis span = m_shown.last - m_shown.first;
    const Millis little = roundTime(span / kLittleShare), far = roundTime(span / kFarShare);
    const auto step = [this](Millis by) {
        take(moment() + by);
        m_settle.start();
    };
    if (m_dragged && event->key() != Qt::Key_Escape) return;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            return step(-little);
        case Qt::Key_Right:
        case Qt::Key_Up:
            return step(little);
        case Qt::Key_PageDown:
            return step(-far);
        case Qt::Key_PageUp:
            return step(far);
        case Qt::Key_Home:
            return step(m_shown.first - moment());
        case Qt::Key_End:
            return step(m_shown.last - moment());
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return m_hand ? letGo() : event->ignore();
        case Qt::Key_Escape:
            return m_hand ? drop() : event->ignore();
        default:
            QWidget::keyPressEvent(event);
    }
}

// A handle that is being dragged is dropped when the line is hidden.
void ReplaySlider::hideEvent(QHideEvent* event) {
    drop();
    QWidget::hideEvent(event);
}

void ReplaySlider::focusInEvent(QFocusEvent*) {
    update();
}

void ReplaySlider::focusOutEvent(QFocusEvent*) {
    update();
}

QSize ReplaySlider::sizeHint() const {
    const Theme& theme = Theme::of(this);
    return {theme.scaled(kUsualLine), theme.scaled(metrics::kSmallButtonHeight)};
}

QSize ReplaySlider::minimumSizeHint() const {
    return {kLeastLine, sizeHint().height()};
}

void ReplaySlider::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    const QRect line = groove();
    QPainter painter(this);
    if (hasFocus()) paintFocusRing(painter, rect(), tokens, metrics::kControlRadius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.line2);
    painter.drawRoundedRect(line, metrics::kBarRadius, metrics::kBarRadius);
    if (m_shown.reached) {
        QRect filled = line;
        filled.setRight(placeOf(*m_shown.reached));
        painter.setBrush(tokens.accent);
        painter.drawRoundedRect(filled, metrics::kBarRadius, metrics::kBarRadius);
    }
    // Below the line: the handle and the filled part would cover them.
    painter.setBrush(tokens.dim);
    const double mark = theme.scaled(kMarkSize);
    const double below = line.bottom() + 1 + mark / 2 + 1;
    for (const Instant quick : m_shown.quick) paintMark(painter, {placeOf(quick) + 0.5, below}, mark);
    const double radius = theme.scaled(kHandleSize) / 2.0;
    painter.setPen(QPen(tokens.accent, metrics::kFocusRing));
    painter.setBrush(m_hand ? tokens.accent : tokens.panel);
    painter.drawEllipse(QPointF(placeOf(moment()) + 0.5, line.center().y() + 0.5), radius - 1, radius - 1);
}

}  // namespace rw::ui
