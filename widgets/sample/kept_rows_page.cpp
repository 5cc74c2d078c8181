#include "widgets/sample/kept_rows_page.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <numeric>
#include <set>

#include "core/base/figures.h"
#include "core/tape/rolling/rolling_tape.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/sample/kept_rows_text.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kKeptTableHeight = 260;
enum KeptColumn {
    kSourceColumn,
    kPipelineColumn,
    kConnectionColumn,
    kHeardColumn,
    kRowsColumn,
    kSizeColumn,
    kKeptColumns
};

}  // namespace

KeptRowsPage::KeptRowsPage(const RunSession& session, QWidget* parent)
    : PreferencesPage(parent),
      m_session(session),
      m_words(new QLabel),
      m_where(new QLabel),
      m_table(new QTableWidget(0, kKeptColumns)),
      m_remove(new QPushButton),
      m_removeAll(new QPushButton) {
    m_table->setObjectName(QStringLiteral("kept_rows"));
    m_remove->setObjectName(QStringLiteral("remove_kept"));
    m_removeAll->setObjectName(QStringLiteral("remove_all_kept"));
    m_table->setTextElideMode(Qt::ElideMiddle);
    applyTableStyle(*m_table);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table, {{Of::Words, 112, 1},
                                  {Of::Words, 112, 1},
                                  {Of::Words, 96, 1},
                                  {Of::Words, 112},
                                  {Of::Figures, 64},
                                  {Of::Figures, 72}});
    m_table->setMinimumHeight(kKeptTableHeight);
    m_words->setProperty("role", "dim");
    m_where->setProperty("role", "caption");
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* label : {m_words, m_where}) label->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_words);
    column->addWidget(m_table, 1);
    column->addWidget(m_where);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(metrics::kGrid);
    foot->addWidget(m_remove);
    foot->addWidget(m_removeAll);
    foot->addStretch(1);
    column->addLayout(foot);
    connect(m_remove, &QPushButton::clicked, this, [this] { remove(false); });
    connect(m_removeAll, &QPushButton::clicked, this, [this] { remove(true); });
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &KeptRowsPage::showChosen);
    retranslate();
    look();
}

QString KeptRowsPage::id() const {
    return QStringLiteral("kept_rows");
}

QString KeptRowsPage::title() const {
    return tr("Kept rows");
}

void KeptRowsPage::look() {
    m_work.ask([store = m_store] { return store.all(); },
               [this](std::vector<KeptSource> kept) {
                   m_kept = std::move(kept);
                   m_looked = true;
                   fill();
               });
}

void KeptRowsPage::fill() {
    const RollingTape::Kept run = m_session.keptInput() ? m_session.keptInput()->kept() : RollingTape::Kept();
    m_ofRun = run.any;
    m_table->setRowCount(static_cast<int>(m_kept.size()) + (m_ofRun ? 1 : 0));
    int row = 0;
    if (m_ofRun) {
        fillRow(row++, {tr("Newest input of the run"),
                        tr("This pipeline"),
                        {},
                        momentText(run.since),
                        {},
                        sizeText(run.bytes)});
    }
    for (const KeptSource& each : m_kept) {
        QStringList connections;
        for (const std::string& name : each.by.connections)
            connections << shownText(QString::fromStdString(name));
        const QString file = QFileInfo(QString::fromStdString(each.by.pipeline)).fileName();
        fillRow(row, {keptTitle(each), shownText(file), connections.join(QStringLiteral(", ")),
                      each.at != 0 ? momentText(each.at) : QString(),
                      each.type.empty() ? QString() : countText(each.rows), sizeText(each.bytes)});
        m_table->item(row++, kPipelineColumn)->setToolTip(QString::fromStdString(each.by.pipeline));
    }
    const std::uint64_t bytes =
        std::accumulate(m_kept.begin(), m_kept.end(), run.bytes,
                        [](std::uint64_t sum, const KeptSource& each) { return sum + each.bytes; });
    m_where->setText(m_table->rowCount() == 0
                         ? tr("Nothing is kept. It would be in %1, which only you can read.")
                               .arg(folderText(m_store.folder()))
                         : tr("%1 in all. What was heard is in %2, which only you can read.")
                               .arg(sizeText(bytes), folderText(m_store.folder())));
    showChosen();
}

void KeptRowsPage::fillRow(int row, const QStringList& cells) {
    for (int column = 0; column < kKeptColumns; ++column) {
        auto* item = new QTableWidgetItem(cells.at(column));
        item->setToolTip(cells.at(column));
        if (column >= kRowsColumn) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, column, item);
    }
}

void KeptRowsPage::showChosen() {
    m_remove->setEnabled(!m_removing && m_table->selectionModel()->hasSelection());
    m_removeAll->setEnabled(!m_removing && m_table->rowCount() > 0);
}

void KeptRowsPage::remove(bool all) {
    std::set<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows.insert(index.row());
    std::vector<std::string> keys;
    const int first = m_ofRun ? 1 : 0;
    for (std::size_t number = 0; number < m_kept.size(); ++number) {
        if (rows.contains(first + static_cast<int>(number))) keys.push_back(m_kept[number].by.key);
    }
    const std::shared_ptr<RollingTape> run =
        m_ofRun && (all || rows.contains(0)) ? m_session.keptInput() : nullptr;
    m_removing = true;
    showChosen();
    m_work.ask(
        [store = m_store, keys = std::move(keys), run, all] {
            if (run) run->end();
            if (all) (void)store.forgetAll();
            for (const std::string& key : keys) (void)store.forget(key);
            return store.all();
        },
        [this, all](std::vector<KeptSource> kept) {
            m_kept = std::move(kept);
            m_removing = false;
            m_table->clearSelection();
            fill();
            Q_EMIT removed(all);
            Q_EMIT settled();
        });
}

void KeptRowsPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    PreferencesPage::changeEvent(event);
}

void KeptRowsPage::retranslate() {
    m_words->setText(tr(
        "Rows of live sources that stay on this computer: what was heard of them, as their samples, and the "
        "newest input of the last run. Each goes with its connection, and with a pipeline that says that no "
        "input is kept."));
    m_table->setHorizontalHeaderLabels(
        {tr("Source"), tr("Pipeline"), tr("Connection"), tr("Since"), tr("Rows"), tr("Size")});
    m_table->setAccessibleName(tr("Kept rows"));
    m_remove->setText(tr("&Remove"));
    m_removeAll->setText(tr("Remove &all"));
    if (m_looked) fill();
}

}  // namespace rw::ui
