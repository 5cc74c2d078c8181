// Completions for an expression: columns with their types, functions and aggregates with their help.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "core/pipeline/join_sides.h"

namespace rw::ui {

struct Completion {
    enum class Kind { Column, Function, Aggregate, Keyword } kind = Kind::Column;
    QString name;     ///< the text in the list
    QString insert;   ///< the text to insert
    QString detail;   ///< type, or “function”
    QString help;     ///< one sentence; may be empty
    QString typed{};  ///< the letters by which it is found; empty: its name
    bool operator==(const Completion&) const = default;
};

/// All completions for expressions over `schema`; aggregate functions only where they may stand.
std::vector<Completion> completionsFor(const Schema& schema, bool aggregates);
/// The same for the condition of a join: columns stand as left.id, and are found by their bare names, too.
std::vector<Completion> completionsFor(const JoinSides& sides);
/// A column of one side as SQL spells it: left.`odd name`.
QString spelled(const JoinSide& side, const std::string& column);

class CompletionModel : public QAbstractListModel {
    Q_OBJECT
 public:
    enum Role { InsertRole = Qt::UserRole, KindRole, DetailRole };
    using QAbstractListModel::QAbstractListModel;

    const std::vector<Completion>& completions() const { return m_completions; }
    void set(std::vector<Completion> completions);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::vector<Completion> m_completions;
};

/// Icon, name in the code font, detail at the right.
class CompletionDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui
