// The issues of a pipeline, a row each: the issue and its fix, its node, its place in that, and a quick fix.
// The panel that lists them decides which rows there are, and their signs.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <vector>

#include "core/pipeline/issue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

class IssueModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { What, Where, Place, Fix, ColumnCount };
    /// What: the second line; the icon before both lines, and its ColorRole. Where: the name of the node's
    /// icon.
    static constexpr int kFixRole = Qt::UserRole, kIconRole = Qt::UserRole + 1, kSignRole = Qt::UserRole + 2,
                         kColorRole = Qt::UserRole + 3;

    const Issue& issue(int row) const { return m_issues[static_cast<std::size_t>(row)]; }
    /// The row of that issue, -1 when it is gone. An issue is known by its node, parameter and message.
    int rowOf(const Issue& issue) const;
    /// A row as text, with tabs between its parts.
    virtual QString line(int row) const = 0;
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 protected:
    struct Sign {
        QString icon;
        ColorRole role;
    };
    /// The document must outlive the model.
    IssueModel(const PipelineDocument& document, QObject* parent);
    /// Nothing is reset when they are the ones shown already.
    void show(std::vector<Issue> issues);
    QString shown(const Issue& issue, int column) const;
    virtual Sign signOf(int row) const = 0;
    virtual QString headOfWhat() const = 0;  ///< of the first column

 private:
    const PipelineDocument& m_document;
    std::vector<Issue> m_issues;
};

}  // namespace rw::ui
