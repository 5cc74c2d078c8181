#include "widgets/theme/section_head.h"

#include <QKeyEvent>
#include <QPainter>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

SectionHead::SectionHead(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SectionHead::setCount(int count) {
    m_count = count;
    update();
}

void SectionHead::setHeldOpen(bool held) {
    m_heldOpen = held;
    update();
}

QSize SectionHead::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const int words = QFontMetrics(theme.font(TextStyle::BodyStrong)).horizontalAdvance(text());
    return {words + theme.scaled(40), theme.scaled(metrics::kGroupRowHeight)};
}

void SectionHead::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    QPainter painter(this);
    if (underMouse()) painter.fillRect(rect(), tokens.hover);
    QRect row = contentsRect();
    const int icon = theme.scaled(metrics::kIconSmall);
    paintGlyph(painter, {row.left(), row.top(), icon, row.height()},
               isOpen() ? u"chevron-down" : u"chevron-right", icon, tokens.dim);
    row.setLeft(row.left() + icon + 6);
    if (m_count >= 0) {
        const QString count = QString::number(m_count);
        painter.setFont(theme.font(TextStyle::Caption));
        painter.setPen(tokens.dim);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, count);
        row.setRight(row.right() - painter.fontMetrics().horizontalAdvance(count) - metrics::kGrid);
    }
    painter.setFont(theme.font(TextStyle::BodyStrong));
    painter.setPen(tokens.text);
    const QString title = painter.fontMetrics().elidedText(text(), Qt::ElideRight, row.width());
    painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, title);
    if (hasFocus()) paintFocusRing(painter, rect(), tokens, metrics::kControlRadius);
}

void SectionHead::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            click();
            break;
        case Qt::Key_Left:
            setChecked(false);
            break;
        case Qt::Key_Right:
            setChecked(true);
            break;
        default:
            QAbstractButton::keyPressEvent(event);
    }
}

void SectionHead::enterEvent(QEnterEvent*) {
    update();
}

void SectionHead::leaveEvent(QEvent*) {
    update();
}

}  // namespace rw::ui
