#include "widgets/theme/pill.h"

#include <QEvent>
#include <QPainter>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kPillPadding = 12;
constexpr int kSignWidth = 8;
constexpr int kPillGap = 8;
constexpr qsizetype kMostLetters = 80;  // a bar has other things to show
const QString kSeparator = QStringLiteral("·");

struct PillLook {
    QColor edge, words, fill;
};

PillLook lookOf(Pill::State state, const Tokens& t) {
    switch (state) {
        case Pill::State::Ok:
            return {t.ok.line, t.ok.text, t.ok.tint};
        case Pill::State::Paused:
        case Pill::State::Warn:
            return {t.warn.line, t.warn.text, t.warn.tint};
        case Pill::State::Error:
            return {t.error.line, t.error.text, t.error.tint};
        case Pill::State::Busy:
            return {t.accent, t.accent, t.panel2};
        case Pill::State::Idle:
            break;
    }
    return {t.line, t.dim, t.panel2};
}

void paintSign(QPainter& painter, Pill::State state, const QRectF& rect, const QColor& color) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    switch (state) {
        case Pill::State::Ok:
            painter.drawEllipse(rect);
            break;
        case Pill::State::Paused:
            painter.drawRect(QRectF(rect.left() + 0.5, rect.top(), 2.5, rect.height()));
            painter.drawRect(QRectF(rect.right() - 3, rect.top(), 2.5, rect.height()));
            break;
        case Pill::State::Idle:
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(color, 1.5));
            painter.drawEllipse(rect.adjusted(0.75, 0.75, -0.75, -0.75));
            break;
        case Pill::State::Busy:
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(color, 1.75, Qt::SolidLine, Qt::RoundCap));
            painter.drawArc(rect.adjusted(0.5, 0.5, -0.5, -0.5), 90 * 16, -270 * 16);
            break;
        case Pill::State::Warn:
        case Pill::State::Error:
            paintGlyph(painter, rect.toAlignedRect().adjusted(-3, -3, 3, 3),
                       state == Pill::State::Warn ? u"warning" : u"error", metrics::kIconSmall, color);
            break;
    }
}

}  // namespace

Pill::Pill(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::set(State state, const QString& said, const QString& figures) {
    const QString words = shownText(said, kMostLetters);
    if (state == m_state && words == m_words && figures == m_figures) return;
    m_state = state;
    m_words = words;
    m_figures = figures;
    setAccessibleName(figures.isEmpty() ? words : QStringLiteral("%1, %2").arg(words, figures));
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const {
    const Theme& theme = Theme::of(this);
    int width = 2 * kPillPadding + theme.scaled(kSignWidth) + kPillGap;
    width += QFontMetrics(theme.font(TextStyle::BodyStrong)).horizontalAdvance(m_words);
    if (!m_figures.isEmpty()) {
        width += 2 * kPillGap + QFontMetrics(theme.font(TextStyle::BodyStrong)).horizontalAdvance(kSeparator);
        width += QFontMetrics(theme.font(TextStyle::Code)).horizontalAdvance(m_figures);
    }
    return {width, theme.scaled(metrics::kControlHeight)};
}

void Pill::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const PillLook look = lookOf(m_state, theme.tokens());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, rect(), look.fill, look.edge, height() / 2.0);
    paintSign(painter, m_state, QRectF(kPillPadding, (height() - kSignWidth) / 2.0, kSignWidth, kSignWidth),
              look.words);

    auto write = [&, x = kPillPadding + theme.scaled(kSignWidth) + kPillGap](
                     const QString& text, TextStyle style, const QColor& color) mutable {
        painter.setFont(theme.font(style));
        painter.setPen(color);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += painter.fontMetrics().horizontalAdvance(text) + kPillGap;
    };
    write(m_words, m_state == State::Idle ? TextStyle::Body : TextStyle::BodyStrong, look.words);
    if (m_figures.isEmpty()) return;
    write(kSeparator, TextStyle::BodyStrong, mixed(look.words, look.fill, 0.6));
    write(m_figures, TextStyle::Code, theme.tokens().text);
}

void Pill::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
