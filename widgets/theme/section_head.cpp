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

QSize SectionHead::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const int words = QFontMetrics(theme.font(TextStyle::BodyStrong)).horizontalAdvance(text());
    return {words + theme.scaled(40), theme.scaled(metrics::kGroupRowHeight)};
}

void SectionHead::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const int icon = theme.scaled(metrics::kIconSmall);
    const QColor chevron = underMouse() ? theme.tokens().text : theme.tokens().dim;
    paintGlyph(painter, QRect(0, 0, icon, height()), isChecked() ? u"chevron-down" : u"chevron-right", icon,
               chevron);
    painter.setFont(theme.font(TextStyle::BodyStrong));
    painter.setPen(theme.tokens().text);
    const int left = icon + 6;
    const QString title = painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - left);
    painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft, title);
    if (hasFocus()) paintFocusRing(painter, rect(), theme.tokens(), metrics::kControlRadius);
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
