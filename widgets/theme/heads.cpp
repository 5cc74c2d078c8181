#include "widgets/theme/heads.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QTabBar>
#include <QVBoxLayout>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/metrics.h"
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

CollapsibleSection::CollapsibleSection(const QString& title, QWidget* parent)
    : QWidget(parent), m_head(new SectionHead), m_body(new QVBoxLayout) {
    m_head->setText(title);
    auto* frame = new QWidget;
    frame->setLayout(m_body);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(metrics::kGrid);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kStep);
    column->addWidget(m_head);
    column->addWidget(frame);
    connect(m_head, &SectionHead::toggled, frame, &QWidget::setVisible);
}

bool CollapsibleSection::isOpen() const {
    return m_head->isChecked();
}

void CollapsibleSection::setOpen(bool open) {
    m_head->setChecked(open);
}

TabRow::TabRow(QTabBar* tabs, QWidget* parent) : QWidget(parent), m_line(new QHBoxLayout(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "tabs");
    tabs->setExpanding(false);
    tabs->setDrawBase(false);
    m_line->setContentsMargins(0, 0, metrics::kGrid, 0);
    m_line->setSpacing(metrics::kGrid);
    m_line->addWidget(tabs);
    m_line->addStretch();
}

}  // namespace rw::ui
