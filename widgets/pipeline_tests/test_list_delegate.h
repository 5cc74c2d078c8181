// An entry of the list of tests: the sign of its state, its name, the state in words below, and the time.
#pragma once
#include <QStyledItemDelegate>

namespace rw::ui {

class TestListDelegate : public QStyledItemDelegate {
 public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui
