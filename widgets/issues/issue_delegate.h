// Paints a row of an IssueModel: the issue over its fix, the node as a link, the quick fix as a
// button.
#pragma once
#include <QStringList>
#include <QStyledItemDelegate>

namespace rw::ui {

class IssueDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    static constexpr int kRowHeight = 48;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// Of a row whose issue and fix stand in a cell of that width, in as many lines as they need.
    static int heightOf(const QModelIndex& index, int width);
    /// The button of a row's quick fix inside its cell; null where there is none.
    static QRect buttonIn(const QRect& cell, const QModelIndex& index);
    /// Of a cell that shows a quick fix whole, in one line.
    static int widthOfFix(const QString& words);
    /// Whether a cell of that width shows a quick fix whole, if need be in two lines.
    static bool isFixWhole(const QString& words, int width);
    /// A quick fix as a cell of that width shows it.
    static QStringList linesOfFix(const QString& words, int width);
    /// Of a cell that shows the first words of a node or a place.
    static int leastOfPlace();
    /// The words that lead to the node, with its icon.
    static QRect linkIn(const QRect& cell, const QModelIndex& index, const QFont& font);
};

}  // namespace rw::ui
