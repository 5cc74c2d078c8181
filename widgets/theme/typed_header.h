// The head of a data grid: each column's name with its type in a line below, and a sign on the sorted one.
// The model gives the type for kTypeRole and the alignment of the column's values for Qt::TextAlignmentRole.
#pragma once
#include <QHeaderView>

namespace rw::ui {

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
