// The rows of a result that differ between A and a variant (B, for short), or one side alone has, or that are
// the same, as a table.
#pragma once
#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <vector>

#include "core/data/batch.h"
#include "widgets/what_if/result_series.h"

namespace rw::ui {

enum class RowsShown { Differ, OnlyA, OnlyB, Same };
/// Of the parts of a result, how many rows.
std::uint64_t countOf(const WhatIfDifference& difference, RowsShown shown);

class DifferenceRows final : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { kTime, kKey, kA, kB, kChange, kBar };
    static constexpr int kBarRole = Qt::UserRole + 1;  ///< from −1 to 1; nothing: there is no bar

    using QAbstractTableModel::QAbstractTableModel;

    /// `difference` outlives this, or the next call; null: there is none. `number`: the column that is
    /// compared; nothing: rows have none, and are shown whole.
    void set(const WhatIfDifference* difference, RowsShown shown, std::optional<int> number,
             CompareSide variant = CompareSide::B);
    CompareSide variant() const { return m_variant; }
    void sortBy(int column, bool descending);
    int sortColumn() const { return m_sorted; }
    bool isDescending() const { return m_descending; }
    /// Of a row in the table; nothing: it has no time.
    std::optional<double> timeOf(int row) const;
    /// The words of the language are others.
    void refresh();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Line {
        const WhatIfRow *a = nullptr, *b = nullptr;
    };
    const WhatIfRow& any(const Line& line) const { return line.a != nullptr ? *line.a : *line.b; }
    std::optional<double> timeOf(const Line& line) const;
    std::optional<double> number(const WhatIfRow* row) const;
    std::optional<double> change(const Line& line) const;
    QString timeText(const Line& line) const;
    QString rowText(const WhatIfRow* row) const;
    QString valueText(const WhatIfRow* row) const;
    QString text(const Line& line, int column) const;
    void sortRows();

    const WhatIfDifference* m_difference = nullptr;
    ResultShape m_shape{};
    std::optional<int> m_number{};
    CompareSide m_variant = CompareSide::B;
    std::vector<Line> m_lines{};
    double m_largest = 0;  ///< of the changes
    int m_sorted = kTime;
    bool m_descending = false;
};

/// Bars of the changes: to the right where B has more, to the left where it has less.
class ChangeDelegate final : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

/// All rows that differ, for a file: how, the key, and each column of A and of the variant. A count of
/// differences alone has none.
std::vector<Batch> differencesOf(const WhatIfDifference& difference, CompareSide variant = CompareSide::B);

}  // namespace rw::ui
