// The rows that differ between two tables, for a table view: a sign says how, and a cell that changed shows
// both values.
#pragma once
#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <vector>

#include "core/connect/sqlite/table_difference.h"

namespace rw::ui {

class ComparisonRows : public QAbstractTableModel {
    Q_OBJECT
 public:
    using Kind = RowDiffering::Kind;

    using QAbstractTableModel::QAbstractTableModel;

    void set(std::shared_ptr<const TableDifference> difference);  ///< null: none
    /// Only rows of one kind; nothing: all.
    void show(std::optional<Kind> kind);
    const std::shared_ptr<const TableDifference>& difference() const { return m_difference; }
    void refresh();  ///< after a change of language or theme
    /// The rows, with tabs between: how they differ, and of each column the value there and the one here.
    QString tabbed(int first, int count) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    void select();
    const RowDiffering& rowAt(int row) const;
    QString words(const RowDiffering& row, std::size_t column, bool whole) const;

    std::shared_ptr<const TableDifference> m_difference{};
    std::optional<Kind> m_kind{};
    std::vector<std::size_t> m_rows{};
};

}  // namespace rw::ui
