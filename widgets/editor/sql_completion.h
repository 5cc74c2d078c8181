// Completions for an expression: columns with their types, functions and aggregates with their help.
#pragma once
#include <QAbstractListModel>
#include <QStringList>
#include <QStyledItemDelegate>
#include <memory>
#include <optional>
#include <vector>

#include "core/pipeline/join_sides.h"

namespace rw::ui {

struct Completion {
    enum class Kind { Column, Function, Aggregate, Keyword, Table, Value } kind = Kind::Column;
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
/// Whether a word typed after `before` names a result: AS stands last, and not within CAST(… AS …).
bool isNewName(const QString& before);

/// A text in single quotes that is being written.
struct OpenText {
    QString column;  ///< that it is compared with; empty: that can't be told
    QString typed;   ///< of it, as it is written
};
/// Of what stands before the cursor: the text that has begun there and not ended; nothing: none has.
std::optional<OpenText> openText(const QString& before);
/// Texts as values to be written between quotes.
std::vector<Completion> completionsFor(const QStringList& values);

/// The completions over some columns: made when a field first offers them, and shared by all fields over the
/// same columns. Made for each field, those of a list would grow with the square of the columns.
class Completions {
 public:
    Completions(Schema schema, bool aggregates) : m_schema(std::move(schema)), m_aggregates(aggregates) {}
    explicit Completions(JoinSides sides) : m_sides(std::move(sides)) {}
    /// Of another language of queries.
    explicit Completions(std::vector<Completion> list) : m_list(std::move(list)) {}

    const std::vector<Completion>& list() const;
    /// Names may have a side before them.
    bool haveSides() const { return m_sides.has_value(); }
    bool areOver(const Schema& schema, bool aggregates) const;
    bool areOver(const JoinSides& sides) const;

 private:
    Schema m_schema{};
    std::optional<JoinSides> m_sides{};
    bool m_aggregates = false;
    mutable std::optional<std::vector<Completion>> m_list{};
};

class CompletionModel : public QAbstractListModel {
    Q_OBJECT
 public:
    enum Role { InsertRole = Qt::UserRole, KindRole, DetailRole };
    using QAbstractListModel::QAbstractListModel;

    const std::shared_ptr<const Completions>& completions() const { return m_completions; }
    void set(std::shared_ptr<const Completions> completions);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::shared_ptr<const Completions> m_completions;
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
