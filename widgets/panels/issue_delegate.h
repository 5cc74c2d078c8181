// Paints a row of an IssueModel: the issue over its fix, the node as a link, the quick fix as a
// button.
#pragma once
#include <QStyledItemDelegate>

namespace rw::ui {

class IssueDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    static constexpr int kRowHeight = 48;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// The button of a row's quick fix inside its cell; null where there is none.
    static QRect buttonIn(const QRect& cell, const QModelIndex& index);
    /// Of a cell that shows a quick fix whole.
    static int widthOfFix(const QString& words);
    /// The words that lead to the node, with its icon.
    static QRect linkIn(const QRect& cell, const QModelIndex& index, const QFont& font);
};

}  // namespace rw::ui
