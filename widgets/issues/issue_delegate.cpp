#include "widgets/issues/issue_delegate.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "widgets/issues/issue_model.h"
#include "widgets/theme/button_painter.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kPadding = 12, kGap = 8;
constexpr int kButtonPadding = 12;  // left of the icon of a quick fix, and right of its words
constexpr int kAroundLines = 8;     // above and below the two lines of a button together

int roomForFix(int cell) {
    return cell - 2 * kPadding - 2 * kButtonPadding - Theme::of().scaled(metrics::kIconSmall) - kGap;
}

/// How many characters of a quick fix are in the first line; the others are in the second.
qsizetype firstLineOf(const QString& words, int room) {
    const QFont font = Theme::of().font(TextStyle::BodyMedium);
    if (QFontMetrics(font).horizontalAdvance(words) <= room) return words.size();
    QTextOption wrapped;
    wrapped.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(words, font);
    layout.setTextOption(wrapped);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(std::max(room, 1));
    const qsizetype length = line.textLength();
    layout.endLayout();
    return length;
}

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

void paintButton(QPainter& painter, const QRect& button, const QStringList& lines, bool hovered) {
    const Theme& theme = Theme::of();
    QStyleOptionButton box;
    box.rect = button;
    box.state = QStyle::State_Enabled;
    if (hovered) box.state |= QStyle::State_MouseOver;
    paintPushButton(painter, theme, box, nullptr);
    const int icon = theme.scaled(metrics::kIconSmall), high = theme.lineHeight(TextStyle::BodyMedium);
    const int left = button.left() + kButtonPadding, words = left + icon + kGap;
    painter.drawPixmap(
        left, button.center().y() - icon / 2,
        theme.pixmap(u"lightbulb", icon, theme.tokens().accent, painter.device()->devicePixelRatioF()));
    painter.setFont(theme.font(TextStyle::BodyMedium));
    painter.setPen(theme.tokens().text);
    int top = button.top() + (button.height() - high * static_cast<int>(lines.size())) / 2;
    for (const QString& line : lines) {
        painter.drawText(QRect(words, top, button.right() - words, high), Qt::AlignVCenter, line);
        top += high;
    }
}

}  // namespace

int IssueDelegate::widthOfFix(const QString& words) {
    return QFontMetrics(Theme::of().font(TextStyle::BodyMedium)).horizontalAdvance(words) - roomForFix(0);
}

bool IssueDelegate::isFixWhole(const QString& words, int width) {
    const int room = roomForFix(width);
    const QFontMetrics metrics(Theme::of().font(TextStyle::BodyMedium));
    return metrics.horizontalAdvance(words.mid(firstLineOf(words, room))) <= room;
}

int IssueDelegate::leastOfPlace() {
    constexpr int kCharacters = 16;
    const Theme& theme = Theme::of();
    return QFontMetrics(theme.font(TextStyle::Body)).averageCharWidth() * kCharacters +
           theme.scaled(metrics::kIconSmall) + kGap + 2 * kPadding;
}

QStringList IssueDelegate::linesOfFix(const QString& words, int width) {
    const int room = roomForFix(width);
    const qsizetype first = firstLineOf(words, room);
    if (first == words.size()) return {words};
    const QFontMetrics metrics(Theme::of().font(TextStyle::BodyMedium));
    return {words.left(first).trimmed(), metrics.elidedText(words.mid(first), Qt::ElideRight, room)};
}

QRect IssueDelegate::buttonIn(const QRect& cell, const QModelIndex& index) {
    const QString words = index.data().toString();
    if (index.column() != IssueModel::Fix || words.isEmpty()) return {};
    const Theme& theme = Theme::of();
    const int height = widthOfFix(words) <= cell.width()
                           ? theme.scaled(metrics::kSmallButtonHeight)
                           : 2 * theme.lineHeight(TextStyle::BodyMedium) + kAroundLines;
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
        paintButton(*painter, button, linesOfFix(index.data().toString(), option.rect.width()),
                    over && button.contains(pointer));
    }
    painter->restore();
}

}  // namespace rw::ui
