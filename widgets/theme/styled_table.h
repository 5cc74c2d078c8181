// Shared by the tables of all panels, pages and charts.
#pragma once
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

#include "widgets/theme/metrics.h"

class QAction;

namespace rw::ui {

/// Whole rows are chosen, nothing is edited or wrapped, Tab leaves the table, the last column takes the rest,
/// and heads without room are elided. Rows are `rowHeight` pixels high at 100 % text zoom, and follow it.
/// After the table has got its headers, and before its header is used: one of Qt's is replaced.
void applyTableStyle(QTableView& table, int rowHeight = metrics::kTableRowHeight);

/// As wide as their cells, `widest` pixels at most (0: no bound); the last still takes the rest if it
/// did.
void fitColumns(QTableView& table, int widest = 0);

/// A cell that the edge of the table cuts is painted in the part of it that is in sight: a figure without its
/// last digits would be another one, and blanks are marked that would not be seen (cell_delegate.h). For
/// tables of data, and those that are scrolled sideways. A delegate of the table's own is a CellDelegate, or
/// paints by inSight().
void elideAtEdges(QTableView& table, QStyledItemDelegate* own = nullptr);
/// Stands where words are cut.
inline constexpr QChar kCut{0x2026};
/// As much of `words` as `room` pixels hold, with an ellipsis; that alone rather than a single digit with it,
/// which would say nothing. Empty where there is no room for it either.
QString wordsAtEdge(const QString& words, const QFontMetrics& metrics, int room);
/// The option of a cell whose rectangle is the part of it that is in sight.
QStyleOptionViewItem inSight(const QStyleOptionViewItem& option);

/// A grid of data under its heads: its rows are numbered, cells at the edges are cut as elideAtEdges() does
/// it, and no column takes the rest. After it has got its model and its head.
void styleDataGrid(QTableView& grid, QStyledItemDelegate* own = nullptr);

/// Triggered by Ctrl+C while the table has the keyboard; the table owns it.
QAction* copyAction(QTableView& table);

/// The head of a data grid: each column's name with its type in a line below, and a sign on the sorted one.
/// The model gives the type for kTypeRole and the alignment of the column's values for
/// Qt::TextAlignmentRole.
class TypedHeader : public QHeaderView {
    Q_OBJECT
 public:
    static constexpr int kTypeRole = Qt::UserRole + 40;

    explicit TypedHeader(QWidget* parent = nullptr);

    QSize sizeHint() const override;

 protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;
};

}  // namespace rw::ui
