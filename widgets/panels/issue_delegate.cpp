#include "widgets/panels/issue_delegate.h"

#include <QAbstractItemView>
#include <QPainter>

#include "widgets/panels/issue_model.h"
#include "widgets/theme/button_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kPadding = 12, kGap = 8;

void paintWhat(QPainter& painter, const QRect& cell, const QModelIndex& index) {
    const Theme& theme = Theme::of();
    const int icon = theme.scaled(metrics::kIcon);
    const auto role = index.data(IssueModel::kColorRole).value<ColorRole>();
    const QPixmap mark = theme.pixmap(index.data(IssueModel::kSignRole).toString(), icon,
                                      colorOf(theme.tokens(), role), painter.device()->devicePixelRatioF());
    painter.drawPixmap(cell.left() + kPadding, cell.center().y() - icon / 2, mark);
    const QRect words = cell.adjusted(kPadding + icon + kPadding, 0, -kPadding, 0);
    const QString fix = index.data(IssueModel::kFixRole).toString();
    const int high = theme.lineHeight(TextStyle::Body), low = theme.lineHeight(TextStyle::Caption);
    const int top = words.center().y() - (fix.isEmpty() ? high : high + low) / 2 + 1;
    const auto line = [&](TextStyle style, const QColor& color, int y, int height, const QString& text) {
        painter.setFont(theme.font(style));
        painter.setPen(color);
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, words.width());
        painter.drawText(QRect(words.left(), y, words.width(), height), Qt::AlignVCenter, shown);
    };
    line(TextStyle::BodyStrong, theme.tokens().text, top, high, index.data().toString());
    line(TextStyle::Caption, theme.tokens().dim, top + high, low, fix);
}

void paintLink(QPainter& painter, const QRect& cell, const QModelIndex& index, bool hovered) {
    const QString icon = index.data(IssueModel::kIconRole).toString();
    const Theme& theme = Theme::of();
    const int size = theme.scaled(metrics::kIconSmall);
    int left = cell.left() + kPadding;
    if (!icon.isEmpty()) {
        painter.drawPixmap(
            left, cell.center().y() - size / 2,
            theme.pixmap(icon, size, theme.tokens().accent, painter.device()->devicePixelRatioF()));
        left += size + kGap;
    }
    QFont font = theme.font(TextStyle::Body);
    font.setUnderline(hovered);
    painter.setFont(font);
    painter.setPen(theme.tokens().accent);
    const QRect words(left, cell.top(), cell.right() - kPadding - left, cell.height());
    painter.drawText(
        words, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
}

void paintButton(QPainter& painter, const QRect& button, const QModelIndex& index, bool hovered) {
    QStyleOptionButton option;
    option.rect = button;
    option.text = index.data().toString();
    option.icon = Theme::of().icon(u"lightbulb", ColorRole::Accent);
    const int icon = Theme::of().scaled(metrics::kIconSmall);
    option.iconSize = {icon, icon};
    option.state = QStyle::State_Enabled;
    if (hovered) option.state |= QStyle::State_MouseOver;
    painter.setFont(Theme::of().font(TextStyle::Body));
    paintPushButton(painter, Theme::of(), option, nullptr);
}

}  // namespace

int IssueDelegate::widthOfFix(const QString& words) {
    const Theme& theme = Theme::of();
    return QFontMetrics(theme.font(TextStyle::BodyMedium)).horizontalAdvance(words) +
           theme.scaled(metrics::kIconSmall) + 32 + 2 * kPadding;
}

QRect IssueDelegate::buttonIn(const QRect& cell, const QModelIndex& index) {
    const QString words = index.data().toString();
    if (index.column() != IssueModel::Fix || words.isEmpty()) return {};
    const Theme& theme = Theme::of();
    const int height = theme.scaled(metrics::kSmallButtonHeight);
    return {cell.left() + kPadding, cell.center().y() - height / 2 + 1,
            std::min(widthOfFix(words), cell.width()) - 2 * kPadding, height};
}

QRect IssueDelegate::linkIn(const QRect& cell, const QModelIndex& index, const QFont& font) {
    const QString words = index.data().toString();
    if (index.column() != IssueModel::Where || words.isEmpty()) return {};
    const int needed = QFontMetrics(font).horizontalAdvance(words) + Theme::of().scaled(metrics::kIconSmall) +
                       kGap + kPadding;
    return {cell.left(), cell.top(), std::min(needed + kPadding, cell.width()), cell.height()};
}

void IssueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    QStyleOptionViewItem box = option;
    initStyleOption(&box, index);
    if (index.column() == IssueModel::Place) return QStyledItemDelegate::paint(painter, box, index);
    box.text.clear();
    const QWidget* widget = option.widget;
    (widget ? widget->style() : QApplication::style())
        ->drawControl(QStyle::CE_ItemViewItem, &box, painter, widget);
    painter->save();
    const auto* view = qobject_cast<const QAbstractItemView*>(widget);
    const QPoint pointer = view ? view->viewport()->mapFromGlobal(QCursor::pos()) : QPoint(-1, -1);
    const bool over = option.state & QStyle::State_MouseOver;
    if (index.column() == IssueModel::What) {
        paintWhat(*painter, option.rect, index);
    } else if (index.column() == IssueModel::Where) {
        paintLink(*painter, option.rect, index,
                  over && linkIn(option.rect, index, option.font).contains(pointer));
    } else if (const QRect button = buttonIn(option.rect, index); !button.isNull()) {
        paintButton(*painter, button, index, over && button.contains(pointer));
    }
    painter->restore();
}

}  // namespace rw::ui
