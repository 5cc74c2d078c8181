#include "widgets/sql/sql_side.h"

#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTreeShare = 4, kSavedShare = 2, kHistoryShare = 3, kTreeIndent = 16;

QLabel* wrapped(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setProperty("role", "dim");
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    return label;
}

}  // namespace

SqlSide::SqlSide(const QueryTables& tables, SavedQueryModel& saved, QueryHistory& history, QWidget* parent)
    : QWidget(parent),
      m_tables(tables),
      m_history(history),
      m_model(tables),
      m_search(new SearchField({}, {}, this)),
      m_tree(new QTreeView(this)),
      m_nothing(wrapped(this)),
      m_saved(new SavedQueries(saved, this)),
      m_past(new QLabel(this)),
      m_noPast(wrapped(this)),
      m_list(new QListView(this)),
      m_parts(new QSplitter(Qt::Vertical, this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "right");
    setFixedWidth(Theme::of(this).scaled(kWidth));
    m_found.setSourceModel(&m_model);
    m_found.setRecursiveFilteringEnabled(true);
    m_found.setAutoAcceptChildRows(true);
    m_found.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree->setModel(&m_found);
    m_tree->setItemDelegate(new TreeDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setIndentation(kTreeIndent);
    m_tree->setTabKeyNavigation(false);
    m_list->setModel(&m_history);
    m_list->setItemDelegate(new HistoryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setTabKeyNavigation(false);
    m_past->setProperty("role", "section");
    m_past->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kStep);
    auto* tablePart = new QWidget(m_parts);
    m_pages = new QStackedLayout(tablePart);
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_nothing);
    auto* past = new QWidget(m_parts);
    auto* pastColumn = new QVBoxLayout(past);
    pastColumn->setContentsMargins(0, 0, 0, 0);
    pastColumn->setSpacing(0);
    pastColumn->addWidget(m_past);
    auto* pastList = new QWidget(past);
    m_pastPages = new QStackedLayout(pastList);
    m_pastPages->addWidget(m_list);
    m_pastPages->addWidget(m_noPast);
    pastColumn->addWidget(pastList, 1);
    m_parts->addWidget(tablePart);
    m_parts->addWidget(m_saved);
    m_parts->addWidget(past);
    m_parts->setStretchFactor(0, kTreeShare);
    m_parts->setStretchFactor(1, kSavedShare);
    m_parts->setStretchFactor(2, kHistoryShare);
    m_parts->setChildrenCollapsible(false);
    auto* searchLine = new QVBoxLayout;
    searchLine->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding,
                                   metrics::kGrid);
    searchLine->addWidget(m_search);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addLayout(searchLine);
    column->addWidget(m_parts, 1);
    connect(m_search, &SearchField::textChanged, this, &SqlSide::filter);
    connect(m_tree, &QTreeView::activated, this, &SqlSide::choose);
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT queryChosen(m_history.at(index.row()).sql); });
    connect(m_saved, &SavedQueries::chosen, this, &SqlSide::queryChosen);
    connect(&m_history, &QAbstractItemModel::modelReset, this, &SqlSide::showHistory);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        setFixedWidth(Theme::of(this).scaled(kWidth));
        m_tree->doItemsLayout();
        m_saved->list().doItemsLayout();
        m_list->doItemsLayout();
    });
    showHistory();
    retranslate();
}

void SqlSide::showTables() {
    const QSet<QString> open = openTables();
    bool reset = false;
    const auto watch = connect(&m_model, &QAbstractItemModel::modelReset, this, [&reset] { reset = true; });
    m_model.show();
    disconnect(watch);
    m_pages->setCurrentIndex(m_model.rowCount() == 0 ? 1 : 0);
    m_search->setEnabled(m_model.rowCount() > 0);
    if (!reset) return;
    filter(m_search->text());
    forTables([&](const QModelIndex& table) {
        if (open.contains(table.data(TableTree::kSqlRole).toString())) m_tree->expand(table);
    });
}

void SqlSide::forTables(const std::function<void(const QModelIndex& table)>& act) const {
    for (int schema = 0; schema < m_found.rowCount(); ++schema) {
        const QModelIndex head = m_found.index(schema, 0);
        for (int table = 0; table < m_found.rowCount(head); ++table) act(m_found.index(table, 0, head));
    }
}

QSet<QString> SqlSide::openTables() const {
    QSet<QString> open;
    forTables([&](const QModelIndex& table) {
        if (m_tree->isExpanded(table)) open << table.data(TableTree::kSqlRole).toString();
    });
    return open;
}

void SqlSide::choose(const QModelIndex& index) {
    const QString name = index.data(TableTree::kSqlRole).toString();
    if (name.isEmpty()) return m_tree->setExpanded(index, !m_tree->isExpanded(index));
    Q_EMIT nameChosen(name, !index.parent().parent().isValid());
}

void SqlSide::filter(const QString& words) {
    m_found.setFilterFixedString(words.trimmed());
    if (!words.trimmed().isEmpty()) return m_tree->expandAll();
    m_tree->collapseAll();
    m_tree->expandToDepth(0);
}

void SqlSide::showHistory() {
    m_pastPages->setCurrentIndex(m_history.rowCount() == 0 ? 1 : 0);
}

void SqlSide::retranslate() {
    m_search->setPlaceholder(tr("Tables, columns"));
    m_search->setAccessibleName(tr("Find tables and columns"));
    m_tree->setAccessibleName(tr("Tables and columns"));
    m_nothing->setText(
        tr("No tables yet. They are those of the SQLite sinks of this pipeline, once a run has "
           "written them, and the newest rows, the alerts and the tape of its run."));
    m_saved->retranslate();
    m_past->setText(tr("History"));
    m_noPast->setText(tr("Statements that were run are listed here."));
    m_list->setAccessibleName(tr("History"));
    m_model.refresh();
    m_history.refresh();
}

}  // namespace rw::ui
