// The list of matches of the search of everything: icon, title, detail; kind and
// shortcut at the right.
#pragma once
#include <QAbstractListModel>
#include <QString>
#include <QStyledItemDelegate>
#include <vector>

#include "widgets/pane/search_items.h"

namespace rw::ui {

/// In one word, in the language of the interface.
QString kindName(SearchItem::Kind kind);

/// How well `typed` finds the item; 0: not at all. Each word typed must be found in its title, also in
/// English, its detail or the name of its kind. Nothing typed finds everything.
int locatorScore(const QString& typed, const SearchItem& item);

class LocatorModel : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr std::size_t kMost = 60;  ///< more are not read by anybody

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<SearchItem> items);
    /// Shows the matches of `typed`, the best first; equals stay in the order of setItems().
    void filter(const QString& typed);
    const SearchItem* item(const QModelIndex& index) const;  ///< null: none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<SearchItem> m_items;
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
