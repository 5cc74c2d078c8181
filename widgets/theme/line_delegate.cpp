#include "widgets/theme/line_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QTableView>
#include <algorithm>

#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

/// Of the words that are struck, or of the others, with the gap behind each.
int widthOf(const QStringList& words, bool struck, const QFontMetrics& font) {
    int width = 0;
    for (qsizetype i = struck ? 1 : 0; i < words.size(); i += 2) {
        if (!words[i].isEmpty()) width += font.horizontalAdvance(words[i]) + metrics::kGrid;
    }
    return width;
}

}  // namespace

LineDelegate::LineDelegate(QTableView& table) : CellDelegate(&table), m_table(table) {}

void LineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const bool isLine = index.data(kLineRole).isValid();
    const bool isStruck = index.data(kStruckRole).isValid();
    if (!isLine && !isStruck) return CellDelegate::paint(painter, option, index);
    paintFill(*painter, option, index);
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
        paintStruck(*painter, option, index);
    }
    painter->restore();
}

QSize LineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (index.data(kLineRole).isValid()) return {0, 0};
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (const QStringList words = index.data(kStruckRole).toStringList(); !words.isEmpty()) {
        const QFontMetrics font(Theme::of(&m_table).font(TextStyle::CodeSmall));
        size.setWidth(widthOf(words, false, font) + widthOf(words, true, font) + 2 * metrics::kGrid);
    }
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

void LineDelegate::paintStruck(QPainter& painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    const Theme& theme = Theme::of(&m_table);
    const Tokens& t = theme.tokens();
    const QVariant role = index.data(kColorRole);
    const QColor color = role.isValid() ? colorOf(t, static_cast<ColorRole>(role.toInt())) : t.text;
    const QStringList words = index.data(kStruckRole).toStringList();
    // Where the words of any other cell stand.
    QStyleOptionViewItem seen = inSight(option);
    initStyleOption(&seen, index);
    const QStyle& style = *m_table.style();
    const int margin = style.pixelMetric(QStyle::PM_FocusFrameHMargin, &seen, &m_table) + 1;
    QRect cell =
        style.subElementRect(QStyle::SE_ItemViewItemText, &seen, &m_table).adjusted(margin, 0, -margin, 0);
    const QFont plain = theme.font(TextStyle::CodeSmall);
    QFont struck = plain;
    struck.setStrikeOut(true);
    const QFontMetrics font(plain);
    // The new values are whole where there is room for them.
    const int wanted = widthOf(words, true, font);
    const int room = std::min(wanted, std::max(cell.width() - widthOf(words, false, font), cell.width() / 4));
    for (qsizetype i = 0; i < words.size() && cell.width() > 0; ++i) {
        if (words[i].isEmpty()) continue;
        const bool old = i % 2 == 1, cut = old && room < wanted;
        const int whole = font.horizontalAdvance(words[i]) + metrics::kGrid;
        const int most = cut ? whole * room / wanted - metrics::kGrid : cell.width();
        const QString shown = font.elidedText(words[i], Qt::ElideRight, std::min(most, cell.width()));
        painter.setFont(old ? struck : plain);
        painter.setPen(old ? t.dim : color);
        painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, shown);
        cell.setLeft(cell.left() + font.horizontalAdvance(shown) + metrics::kGrid);
    }
}

}  // namespace rw::ui
