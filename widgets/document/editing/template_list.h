// A list of things to make nodes from: icon tile in the kind's tint, name, hint. Used by the palette and by
// quick add.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "widgets/document/editing/node_template.h"

namespace rw::ui {

class TemplateModel : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<TemplateEntry> entries);
    const TemplateEntry* entry(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

 private:
    std::vector<TemplateEntry> m_entries;
};

/// Paints an entry; find it through TemplateModel.
class TemplateDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The least width of an entry in which its name is whole.
    static int widthFor(const QString& name);
};

/// The picture at the pointer while an entry is dragged.
QPixmap dragPixmap(const TemplateEntry& entry, double devicePixelRatio);

}  // namespace rw::ui
