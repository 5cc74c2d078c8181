#include "widgets/welcome/hint_sketch.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr QSize kGestureSize(176, 48);
constexpr int kBelowPicture = 10;

const Tokens& tokens() {
    return Theme::of().tokens();
}

/// A node without words: edge bar in its kind's colour, a line where the title would be.
void paintStub(QPainter& painter, const QRect& at, const KindColors& kind, double opacity = 1) {
    painter.save();
    painter.setOpacity(opacity);
    paintBox(painter, at, tokens().panel2, tokens().line2, metrics::kControlRadius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kind.fill);
    painter.drawRoundedRect(QRect(at.left(), at.top(), 4, at.height()), metrics::kBarRadius,
                            metrics::kBarRadius);
    painter.setBrush(tokens().line2);
    painter.drawRoundedRect(QRectF(at.left() + 12, at.center().y() - 2, at.width() / 2, 6),
                            metrics::kCapRadius, metrics::kCapRadius);
    painter.restore();
}

void paintPointer(QPainter& painter, QPointF tip) {
    QPainterPath arrow;
    arrow.moveTo(tip);
    for (const QPointF step : {QPointF(0, 14), QPointF(3.3, 10.8), QPointF(5.6, 15.6), QPointF(8, 14.5),
                               QPointF(5.8, 9.8), QPointF(10.3, 9.4)})
        arrow.lineTo(tip + step);
    arrow.closeSubpath();
    painter.setPen(QPen(tokens().bg, 1));
    painter.setBrush(tokens().text);
    painter.drawPath(arrow);
}

void paintDrag(QPainter& painter) {
    paintStub(painter, QRect(4, 2, 66, 28), tokens().source, opacityOf(Shade::Preview));
    QPainterPath way({74, 16});
    way.cubicTo(84, 16, 86, 32, 96, 33);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens().dim, 1.2, Qt::DashLine));
    painter.drawPath(way);
    paintStub(painter, QRect(100, 20, 64, 28), tokens().source);
    paintPointer(painter, {146, 32});
}

void paintPull(QPainter& painter) {
    paintStub(painter, QRect(0, 10, 60, 28), tokens().source);
    paintStub(painter, QRect(116, 10, 60, 28), tokens().op);
    painter.setPen(QPen(tokens().accent, 2, Qt::DashLine));
    painter.drawLine(66, 24, 112, 24);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().source.text);
    painter.drawEllipse(QPointF(60, 24), 5, 5);
    painter.setBrush(tokens().accent);
    painter.drawEllipse(QPointF(116, 24), 4, 4);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens().accent, 1.6));
    painter.drawEllipse(QPointF(116, 24), 7, 7);
    paintPointer(painter, {119, 28});
}

void paintQuickAdd(QPainter& painter) {
    const QRect field(16, 2, 136, 24), row(16, 26, 136, 22);
    paintBox(painter, field, tokens().field, tokens().accent, metrics::kControlRadius);
    painter.fillRect(row, tokens().selected);
    painter.setFont(sceneFont(TextStyle::Caption));
    painter.setPen(tokens().text);
    const QString name = HintSketch::tr("Window aggregate");
    const QString typed = name.left(name.size() > 6 ? 4 : 2).toLower();
    painter.drawText(field.adjusted(8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, typed);
    const int caret = field.left() + 10 + painter.fontMetrics().horizontalAdvance(typed);
    painter.drawLine(caret, field.top() + 6, caret, field.bottom() - 6);
    painter.drawText(row.adjusted(8, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft, name);
}

void paintRun(QPainter& painter) {
    const QRect button(8, 10, 64, 28);
    paintBox(painter, button, tokens().accent, Qt::transparent, metrics::kControlRadius);
    paintGlyph(painter, QRect(button.left() + 8, button.top(), 16, button.height()), u"run", 14,
               tokens().onAccent);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().onAccent);
    painter.drawRoundedRect(QRectF(button.left() + 30, button.center().y() - 2, 24, 6), metrics::kCapRadius,
                            metrics::kCapRadius);
    QPainterPath line;
    for (int x = 0; x <= 84; x += 3) {
        const QPointF at(84 + x, 28 - 4 * std::sin(x / 5.0) - 3 * std::sin(x / 2.3) - x / 12.0);
        x == 0 ? line.moveTo(at) : line.lineTo(at);
    }
    QPainterPath area = line;
    area.lineTo(168, 40);
    area.lineTo(84, 40);
    painter.fillPath(area, tokens().ok.tint);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens().ok.line, 1.5));
    painter.drawPath(line);
}

/// Painted from the painter's origin, kGestureSize large.
void paintGesture(QPainter& painter, HintSketch::Gesture gesture) {
    painter.setRenderHint(QPainter::Antialiasing);
    switch (gesture) {
        case HintSketch::Gesture::DragSource:
            return paintDrag(painter);
        case HintSketch::Gesture::PullWire:
            return paintPull(painter);
        case HintSketch::Gesture::QuickAdd:
            return paintQuickAdd(painter);
        case HintSketch::Gesture::PressRun:
            return paintRun(painter);
    }
}

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
