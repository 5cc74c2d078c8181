// The list of what was found: icon, title, detail; kind and shortcut at the right.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "widgets/locator/locator_item.h"

namespace rw::ui {

class LocatorModel : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr std::size_t kMost = 60;  ///< more are not read by anybody

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<LocatorItem> items);
    /// Shows what `typed` finds, the best first; equals stay in the order of setItems().
    void filter(const QString& typed);
    const LocatorItem* item(const QModelIndex& index) const;  ///< null: none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<LocatorItem> m_items;
    std::vector<std::size_t> m_shown;
};

class LocatorDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui
