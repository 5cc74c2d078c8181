// Cells of the results grid: text, and in the sorted column of numbers a bar behind it.
#pragma once
#include <QStyledItemDelegate>

namespace rw::ui {

class ResultDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace rw::ui
