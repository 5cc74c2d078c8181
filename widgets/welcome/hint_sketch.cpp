#include "widgets/welcome/hint_sketch.h"

#include <QEvent>

#include "widgets/theme/theme.h"
#include "widgets/welcome/gesture_painter.h"

namespace rw::ui {

namespace {

constexpr int kBelowPicture = 10;

}  // namespace

HintSketch::HintSketch(Gesture gesture, QWidget* parent) : QWidget(parent), m_gesture(gesture) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    retranslate();
}

QSize HintSketch::sizeHint() const {
    const Theme& theme = Theme::of(this);
    return {kGestureSize.width(),
            kGestureSize.height() + kBelowPicture + 2 * theme.lineHeight(TextStyle::Body)};
}

void HintSketch::retranslate() {
    switch (m_gesture) {
        case Gesture::DragSource:
            m_title = tr("Drag a source");
            m_words = tr("from the list on the left");
            break;
        case Gesture::PullWire:
            m_title = tr("Pull a wire");
            m_words = tr("from its port to the next node");
            break;
        case Gesture::QuickAdd:
            m_title = tr("Double-click the canvas");
            m_words = tr("to add a node by name");
            break;
        case Gesture::PressRun:
            m_title = tr("Press Run");
            m_words = tr("and watch the wires move");
            break;
    }
    setAccessibleName(m_title + QLatin1Char(' ') + m_words);
    update();
}

void HintSketch::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.save();
    paintGesture(painter, m_gesture);
    painter.restore();
    const int line = theme.lineHeight(TextStyle::Body);
    const int top = kGestureSize.height() + kBelowPicture;
    const QString number = QString::number(static_cast<int>(m_gesture) + 1);
    painter.setFont(theme.font(TextStyle::Body));
    painter.setPen(theme.tokens().dim);
    painter.drawText(QRect(0, top, width(), line), Qt::AlignLeft | Qt::AlignVCenter, number);
    const int left = painter.fontMetrics().horizontalAdvance(number) + 6;
    const auto text = [&](const QRect& room, const QString& words) {
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(words, Qt::ElideRight, room.width()));
    };
    painter.setPen(theme.tokens().text);
    painter.setFont(theme.font(TextStyle::BodyStrong));
    text(QRect(left, top, width() - left, line), m_title);
    painter.setPen(theme.tokens().dim);
    painter.setFont(theme.font(TextStyle::Caption));
    text(QRect(0, top + line, width(), line), m_words);
}

void HintSketch::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::StyleChange) updateGeometry();
}

}  // namespace rw::ui
