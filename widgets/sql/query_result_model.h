// The rows of an answer for a table view.
#pragma once
#include <QAbstractTableModel>

#include "widgets/sql/query_runner.h"

namespace rw::ui {

class QueryResultModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    using QAbstractTableModel::QAbstractTableModel;

    void set(QueryRunner::Answer answer);  ///< null: none
    const QueryRunner::Answer& answer() const { return m_answer; }
    /// One of the same statement: what is selected and in sight stays where it is, unless the columns differ.
    void update(QueryRunner::Answer answer);
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    const QueryValue& valueAt(const QModelIndex& index) const;

    QueryRunner::Answer m_answer{};
};

}  // namespace rw::ui
