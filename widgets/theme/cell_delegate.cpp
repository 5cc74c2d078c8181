#include "widgets/theme/cell_delegate.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

// Before an arrow that stands for a blank: it is not seen, and tells it from an arrow in the data.
constexpr QChar kCarrier(0x2060);
constexpr QChar kBlankDot(0xb7), kTabArrow(0x2192), kLineArrow(0x21b5), kFixedBlank(0x237d);

bool breaksLine(QChar c) {
    return c == u'\n' || c == u'\r' || c == u'\v' || c == u'\f' || c == QChar(0x85) ||
           c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

/// A blank that looks like the ordinary one, or like none.
bool isOddBlank(QChar c) {
    return c != u' ' && (c.category() == QChar::Separator_Space || c == QChar(0x200b) || c == QChar(0xfeff));
}

void addPiece(std::vector<CellPiece>& pieces, const QString& words, bool mark) {
    if (words.isEmpty()) return;
    if (!pieces.empty() && pieces.back().mark == mark) {
        pieces.back().words += words;
    } else {
        pieces.push_back({words, mark});
    }
}

QString joinedPieces(const std::vector<CellPiece>& pieces) {
    QString all;
    for (const CellPiece& piece : pieces) all += piece.words;
    return all;
}

/// Leaves out of the middle what has no room; marks at the end stay.
std::vector<CellPiece> elidedPieces(std::vector<CellPiece> pieces, const QFontMetrics& metrics, int room) {
    if (metrics.horizontalAdvance(joinedPieces(pieces)) <= room) return pieces;
    std::vector<CellPiece> end;
    if (pieces.back().mark && pieces.size() > 1) {
        end.push_back(pieces.back());
        pieces.pop_back();
        room -= metrics.horizontalAdvance(end.front().words);
    }
    std::vector<CellPiece> shown;
    for (const CellPiece& piece : pieces) {
        const int width = metrics.horizontalAdvance(piece.words);
        addPiece(shown, metrics.elidedText(piece.words, Qt::ElideRight, std::max(room, 0)), piece.mark);
        room -= width;
        if (room <= 0) break;
    }
    for (const CellPiece& piece : end) addPiece(shown, piece.words, piece.mark);
    return shown;
}

}  // namespace

QString shownCell(const QString& text, qsizetype most) {
    const bool marked =
        std::any_of(text.begin(), text.end(), [](QChar c) { return c == u'\t' || breaksLine(c); });
    if (!marked) return shownText(text, most);
    QString carried;
    carried.reserve(std::min(text.size(), most) + 1);
    for (qsizetype i = 0; i < text.size() && carried.size() <= most; ++i) {
        const QChar c = text[i];
        if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') continue;  // one line end
        if (c == u'\t') {
            (carried += kCarrier) += kTabArrow;
        } else if (breaksLine(c)) {
            (carried += kCarrier) += kLineArrow;
        } else {
            carried += c;
        }
    }
    return shownText(carried, most);
}

std::vector<CellPiece> piecesOf(const QString& shown) {
    const auto isArrow = [&shown](qsizetype at) {
        return at + 1 < shown.size() && shown[at] == kCarrier &&
               (shown[at + 1] == kTabArrow || shown[at + 1] == kLineArrow);
    };
    const auto isBlank = [&shown](qsizetype at) { return shown[at] == u' ' || isOddBlank(shown[at]); };
    qsizetype first = 0, last = shown.size();
    while (first < last && (isBlank(first) || isArrow(first))) first += isArrow(first) ? 2 : 1;
    while (last > first && (isBlank(last - 1) || (last > first + 1 && isArrow(last - 2))))
        last -= isBlank(last - 1) ? 1 : 2;
    std::vector<CellPiece> pieces;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const QChar c = shown[i];
        if (isArrow(i)) {
            addPiece(pieces, QString(shown[++i]), true);
        } else if (isOddBlank(c)) {
            addPiece(pieces, kFixedBlank, true);
        } else if (c == u' ' && (i < first || i >= last)) {
            addPiece(pieces, kBlankDot, true);
        } else {
            addPiece(pieces, c, false);
        }
    }
    return pieces;
}

std::vector<CellPiece> CellDelegate::piecesIn(const QModelIndex& index) const {
    const QString text = displayText(index.data(Qt::DisplayRole), QLocale());
    if (index.data(kOwnWordsRole).toBool()) return {{text, false}};
    return piecesOf(text);
}

void CellDelegate::paintFill(QPainter& painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    const QVariant background = index.data(Qt::BackgroundRole);
    if (background.isValid() && !option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, background.value<QColor>());  // the style sheet paints none
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    paintFill(*painter, option, index);
    QStyleOptionViewItem cell = inSight(option);
    initStyleOption(&cell, index);
    const std::vector<CellPiece> pieces = piecesIn(index);
    const bool marked =
        std::any_of(pieces.begin(), pieces.end(), [](const CellPiece& piece) { return piece.mark; });
    const QStyle& style = cell.widget != nullptr ? *cell.widget->style() : *QApplication::style();
    const int margin = style.pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
    QRect room = style.subElementRect(QStyle::SE_ItemViewItemText, &cell, cell.widget);
    room.adjust(margin, 0, -margin, 0);
    const QFontMetrics metrics(cell.font);
    const bool atEdge = cell.rect.width() < option.rect.width();
    const QString words = joinedPieces(pieces), seen = wordsAtEdge(words, metrics, room.width());
    const bool untold = atEdge && seen != words && seen.size() <= 1;
    if (!marked && !untold) return QStyledItemDelegate::paint(painter, inSight(option), index);
    cell.text.clear();
    style.drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    const bool chosen = cell.state & QStyle::State_Selected;
    const QColor ink = cell.palette.color(chosen ? QPalette::HighlightedText : QPalette::Text);
    painter->save();
    painter->setFont(cell.font);
    if (untold) {
        // A blank would look like an empty value: the whole sliver has room for the sign that it is cut.
        painter->setPen(ink);
        if (metrics.horizontalAdvance(kCut) <= cell.rect.width())
            painter->drawText(cell.rect, Qt::AlignCenter, QString(kCut));
        return painter->restore();
    }
    const auto parts = elidedPieces(pieces, metrics, room.width());
    int left = room.left();
    if (cell.displayAlignment & Qt::AlignRight)
        left = std::max(left, room.right() + 1 - metrics.horizontalAdvance(joinedPieces(parts)));
    for (const CellPiece& part : parts) {
        painter->setPen(part.mark ? Theme::of(cell.widget).tokens().dim : ink);
        const int width = metrics.horizontalAdvance(part.words);
        painter->drawText(QRect(left, room.top(), width + 1, room.height()), Qt::AlignVCenter, part.words);
        left += width;
    }
    painter->restore();
}

}  // namespace rw::ui
