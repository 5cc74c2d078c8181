// The items that the search of everything can find, and the list of matches: icon, title, detail; kind and
// shortcut at the right.
#pragma once
#include <QAbstractListModel>
#include <QString>
#include <QStyledItemDelegate>
#include <functional>
#include <vector>

namespace rw::ui {

/// Something that the search of everything can find, and the effect of choosing it.
struct LocatorItem {
    enum class Kind { Node, Column, Action, Setting, Add, Example, Help };

    Kind kind = Kind::Action;
    QString title;
    QString detail{};  ///< distinguishes it from others of that title
    QString icon{};    ///< for Theme::pixmap()
    QString keys{};    ///< its shortcut, as it is shown
    std::function<void()> act{};
};

/// In one word, in the language of the interface.
QString kindName(LocatorItem::Kind kind);

/// How well `typed` finds the item; 0: not at all. Each word typed must be found in its title, its detail or
/// the name of its kind. Nothing typed finds everything.
int locatorScore(const QString& typed, const LocatorItem& item);

class LocatorModel : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr std::size_t kMost = 60;  ///< more are not read by anybody

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<LocatorItem> items);
    /// Shows the matches of `typed`, the best first; equals stay in the order of setItems().
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
