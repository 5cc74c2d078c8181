// The rows in which two engines differ at one node: those of one side alone, then those of one key that are
// not the same, with both values side by side where they differ.
#pragma once
#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "widgets/clusters/compare_model.h"

namespace rw::ui {

class DifferenceModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    /// Of each kind no more are listed.
    static constexpr std::size_t kMost = 200;

    using QAbstractTableModel::QAbstractTableModel;

    /// `node`: of that report; null: no rows. Nothing is reset, and false given back, when it is the one
    /// shown already.
    bool set(std::shared_ptr<const CompareReport> report, const ComparedNode* node,
             const ComparedSides& sides);
    bool isCut() const;  ///< there are more than are listed
    /// Chosen rows with tabs between their cells, the names of the columns first.
    QString text(const std::vector<int>& rows) const;
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    enum class Kind { OnlyA, OnlyB, Different };
    /// The values of a cell; the second is null where there is one value to show.
    struct Values {
        const CompareCell* first = nullptr;
        const CompareCell* second = nullptr;
    };
    struct Place {
        Kind kind;
        std::size_t at;
    };
    Place placeOf(int row) const;
    Values valuesOf(int row, int column) const;
    QString kindText(Kind kind) const;
    QString cellText(int row, int column) const;

    std::shared_ptr<const CompareReport> m_report;
    const ComparedNode* m_node = nullptr;
    ComparedSides m_sides;
    std::size_t m_onlyA = 0, m_onlyB = 0, m_different = 0;  ///< as many are listed
};

}  // namespace rw::ui
