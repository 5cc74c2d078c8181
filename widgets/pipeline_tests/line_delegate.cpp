#include "widgets/pipeline_tests/line_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QTableView>
#include <algorithm>

#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

LineDelegate::LineDelegate(QTableView& table) : CellDelegate(&table), m_table(table) {}

void LineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const QVariant background = index.data(Qt::BackgroundRole);
    if (background.isValid() && !option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, background.value<QColor>());  // the style sheet paints none
    const bool isLine = index.data(kLineRole).isValid();
    const bool isChanged = index.data(kStruckRole).isValid();
    if (!isLine && !isChanged) return CellDelegate::paint(painter, option, index);
    QStyleOptionViewItem back = option;
    initStyleOption(&back, index);
    back.text.clear();
    back.state &= ~QStyle::State_HasFocus;
    m_table.style()->drawControl(QStyle::CE_ItemViewItem, &back, painter, &m_table);
    painter->save();
    painter->setClipRect(option.rect);
    if (isLine) {
        paintLine(*painter, option, index);
    } else {
        paintChanged(*painter, option, index);
    }
    painter->restore();
}

QSize LineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (index.data(kLineRole).isValid()) return {0, 0};
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    const QString struck = index.data(kStruckRole).toString();
    if (!struck.isEmpty())
        size.rwidth() +=
            QFontMetrics(Theme::of(&m_table).font(TextStyle::CodeSmall)).horizontalAdvance(struck) +
            metrics::kGrid;
    return size;
}

/// All cells of the line draw their part of one text.
void LineDelegate::paintLine(QPainter& painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    const Theme& theme = Theme::of(&m_table);
    const Tokens& t = theme.tokens();
    const auto role = static_cast<ColorRole>(index.data(kColorRole).toInt());
    const QString icon = index.data(kIconRole).toString();
    QRect line(metrics::kGrid, option.rect.top(), m_table.viewport()->width() - 2 * metrics::kGrid,
               option.rect.height());
    if (!icon.isEmpty()) {
        painter.drawPixmap(
            line.left(), line.center().y() - metrics::kIconSmall / 2,
            theme.pixmap(icon, metrics::kIconSmall, colorOf(t, role), painter.device()->devicePixelRatioF()));
        line.setLeft(line.left() + metrics::kIconSmall + metrics::kGrid);
    }
    painter.setFont(theme.font(TextStyle::BodyMedium));
    painter.setPen(role == ColorRole::Error ? colorOf(t, role) : t.text);
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data(kLineRole).toString(), Qt::ElideRight, line.width()));
}

void LineDelegate::paintChanged(QPainter& painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    const Theme& theme = Theme::of(&m_table);
    const Tokens& t = theme.tokens();
    QRect cell = inSight(option).rect.adjusted(metrics::kGrid, 0, -metrics::kGrid, 0);
    // What came is whole where there is room for it.
    const QString came = index.data(Qt::DisplayRole).toString();
    const int cameRoom =
        QFontMetrics(theme.font(TextStyle::CodeSmall)).horizontalAdvance(came) + metrics::kGrid;
    QFont font = theme.font(TextStyle::CodeSmall);
    font.setStrikeOut(true);
    painter.setFont(font);
    painter.setPen(t.dim);
    const QString struck =
        painter.fontMetrics().elidedText(index.data(kStruckRole).toString(), Qt::ElideRight,
                                         std::max(cell.width() - cameRoom, cell.width() / 4));
    painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, struck);
    cell.setLeft(cell.left() + painter.fontMetrics().horizontalAdvance(struck) + metrics::kGrid);
    painter.setFont(theme.font(TextStyle::CodeSmall));
    painter.setPen(t.error.text);
    painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(came, Qt::ElideRight, cell.width()));
}

}  // namespace rw::ui
