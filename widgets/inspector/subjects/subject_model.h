// The topics or tables of a connection as the rows of a list, thousands of them, searched by name.
#pragma once
#include <QAbstractTableModel>
#include <vector>

#include "core/connect/connections/connection_browser.h"

namespace rw::ui {

class SubjectModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { kName, kParts, kRows, kBytes, kColumns };

    using QAbstractTableModel::QAbstractTableModel;

    /// The same names with other sizes leave the rows, and what is chosen of them, where they are.
    void set(ConnectionSubjects subjects);
    /// Only those whose names contain it, in any case of its letters.
    void setFilter(const QString& text);

    const ConnectionSubject* subject(int row) const;  ///< null: there is no such row
    int rowOf(const std::string& name) const;         ///< -1: it is not listed, or left out
    bool isEmpty() const { return m_subjects.empty(); }
    /// Whether any of them has a figure there.
    bool has(Column column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    void filter();

    ConnectionSubjects m_subjects{};
    QString m_filter{};
    std::vector<std::size_t> m_rows{};  ///< places in m_subjects
};

}  // namespace rw::ui
