// Tables whose lines are of different kinds: words across the whole line, heads of columns, and rows.
#pragma once
#include "widgets/theme/cell_delegate.h"

class QTableView;

namespace rw::ui {

class LineDelegate : public CellDelegate {
    Q_OBJECT
 public:
    static constexpr int kLineRole = Qt::UserRole + 51;   ///< words across the line, for any of its cells
    static constexpr int kIconRole = Qt::UserRole + 52;   ///< of such a line: the name of an icon
    static constexpr int kColorRole = Qt::UserRole + 53;  ///< and its ColorRole as a number
    /// What was expected in place of the value of the cell: it is struck out before it.
    static constexpr int kStruckRole = Qt::UserRole + 54;

    explicit LineDelegate(QTableView& table);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
    void paintLine(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintChanged(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

    QTableView& m_table;
};

}  // namespace rw::ui
