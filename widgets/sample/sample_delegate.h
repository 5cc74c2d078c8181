// Cells of a sample: values as in all tables, and where no row came out the reason across the whole line.
#pragma once
#include "widgets/theme/cell_delegate.h"

class QTableView;

namespace rw::ui {

class SampleDelegate : public CellDelegate {
 public:
    explicit SampleDelegate(QTableView& table);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

 private:
    QTableView& m_table;
};

}  // namespace rw::ui
