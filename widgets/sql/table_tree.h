// The tables and views that can be asked, with their columns: databases, then the live rows of the run, then
// its tape.
#pragma once
#include <QAbstractItemModel>
#include <QStyledItemDelegate>

#include "widgets/sql/query_tables.h"

namespace rw::ui {

/// Three levels: schemas, tables, columns. Entries keep their places while only numbers of rows change.
class TableTree : public QAbstractItemModel {
    Q_OBJECT
 public:
    /// At the right: of a schema nothing, of a table its rows, of a column its type.
    static constexpr int kDetailRole = Qt::UserRole;
    /// What a query writes for it; empty: nothing.
    static constexpr int kSqlRole = Qt::UserRole + 1;
    enum class Level { Schema, Table, Column };

    /// The tables must outlive the model.
    explicit TableTree(const QueryTables& tables, QObject* parent = nullptr);

    void show();
    void refresh();  ///< after a change of language or theme
    static Level levelOf(const QModelIndex& index);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    const AskableSchema& schemaOf(const QModelIndex& index) const;
    const AskableTable& tableOf(const QModelIndex& index) const;
    QVariant schemaData(const AskableSchema& schema, int role) const;
    QVariant tableData(const AskableSchema& schema, const AskableTable& table, int role) const;
    QVariant columnData(const AskableColumn& column, int role) const;

    const QueryTables& m_tables;
    std::vector<AskableSchema> m_shown{};
};

/// Name, and its detail at the right.
class TreeDelegate : public QStyledItemDelegate {
    Q_OBJECT
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rw::ui
