// The problems of a pipeline, errors before warnings; within both in the order in which they were found.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <vector>

#include "core/pipeline/issue.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class ProblemsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { What, Where, Place, Fix, ColumnCount };
    /// What: the second line. Where: the name of the node's icon.
    static constexpr int kFixRole = Qt::UserRole, kIconRole = Qt::UserRole + 1;

    /// The document must outlive the model.
    explicit ProblemsModel(const PipelineDocument& document, QObject* parent = nullptr);

    /// Nothing is reset when they are the ones shown already.
    void set(std::vector<Issue> issues);
    const Issue& issue(int row) const { return m_issues[static_cast<std::size_t>(row)]; }
    /// The row of that problem, -1 when it is gone. A problem is known by its node, parameter and message.
    int rowOf(const Issue& issue) const;
    int errors() const { return m_errors; }
    int warnings() const { return rowCount() - m_errors; }
    /// A problem as text: severity, node, what and how to fix it.
    QString line(int row) const;
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QString shown(const Issue& issue, int column) const;

    const PipelineDocument& m_document;
    std::vector<Issue> m_issues;
    int m_errors = 0;
};

/// “Condition, line 1”, “Columns, item 3”, “Input in”; “Whole pipeline”.
QString placeOf(const PipelineDocument& document, const Issue& issue);

}  // namespace rw::ui
