// Tables whose lines are of different kinds: words across the whole line, heads of columns, and rows; and
// cells with an old value, struck out, beside the new one.
#pragma once
#include "widgets/theme/cell_delegate.h"

class QTableView;

namespace rw::ui {

class LineDelegate : public CellDelegate {
    Q_OBJECT
 public:
    static constexpr int kLineRole = Qt::UserRole + 51;  ///< words across the line, for any of its cells
    static constexpr int kIconRole = Qt::UserRole + 52;  ///< of such a line: the name of an icon
    /// Its ColorRole as a number; of a cell with struck words, that of the others.
    static constexpr int kColorRole = Qt::UserRole + 53;
    /// The words of a cell as a QStringList, plain and struck out by turns: {"rate: ", "2000", "3000"}. Plain
    /// ones may be empty. Where there is little room, struck ones are cut first.
    static constexpr int kStruckRole = Qt::UserRole + 54;

    explicit LineDelegate(QTableView& table);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
    void paintLine(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintStruck(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

    QTableView& m_table;
};

}  // namespace rw::ui
