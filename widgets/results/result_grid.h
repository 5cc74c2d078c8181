// How the grid of results is painted, and the line under it.
#pragma once
#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;
class QTableView;

namespace rw::ui {

/// The choice of rows or a message about them, and which of them are in sight.
class ResultFooter : public QWidget {
    Q_OBJECT
 public:
    /// The grid must outlive the footer; its model need not.
    explicit ResultFooter(QTableView& grid, QWidget* parent = nullptr);

    /// Shown while no row is chosen; a warning always.
    void setNotice(const QString& text, bool warning);
    /// Whether the grid is in sight: otherwise there is no place in it, and no row chosen, to tell of.
    void setGridShown(bool shown);

 private:
    void refresh();

    QTableView& m_grid;
    QString m_notice;
    bool m_warning = false, m_gridShown = true;
    QLabel *m_chosen, *m_place;
};

/// Cells: text, and in the sorted column of numbers a bar behind it.
class ResultDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace rw::ui
