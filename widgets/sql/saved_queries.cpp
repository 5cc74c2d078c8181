#include "widgets/sql/saved_queries.h"

#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "core/pipeline/limits.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/sql/query_history.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

SavedQueryModel::SavedQueryModel(PipelineDocument& document, QObject* parent)
    : QAbstractListModel(parent), m_document(document), m_queries(savedQueries(document.pipeline())) {
    connect(&document, &PipelineDocument::changed, this, &SavedQueryModel::read);
}

void SavedQueryModel::read() {
    std::vector<SavedQuery> now = savedQueries(m_document.pipeline());
    if (now == m_queries) return;
    beginResetModel();
    m_queries = std::move(now);
    endResetModel();
}

int SavedQueryModel::find(const QString& sql) const {
    const auto found = std::find_if(m_queries.begin(), m_queries.end(), [&sql](const SavedQuery& each) {
        return QString::fromStdString(each.sql) == sql;
    });
    return found == m_queries.end() ? -1 : static_cast<int>(found - m_queries.begin());
}

void SavedQueryModel::save(const QString& name, const QString& sql) {
    Pipeline next = m_document.pipeline();
    saveQuery(next, {name.toStdString(), sql.toStdString()});
    m_document.change(next, tr("Save the query “%1”").arg(shownText(name)));
}

void SavedQueryModel::rename(int row, const QString& name) {
    Pipeline next = m_document.pipeline();
    renameQuery(next, at(row).name, name.toStdString());
    m_document.change(next, tr("Rename a query"));
}

void SavedQueryModel::remove(int row) {
    Pipeline next = m_document.pipeline();
    removeQuery(next, at(row).name);
    m_document.change(next, tr("Remove the query “%1”").arg(shownText(QString::fromStdString(at(row).name))));
}

int SavedQueryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_queries.size());
}

QVariant SavedQueryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const SavedQuery& query = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return shownText(QString::fromStdString(query.name));
        case QueryHistory::kCaptionRole:
            return shownText(QString::fromStdString(query.sql).simplified());
        case Qt::ToolTipRole:
            return tipText(QString::fromStdString(query.sql));
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::BodyMedium);
        default:
            return {};
    }
}

SavedQueries::SavedQueries(SavedQueryModel& model, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_title(new QLabel(this)),
      m_nothing(new QLabel(this)),
      m_list(new QListView(this)),
      m_pages(new QStackedLayout),
      m_insert(new QAction(m_list)),
      m_rename(new QAction(m_list)),
      m_remove(new QAction(m_list)) {
    m_title->setProperty("role", "section");
    m_title->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kStep);
    m_nothing->setProperty("role", "dim");
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_nothing->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new HistoryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setTabKeyNavigation(false);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_rename->setShortcut(Qt::Key_F2);
    m_remove->setShortcut(QKeySequence::Delete);
    for (QAction* action : {m_rename, m_remove}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_list->addAction(action);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addLayout(m_pages, 1);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_nothing);
    const auto choose = [this](const QModelIndex& index) {
        if (index.isValid()) Q_EMIT chosen(QString::fromStdString(m_model.at(index.row()).sql));
    };
    connect(m_list, &QListView::activated, this, choose);
    connect(m_insert, &QAction::triggered, this, [this, choose] { choose(m_list->currentIndex()); });
    connect(m_rename, &QAction::triggered, this, &SavedQueries::promptForName);
    connect(m_remove, &QAction::triggered, this, [this] {
        if (const int row = current(); row >= 0) m_model.remove(row);
    });
    connect(m_list, &QListView::customContextMenuRequested, this, [this](const QPoint& at) {
        if (current() < 0) return;
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions({m_insert, m_rename, m_remove});
        menu->popup(m_list->viewport()->mapToGlobal(at));
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &SavedQueries::showPage);
    showPage();
    retranslate();
}

int SavedQueries::current() const {
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? index.row() : -1;
}

void SavedQueries::showPage() {
    m_pages->setCurrentIndex(m_model.rowCount() == 0 ? 1 : 0);
}

void SavedQueries::promptForName() {
    const int row = current();
    if (row < 0) return;
    const QString before = QString::fromStdString(m_model.at(row).name);
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename query"));
    dialog->setLabelText(tr("Name of the query. One of the same name is replaced."));
    dialog->setTextValue(before);
    dialog->setOkButtonText(tr("Rename"));
    dialog->setCancelButtonText(tr("Cancel"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, before](const QString& typed) {
        const QString name = typed.trimmed().left(kMaxTitle);
        for (int i = 0; i < m_model.rowCount() && !name.isEmpty(); ++i) {
            if (QString::fromStdString(m_model.at(i).name) == before) return m_model.rename(i, name);
        }
    });
    dialog->open();
}

void SavedQueries::retranslate() {
    m_title->setText(tr("Saved queries"));
    m_nothing->setText(tr("“Save…” puts queries here."));
    m_list->setAccessibleName(tr("Saved queries"));
    m_insert->setText(tr("Write into the editor"));
    m_rename->setText(tr("Rename…"));
    m_remove->setText(tr("Remove"));
}

}  // namespace rw::ui
