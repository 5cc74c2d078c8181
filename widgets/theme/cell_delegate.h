// Cells with data: the part in sight of one that the edge of the table cuts, and blanks that would not be
// seen.
#pragma once
#include <QString>
#include <QStyledItemDelegate>
#include <vector>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

/// As shownText(), but tabs and line ends become arrows that a CellDelegate paints as marks.
QString shownCell(const QString& text, qsizetype most = kShownLength);

/// Of a model: true for a cell of words or figures of ours, in which no blank is one of the data.
inline constexpr int kOwnWordsRole = Qt::UserRole + 0x57;

/// A part of a cell's text.
struct CellPiece {
    QString words;
    bool mark = false;  ///< stands for blanks: at the ends, other than ordinary ones, tabs, line ends
    bool operator==(const CellPiece&) const = default;
};
/// Of a text as shownCell() or shownText() gives it, with marks in place of the blanks. One piece that is no
/// mark: there is nothing to mark.
std::vector<CellPiece> piecesOf(const QString& shown);

/// A figure without its last digits would be another one, and a key with a blank behind it is another key:
/// both are seen. Marks are in the secondary colour; what is copied has the blanks themselves. Behind the
/// words is the colour that the model gives for Qt::BackgroundRole.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// What is painted in that cell.
    std::vector<CellPiece> piecesIn(const QModelIndex& index) const;

 protected:
    /// For delegates that paint a cell without paint() of this one; a chosen cell has its own colour.
    static void paintFill(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index);
};

}  // namespace rw::ui
