// The result of a comparison: a row per sink and chart in the order of the run, then one per condition of a
// verdict.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <memory>

#include "core/compare/compare.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

/// How both sides are called, fit to be shown; never the same.
struct ComparedSides {
    QString a{}, b{};
    bool operator==(const ComparedSides&) const = default;
};
ComparedSides sidesOf(const CompareSide& a, const CompareSide& b);

class CompareModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Where, Found, ColumnCount };

    /// The document must outlive the model.
    explicit CompareModel(const PipelineDocument& document, QObject* parent = nullptr);

    /// Null: no rows. Nothing is reset while it is the same report.
    void set(std::shared_ptr<const CompareReport> report, const ComparedSides& sides);
    /// Null: the row is of a condition. Valid as long as the report is shown.
    const ComparedNode* node(int row) const;
    NodeId nodeOf(int row) const;  ///< the visible node: of one inside a subflow, the subflow
    int firstDifferent() const;    ///< -1: no node differs
    /// All that is to be said of a row, a line for each part.
    QString words(int row) const;
    void refresh();  ///< after a change of language, theme or titles

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Sign {
        QString icon;
        ColorRole role;
    };
    const CheckedCondition& condition(int row) const;
    const NodeId& whereOf(int row) const;
    QString titleAt(int row) const;
    QString found(int row) const;
    Sign signOf(int row) const;

    const PipelineDocument& m_document;
    std::shared_ptr<const CompareReport> m_report;
    ComparedSides m_sides;
};

}  // namespace rw::ui
