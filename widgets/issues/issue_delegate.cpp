#include "widgets/issues/issue_delegate.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "widgets/issues/issue_model.h"
#include "widgets/theme/button_painter.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kPadding = 12, kGap = 8;
constexpr int kButtonPadding = 12;  // left of the icon of a quick fix, and right of its words
constexpr int kAroundLines = 8;     // above and below the two lines of a button together
constexpr int kMostLines = 5;       // of an issue, and of its fix: what helps stands at their ends

int roomForFix(int cell) {
    return cell - 2 * kPadding - 2 * kButtonPadding - Theme::of().scaled(metrics::kIconSmall) - kGap;
}

/// How many characters are in the first line; the others are in those below.
qsizetype firstLineOf(const QString& words, const QFont& font, int room) {
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

/// The words in lines of that width; only the last of kMostLines may be cut.
QStringList wrapped(const QString& words, const QFont& font, int room) {
    QStringList lines;
    for (QString rest = words; !rest.isEmpty();) {
        if (lines.size() + 1 == kMostLines) {
            lines << QFontMetrics(font).elidedText(rest, Qt::ElideRight, room);
            break;
        }
        const qsizetype first = std::max<qsizetype>(firstLineOf(rest, font, room), 1);
        lines << rest.left(first).trimmed();
        rest = rest.mid(first);
    }
    return lines;
}

/// An issue and its fix as a cell of that width shows them.
struct What {
    QStringList issue{}, fix{};
};

int roomForWords(int cell) {
    return cell - 3 * kPadding - Theme::of().scaled(metrics::kIcon);
}

What whatIn(const QModelIndex& index, int width) {
    const Theme& theme = Theme::of();
    const int room = roomForWords(width);
    // Words of a user, which may be of any length, are in them.
    const QString issue = shownText(index.data().toString(), kTipLength),
                  fix = shownText(index.data(IssueModel::kFixRole).toString(), kTipLength);
    return {wrapped(issue, theme.font(TextStyle::BodyStrong), room),
            wrapped(fix, theme.font(TextStyle::Caption), room)};
}

int heightOf(const What& what) {
    const Theme& theme = Theme::of();
    return static_cast<int>(what.issue.size()) * theme.lineHeight(TextStyle::Body) +
           static_cast<int>(what.fix.size()) * theme.lineHeight(TextStyle::Caption);
}

void paintWhat(QPainter& painter, const QRect& cell, const QModelIndex& index) {
    const Theme& theme = Theme::of();
    const int icon = theme.scaled(metrics::kIcon);
    const auto role = index.data(IssueModel::kColorRole).value<ColorRole>();
    const QPixmap mark = theme.pixmap(index.data(IssueModel::kSignRole).toString(), icon,
                                      colorOf(theme.tokens(), role), painter.device()->devicePixelRatioF());
    painter.drawPixmap(cell.left() + kPadding, cell.center().y() - icon / 2, mark);
    const QRect words = cell.adjusted(kPadding + icon + kPadding, 0, -kPadding, 0);
    const What what = whatIn(index, cell.width());
    int top = words.center().y() - heightOf(what) / 2 + 1;
    const auto draw = [&](TextStyle style, const QColor& color, int height, const QStringList& lines) {
        painter.setFont(theme.font(style));
        painter.setPen(color);
        for (const QString& line : lines) {
            painter.drawText(QRect(words.left(), top, words.width(), height), Qt::AlignVCenter, line);
            top += height;
        }
    };
    draw(TextStyle::BodyStrong, theme.tokens().text, theme.lineHeight(TextStyle::Body), what.issue);
    draw(TextStyle::Caption, theme.tokens().dim, theme.lineHeight(TextStyle::Caption), what.fix);
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

int IssueDelegate::heightOf(const QModelIndex& index, int width) {
    const int lines = ui::heightOf(whatIn(index, width));
    return std::max(Theme::of().scaled(kRowHeight), lines + kAroundLines);
}

int IssueDelegate::widthOfFix(const QString& words) {
    return QFontMetrics(Theme::of().font(TextStyle::BodyMedium)).horizontalAdvance(words) - roomForFix(0);
}

bool IssueDelegate::isFixWhole(const QString& words, int width) {
    const int room = roomForFix(width);
    const QFontMetrics metrics(Theme::of().font(TextStyle::BodyMedium));
    return metrics.horizontalAdvance(
               words.mid(firstLineOf(words, Theme::of().font(TextStyle::BodyMedium), room))) <= room;
}

int IssueDelegate::leastOfPlace() {
    constexpr int kCharacters = 16;
    const Theme& theme = Theme::of();
    return QFontMetrics(theme.font(TextStyle::Body)).averageCharWidth() * kCharacters +
           theme.scaled(metrics::kIconSmall) + kGap + 2 * kPadding;
}

QStringList IssueDelegate::linesOfFix(const QString& words, int width) {
    const int room = roomForFix(width);
    const qsizetype first = firstLineOf(words, Theme::of().font(TextStyle::BodyMedium), room);
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
