// Rows of several lines: a sign, a title, lines below it, and at the right a letter in a circle, or an arrow
// that takes something back.
#pragma once
#include <QStyledItemDelegate>

namespace rw::ui {

class LinesDelegate final : public QStyledItemDelegate {
    Q_OBJECT
 public:
    enum Role {
        SignRole = Qt::UserRole + 60,  ///< QString; empty: no sign
        SignColorRole,                 ///< ColorRole as int
        LinesRole,                     ///< QStringList
        LetterRole,                    ///< QString, in a circle
        ArrowRole                      ///< bool: there is an arrow
    };
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The arrow in a row of that rectangle.
    static QRect arrowIn(const QRect& row);

 Q_SIGNALS:
    void arrowClicked(const QModelIndex& index);

 protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
};

}  // namespace rw::ui
