// The rows of a TableView snapshot for a QTableView.
#pragma once
#include <QAbstractTableModel>

#include "core/views/table_view.h"

namespace rw::ui {

class TableModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    using QAbstractTableModel::QAbstractTableModel;

    void setInfo(const TableInfo& info);
    void setSnapshot(TableSnapshot snapshot);
    const std::vector<ChartColumn>& columns() const { return m_info.columns; }
    const TableSnapshot& snapshot() const { return m_shot; }
    QString text(std::size_t row, std::size_t column) const;  ///< NULL is “NULL”

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    TableInfo m_info;
    TableSnapshot m_shot;
};

}  // namespace rw::ui
