// The left side of the SQL page: the tables that can be asked, the queries of the pipeline, and the
// statements that were asked.
#pragma once
#include <QSet>
#include <QSortFilterProxyModel>
#include <QWidget>
#include <functional>

#include "widgets/sql/query_history.h"
#include "widgets/sql/saved_queries.h"
#include "widgets/sql/table_tree.h"

class QLabel;
class QListView;
class QSplitter;
class QStackedLayout;
class QTreeView;

namespace rw::ui {

class SearchField;

class SqlSide : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 288;

    /// All must outlive it.
    SqlSide(const QueryTables& tables, SavedQueryModel& saved, QueryHistory& history,
            QWidget* parent = nullptr);

    void showTables();  ///< what is open stays so
    QTreeView& tree() const { return *m_tree; }
    SavedQueries& saved() const { return *m_saved; }
    QListView& history() const { return *m_list; }
    void retranslate();

 Q_SIGNALS:
    void nameChosen(const QString& name, bool table);  ///< to be written into the query
    void queryChosen(const QString& sql);

 private:
    void forTables(const std::function<void(const QModelIndex& table)>& act) const;
    QSet<QString> openTables() const;  ///< whose columns are shown, by what a query writes for them
    void choose(const QModelIndex& index);
    void filter(const QString& words);
    void showHistory();

    const QueryTables& m_tables;
    QueryHistory& m_history;
    TableTree m_model;
    QSortFilterProxyModel m_found{};
    SearchField* m_search;
    QTreeView* m_tree;
    QLabel* m_nothing;
    SavedQueries* m_saved;
    QLabel *m_past, *m_noPast;
    QListView* m_list;
    QSplitter* m_parts;
    QStackedLayout *m_pages, *m_pastPages;
};

}  // namespace rw::ui
