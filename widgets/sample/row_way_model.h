// What became of a row at the nodes below, as a list: a sign, the node, and the cause.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "core/look/row_path.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

class PipelineDocument;

/// One line of the list.
struct RowWayLine {
    NodeId node{};  ///< empty: the line is a note
    QString icon{};
    ColorRole color = ColorRole::Dim;
    QString title{};
    QString words{};
    QString row{};  ///< the values that it has there
};

/// In the language of the interface; none of a path that failed.
std::vector<RowWayLine> rowWayLines(const RowPath& path, const PipelineDocument& document);

class RowWayModel : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<RowWayLine> lines);
    const std::vector<RowWayLine>& lines() const { return m_lines; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<RowWayLine> m_lines{};
};

/// For lists with a RowWayModel, which are laid out anew when their width changes. Words have as many lines
/// as they need, within reason.
class RowWayDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui
