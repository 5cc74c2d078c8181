#include "widgets/results/result_side.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/connect/sqlite/file.h"
#include "widgets/document/number_text.h"
#include "widgets/results/kept_list.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

ResultSide::ResultSide(QWidget* parent)
    : QWidget(parent),
      m_choice(new QComboBox(this)),
      m_size(new QLabel(this)),
      m_open(new IconButton(QStringLiteral("folder-open"), {}, this)),
      m_refresh(new IconButton(QStringLiteral("refresh"), {}, this)),
      m_list(new QListView(this)),
      m_kept(new KeptList(this)),
      m_compareMenu(new CompareMenu(this)),
      m_keep(new QPushButton(this)),
      m_compare(new QPushButton(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "right");
    setFixedWidth(Theme::of(this).scaled(kWidth));
    m_size->setProperty("role", "caption");
    m_choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_choice->setMinimumContentsLength(8);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kGrid, metrics::kGrid);
    head->setSpacing(metrics::kStep);
    head->addWidget(m_choice, 1);
    head->addWidget(m_size);
    head->addWidget(m_open);
    head->addWidget(m_refresh);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new TableListDelegate(m_list));
    m_list->setMouseTracking(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    column->addWidget(m_kept);
    column->addWidget(makeFoot());
    connectKept();
    connect(m_choice, &QComboBox::activated, this, [this] {
        clearListing();
        Q_EMIT databaseChosen();
    });
    connect(m_open, &IconButton::clicked, this, &ResultSide::promptForFile);
    connect(m_refresh, &IconButton::clicked, this, &ResultSide::refreshRequested);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (m_model.entry(index) != nullptr) Q_EMIT tableChosen();
                showFoot();
            });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        setFixedWidth(Theme::of(this).scaled(kWidth));
        m_model.refresh();
        showFoot();
    });
    retranslate();
}

QWidget* ResultSide::makeFoot() {
    auto* foot = new QWidget(this);
    foot->setAttribute(Qt::WA_StyledBackground);
    foot->setProperty("surface", "panel");
    foot->setProperty("edge", "top");
    m_compare->setMenu(m_compareMenu);
    auto* lines = new QVBoxLayout(foot);
    lines->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    lines->setSpacing(metrics::kGrid);
    lines->addWidget(m_keep);
    lines->addWidget(m_compare);
    return foot;
}

void ResultSide::connectKept() {
    connect(m_keep, &QPushButton::clicked, this, [this] {
        if (table() != nullptr) m_kept->keep(path(), *table(), runOfTable());
    });
    connect(m_kept, &KeptList::keepingChanged, this, &ResultSide::showFoot);
    connect(m_kept, &KeptList::openRequested, this, &ResultSide::openFile);
    connect(m_kept, &KeptList::chosen, this,
            [this](const KeptResult& kept) { Q_EMIT compareRequested(comparedWith(kept)); });
    connect(m_compareMenu, &QMenu::aboutToShow, this, [this] {
        if (table() != nullptr) m_compareMenu->set(path(), *table(), m_model.entries(), m_kept->kept());
    });
    connect(m_compareMenu, &CompareMenu::chosen, this, &ResultSide::compareRequested);
}

// A run that writes the table anew has its rows beside it until it ends: those in it are of one before.
KeptRun ResultSide::runOfTable() const {
    if (!m_run || writtenTable().writer.isEmpty()) return {};
    const std::vector<SqliteEntry>& entries = m_model.entries();
    const bool anew = std::any_of(entries.begin(), entries.end(), [this](const SqliteEntry& entry) {
        return sameSqliteName(std::string(stagedTable(entry.name)), table()->name);
    });
    return anew ? KeptRun() : m_run();
}

// Rows that are being written are neither kept nor compared: they are no result yet.
void ResultSide::showFoot() {
    m_compare->setIcon(Theme::of(this).icon(u"compare", ColorRole::Text));
    const bool whole = table() != nullptr && stagedTable(table()->name).empty() && table()->rows >= 0;
    m_keep->setEnabled(whole && !m_kept->isKeeping());
    m_keep->setText(m_kept->isKeeping() ? tr("Keeping…") : tr("Keep this result"));
    m_compare->setEnabled(whole);
}

void ResultSide::setDatabases(std::vector<ResultDatabase> databases) {
    for (const ResultDatabase& opened : m_opened) {
        const bool there = std::any_of(databases.begin(), databases.end(),
                                       [&](const ResultDatabase& each) { return each.path == opened.path; });
        if (!there) databases.push_back(opened);
    }
    if (databases == m_databases) return;
    const QString before = path();
    m_databases = std::move(databases);
    fillCombo(before);
    // The same file with other writers: their tables may be read in another way now.
    if (path() == before) return Q_EMIT refreshRequested();
    clearListing();
    Q_EMIT databaseChosen();
}

void ResultSide::fillCombo(const QString& chosen) {
    m_choice->clear();
    for (const ResultDatabase& each : m_databases) {
        m_choice->addItem(QFileInfo(each.path).fileName(), each.path);
        m_choice->setItemData(m_choice->count() - 1, tipText(each.path), Qt::ToolTipRole);
    }
    m_choice->setCurrentIndex(m_databases.empty() ? -1 : std::max(0, m_choice->findData(chosen)));
    m_choice->setEnabled(!m_databases.empty());
    showSize();
}

void ResultSide::openFile(const QString& file) {
    const QString clean = QDir::cleanPath(QFileInfo(file).absoluteFilePath());
    if (m_choice->findData(clean) < 0) {
        m_opened.push_back({clean, {}});
        m_databases.push_back({clean, {}});
    }
    fillCombo(clean);
    clearListing();
    Q_EMIT databaseChosen();
}

void ResultSide::promptForFile() {
    const QString folder = path().isEmpty() ? QDir::homePath() : QFileInfo(path()).absolutePath();
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a database"), folder,
        tr("SQLite databases (*.db *.sqlite *.sqlite3 *.db3)") + QStringLiteral(";;") + tr("All files (*)"));
    if (!file.isEmpty()) openFile(file);
}

QString ResultSide::path() const {
    return m_choice->currentData().toString();
}

QMap<QString, ResultTable> ResultSide::written() const {
    for (const ResultDatabase& each : m_databases)
        if (each.path == path()) return each.tables;
    return {};
}

ResultTable ResultSide::writtenTable() const {
    return table() != nullptr ? written().value(shownTable(*table())) : ResultTable();
}

void ResultSide::setListing(SqliteListing listing) {
    const SqliteEntry* before = table();
    const std::string name = before != nullptr ? before->name : std::string();
    const QMap<QString, ResultTable> tables = written();
    QMap<QString, QString> writers;
    for (auto each = tables.begin(); each != tables.end(); ++each) writers.insert(each.key(), each->writer);
    for (SqliteEntry& entry : listing.entries) refineTypes(entry, tables.value(shownTable(entry)));
    m_model.setReplayed(m_run ? QString::fromStdString(m_run().replayOf) : QString());
    m_model.set(std::move(listing.entries), writers);
    m_size->setText(sizeText(listing.bytes));
    showSize();
    m_kept->setDatabase(path());
    if (table() != nullptr) showFoot();
    if (table() != nullptr) return;
    // The staged table has replaced it, or was given up.
    const std::string staged(stagedTable(name));
    QModelIndex same = name.empty() ? QModelIndex() : m_model.find(name);
    if (!same.isValid() && !staged.empty()) same = m_model.find(staged);
    m_list->setCurrentIndex(same.isValid() ? same : m_model.first());
}

void ResultSide::clearListing() {
    m_model.set({}, {});
    m_size->clear();
    showSize();
    m_kept->setDatabase(path());
    showFoot();
}

// The name of the file comes first: beside a long one the size is only in the tooltip.
void ResultSide::showSize() {
    const int buttons = m_open->sizeHint().width() + m_refresh->sizeHint().width();
    const int chevron = Theme::of(this).scaled(metrics::kIcon) + 2 * metrics::kListPadding;
    const int name = fontMetrics().horizontalAdvance(m_choice->currentText()) + chevron;
    const int room = width() - metrics::kListPadding - metrics::kGrid - 3 * metrics::kStep - buttons;
    m_size->setVisible(!m_size->text().isEmpty() && name + m_size->sizeHint().width() <= room);
    m_choice->setToolTip(
        tipText(m_size->text().isEmpty() ? path() : path() + QStringLiteral(" · ") + m_size->text()));
}

const SqliteEntry* ResultSide::table() const {
    return m_model.entry(m_list->currentIndex());
}

void ResultSide::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ResultSide::retranslate() {
    m_choice->setAccessibleName(tr("Database"));
    m_choice->setPlaceholderText(tr("No database"));
    m_open->setLabel(tr("Open a database"));
    m_refresh->setLabel(tr("Read the tables again"));
    m_list->setAccessibleName(tr("Tables and views"));
    m_keep->setToolTip(
        wrappedLines(tr("Makes a copy of the table as it is now, to compare later ones with.")));
    m_compare->setText(tr("Compare with"));
    m_compare->setToolTip(
        wrappedLines(tr("Shows which rows of another result are new, missing or changed.")));
    showFoot();
    m_model.refresh();
}

}  // namespace rw::ui
