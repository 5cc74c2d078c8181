#include "widgets/results/results_page.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/number_text.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/results/comparison_panel.h"
#include "widgets/results/profile_panel.h"
#include "widgets/results/result_chart.h"
#include "widgets/results/result_grid.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {
namespace {
constexpr PaneFacts kFacts{
    .id = "results", .icon = "database", .shortcut = "Ctrl+3", .place = 3, .help = "results"};
constexpr int kLookMillis = 1000, kTypingMillis = 300;
constexpr int kWidestColumn = 320, kBarColumn = 200;  // at first; columns can be drawn wider

QString rowsText(std::uint64_t rows) {
    return translated(figures::counted(rows, RW_TEXT("results", "1 row"), RW_TEXT("results", "%1 rows")));
}

}  // namespace

ResultsPage::ResultsPage(const PaneParts& parts)
    : Pane(kFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_model(m_reader),
      m_pace(*this, kLookMillis),
      m_typing(this),
      m_side(new ResultSide(this)),
      m_count(new QLabel(this)),
      m_filter(new SearchField({}, {}, this)),
      m_asChart(new IconButton(QStringLiteral("chart"), {}, this)),
      m_exportButton(new QPushButton(this)),
      m_exportMenu(new QMenu(this)),
      m_asCsv(m_exportMenu->addAction(QString())),
      m_asJson(m_exportMenu->addAction(QString())),
      m_asTable(m_exportMenu->addAction(QString())),
      m_grid(new QTableView(this)),
      m_chart(new ResultChart(this)),
      m_empty(new EmptyState(this)),
      m_profile(new ProfilePanel(this)),
      m_comparison(new ComparisonPanel(this)) {
    m_count->setTextFormat(Qt::RichText);  // figures only
    // One that failed may have written nothing: then the rows of a run before it stand.
    m_side->setRun([this] {
        const bool known =
            !m_session.shownRun().isElsewhere() && m_session.state() != RunSession::State::Failed;
        return known ? KeptRun{m_session.runId(), m_session.isRecomputed(),
                               QFileInfo(m_session.runReplayed()).fileName().toStdString()}
                     : KeptRun();
    });
    makeGrid();
    m_foot = new ResultFooter(*m_grid, this);
    m_rows = new QWidget(this);
    auto* right = new QWidget(m_rows);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    auto* middle = new QWidget(right);
    m_pages = new QStackedLayout(middle);
    m_pages->addWidget(m_grid);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_chart);
    column->addWidget(middle, 1);
    column->addWidget(m_foot);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_side);
    auto* rows = new QHBoxLayout(m_rows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(right, 1);
    rows->addWidget(m_profile);
    row->addWidget(m_rows, 1);
    row->addWidget(m_comparison, 1);
    m_comparison->hide();
    m_pace.setNeeded(true);
    m_typing.setInterval(kTypingMillis);
    m_typing.setSingleShot(true);
    connectParts();
    retranslate();
    resizeParts();
}

QString ResultsPage::title() const {
    return tr("&Results");
}

void ResultsPage::onActivated() {
    findDatabases();
    readAgain();
}

void ResultsPage::onDeactivated() {
    if (m_typing.isActive()) search();
}

bool ResultsPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_bar && event->type() == QEvent::Resize) placeFilter();
    return Pane::eventFilter(watched, event);
}

void ResultsPage::makeGrid() {
    auto* head = new TypedHeader(m_grid);
    m_grid->setModel(&m_model);
    m_grid->setHorizontalHeader(head);
    head->setSortIndicatorShown(true);  // the view has turned it off: it does not sort by itself
    head->setSortIndicator(-1, Qt::AscendingOrder);
    styleDataGrid(*m_grid, new ResultDelegate(m_grid));
    m_copy = copyAction(*m_grid);
    connect(m_copy, &QAction::triggered, this, &ResultsPage::copy);
    connect(head, &QHeaderView::sectionClicked, this, &ResultsPage::sortBy);
}

void ResultsPage::connectParts() {
    connect(&m_document, &PipelineDocument::validatedChanged, this, &ResultsPage::findDatabases);
    connect(&m_document, &PipelineDocument::fileChanged, this, &ResultsPage::findDatabases);
    connect(m_side, &ResultSide::compareRequested, this, &ResultsPage::compareWith);
    connect(m_comparison, &ComparisonPanel::closed, this, &ResultsPage::endComparison);
    connect(m_comparison, &ComparisonPanel::exportRequested, this, &ResultsPage::promptForDifference);
    connect(m_asChart, &IconButton::toggled, this, &ResultsPage::showRightPage);
    connect(m_side, &ResultSide::databaseChosen, this, [this] {
        endComparison();
        m_stamp.clear();
        m_shownTable.clear();
        m_refused.reset();
        forgetRows();
        showRightPage();
        readAgain();
    });
    connect(m_side, &ResultSide::tableChosen, this, &ResultsPage::chooseTable);
    const auto readAnew = [this] {
        m_stamp.clear();
        if (isOn()) readAgain();
    };
    connect(m_side, &ResultSide::refreshRequested, this, readAnew);
    connect(&m_document.portability(), &PortabilityCheck::engineChanged, this, readAnew);
    connect(&m_reader, &ResultReader::listed, this, &ResultsPage::onListed);
    connect(&m_reader, &ResultReader::found, this, &ResultsPage::onFound);
    connect(&m_pace, &Ticker::ticked, this, [this] {
        if (!m_reader.isListing()) readAgain();  // one that waits for a lock takes longer
    });
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (isOn()) readAgain();
    });
    connect(&m_typing, &QTimer::timeout, this, &ResultsPage::search);
    connect(m_filter, &SearchField::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_filter, &SearchField::returnPressed, this, &ResultsPage::search);
    connect(m_asCsv, &QAction::triggered, this, [this] { promptForExport(ResultFormat::Csv); });
    connect(m_asJson, &QAction::triggered, this, [this] { promptForExport(ResultFormat::JsonLines); });
    connect(m_asTable, &QAction::triggered, this, &ResultsPage::promptForDatabase);
    connect(&m_export, &ResultExport::finished, this, &ResultsPage::onExported);
    connect(m_empty, &EmptyState::actionTriggered, this, &ResultsPage::onEmptyAction);
    connect(&m_model, &ResultModel::modelReset, this, [this] { m_widthsSet = m_sortedFits = false; });
    connect(&m_reader, &ResultReader::rowsRead, this, [this](const ResultReader::Match& match) {
        if (match != m_model.shownMatch()) return;
        fitColumns();
        fitSortedColumn();
    });
    connect(&m_reader, &ResultReader::readFailed, this,
            [this](const ResultReader::Match& match, qint64, const Error& error) {
                if (match == m_model.shownMatch()) onPartFailed(error);
            });
    connect(m_profile, &ProfilePanel::failed, this, &ResultsPage::onPartFailed);
    connect(&m_reader, &ResultReader::copied, QGuiApplication::clipboard(),
            [](const QString& lines) { QGuiApplication::clipboard()->setText(lines); });
    connect(m_profile, &ProfilePanel::filterRequested, this, &ResultsPage::setFilter);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_model.refresh();
        resizeParts();
    });
}

void ResultsPage::findDatabases() {
    if (isOn()) m_side->setDatabases(databasesOf(m_document));
}

void ResultsPage::readAgain() {
    if (m_side->path().isEmpty()) return;
    const auto mayLook = [ask = DocumentTrust::questionOf(m_document),
                          folder = m_document.folder().toStdString(), path = m_side->path().toStdString()] {
        return ask().reachFrom(folder).allows(path);
    };
    m_reader.list(m_side->path(), m_stamp, mayLook);
}

void ResultsPage::onListed(const QString& path, const Result<SqliteListing>& listing) {
    if (!isOn()) return m_stamp.clear();  // asked for again
    if (path != m_side->path()) return;
    if (!listing.ok()) {
        m_stamp.clear();
        return showError(listing.error());
    }
    // Whether a run still writes its staging tables is not seen in the file.
    const bool writing =
        std::any_of(listing->entries.begin(), listing->entries.end(),
                    [](const SqliteEntry& entry) { return !stagedTable(entry.name).empty(); });
    m_stamp = writing ? std::string() : listing->stamp;
    const std::string before = m_shownTable;
    m_side->setListing(*listing);
    const SqliteEntry* table = m_side->table();
    if (table == nullptr) {
        forgetRows();
        m_answered = true;
    } else if (table->name == before) {
        search();  // an earlier error stays until its answer
    }
    showRightPage();
}

void ResultsPage::chooseTable() {
    const SqliteEntry* table = m_side->table();
    if (table == nullptr || table->name == m_shownTable) return;
    endComparison();
    m_shownTable = table->name;
    m_sortColumn = -1;
    m_grid->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    const QSignalBlocker quiet(m_filter);
    m_filter->clear();
    m_refused.reset();
    forgetRows();
    search();
    showRightPage();
}

// Rows of another table must not stand under the name of this one, not even until its own are there.
void ResultsPage::forgetRows() {
    m_reader.stopFinding();
    m_model.clear();
    m_failed = false;
    m_answered = false;
}

void ResultsPage::search() {
    m_typing.stop();
    const SqliteEntry* table = m_side->table();
    if (table == nullptr) return;
    SqliteQuery query{m_side->path().toStdString(), *table};
    const Result<SqliteFilter> filter = parseSqliteFilter(m_filter->text().toStdString(), table->columns);
    m_refused = filter.ok() ? std::nullopt : std::optional(filter.error());
    if (m_refused) {
        m_failed = false;
        m_answered = true;
        return showRightPage();
    }
    query.filter = *filter;
    query.sortColumn = m_sortColumn < static_cast<int>(table->columns.size()) ? m_sortColumn : -1;
    query.descending = m_descending;
    m_asked = query;
    m_reader.find(query);
}

void ResultsPage::onFound(const Result<SqliteMatch>& match, qint64 millis) {
    if (!isOn()) return m_stamp.clear();
    if (!match.ok()) {
        // Rows of another filter or order are no answer to this one.
        const ResultReader::Match& shown = m_model.shownMatch();
        if (shown && !sameQuestion(shown->query, m_asked)) m_model.clear();
        return showError(match.error());
    }
    m_failed = false;
    m_answered = true;
    m_millis = millis;
    m_model.setMatch(std::make_shared<const SqliteMatch>(*match));
    m_profile->setMatch(*match);
    showRightPage();
}

// By the rows that came first; later ones do not make columns jump.
void ResultsPage::fitColumns() {
    if (m_widthsSet || m_model.rowCount() == 0) return;
    m_widthsSet = true;
    const Theme& theme = Theme::of(this);
    m_grid->resizeColumnsToContents();
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const int needed = m_grid->columnWidth(column) + theme.scaled(metrics::kPanelPadding);
        m_grid->setColumnWidth(column, std::clamp(needed, theme.scaled(80), theme.scaled(kWidestColumn)));
    }
    m_grid->scrollToTop();
}

// Other rows are on top than those that the columns were fitted to. Bars get the room that is left over.
void ResultsPage::fitSortedColumn() {
    const SqliteMatch& match = *m_model.shownMatch();
    const int column = match.query.sortColumn;
    if (m_sortedFits || column < 0 || column != m_sortColumn) return;
    m_sortedFits = true;
    const Theme& theme = Theme::of(this);
    const QAbstractItemView& cells = *m_grid;  // of a table it is not public
    const int needed = cells.sizeHintForColumn(column) + theme.scaled(metrics::kPanelPadding);
    const int now = m_grid->columnWidth(column);
    const int spare = std::max(m_grid->viewport()->width() - m_grid->horizontalHeader()->length(), 0);
    const int withBar = match.most ? std::min(now + spare, theme.scaled(kBarColumn)) : 0;
    m_grid->setColumnWidth(column, std::max({now, std::min(needed, theme.scaled(kWidestColumn)), withBar}));
}

// First the largest on top, which are looked for most; then the smallest; then the order of the table.
void ResultsPage::sortBy(int column) {
    m_sortedFits = false;
    if (m_sortColumn != column) {
        m_sortColumn = column;
        m_descending = true;
    } else if (m_descending) {
        m_descending = false;
    } else {
        m_sortColumn = -1;
    }
    m_grid->horizontalHeader()->setSortIndicator(m_sortColumn,
                                                 m_descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    search();
}

void ResultsPage::setFilter(const QString& text) {
    m_filter->setText(text);
    search();
}

// Some of the rows or of the profile.
void ResultsPage::onPartFailed(const Error& error) {
    if (!isOn()) return m_stamp.clear();
    showError(error);
}

void ResultsPage::showError(const Error& error) {
    m_error = error;
    m_failed = true;
    m_answered = true;
    if (error.code == ErrorCode::Locked) m_stamp.clear();  // m_pace tries again, though nothing is written
    if (error.code == ErrorCode::NotFound) {
        m_side->clearListing();
        m_model.clear();
    }
    showRightPage();
}

void ResultsPage::showRightPage() {
    const bool empty = m_model.rowCount() == 0;
    const bool nothing = empty && !isReading();
    const bool charted = !nothing && m_asChart->isChecked();
    m_chart->setMatch(charted ? m_model.shownMatch() : nullptr);
    m_pages->setCurrentIndex(nothing ? 1 : charted ? 2 : 0);
    m_asChart->setEnabled(!nothing);
    m_foot->setGridShown(!charted);
    if (empty) m_profile->clear();
    m_profile->setVisible(!nothing);
    refreshTexts();
    if (!nothing) return;
    const QString icon = QStringLiteral("database");
    const QString run = m_session.mayStart() ? tr("Run") : QString();
    if (m_side->path().isEmpty()) {
        m_empty->set(icon, tr("No database yet"),
                     tr("Add an SQLite sink to the pipeline, or open a database file."),
                     tr("Open a database"));
    } else if (m_failed) {
        const bool missing = m_error.code == ErrorCode::NotFound;
        m_empty->set(missing ? icon : QStringLiteral("warning"), translated(m_error.message),
                     translated(m_error.fix), missing ? run : tr("Try again"));
    } else if (m_side->table() == nullptr) {
        m_empty->set(icon, tr("No table yet"), tr("A run of the pipeline makes the tables."), run);
    } else if (m_refused) {
        m_empty->set(QStringLiteral("warning"), translated(m_refused->message), translated(m_refused->fix),
                     tr("Show all rows"));
    } else if (!m_filter->text().isEmpty()) {
        m_empty->set(QStringLiteral("filter-chip"), tr("No row matches"),
                     tr("“%1” keeps none of the rows.").arg(m_filter->text()), tr("Show all rows"));
    } else {
        m_empty->set(icon, tr("No rows yet"),
                     tr("“%1” is empty.").arg(shownText(QString::fromStdString(m_shownTable))));
    }
}

void ResultsPage::onEmptyAction() {
    if (m_side->path().isEmpty()) return m_side->promptForFile();
    if (m_failed && m_error.code != ErrorCode::NotFound) {
        m_stamp.clear();
        return readAgain();
    }
    if (m_side->table() != nullptr && !m_filter->text().isEmpty()) return setFilter({});
    m_session.startOrRefuse();
}

void ResultsPage::refreshTexts() {
    const ResultReader::Match& match = m_model.shownMatch();
    const std::uint64_t rows = match ? static_cast<std::uint64_t>(match->rows) : 0;
    m_comparison->setExporting(m_export.isBusy());
    m_exportButton->setText(m_export.isBusy() ? tr("Exporting…") : tr("Export %1").arg(rowsText(rows)));
    const bool staged = match && !stagedTable(match->query.table.name).empty();
    m_exportButton->setEnabled(rows > 0 && !staged && !m_export.isBusy());
    m_exportButton->setToolTip(
        staged ? tr("These rows are being written: they become the table when the run ends.") : QString());
    m_filter->setEnabled(m_side->table() != nullptr);
    if (!match) {
        m_count->clear();
    } else {
        const SqliteEntry* table = m_side->table();
        const auto all =
            table != nullptr ? static_cast<std::uint64_t>(std::max<std::int64_t>(table->rows, 0)) : rows;
        QString words = QStringLiteral("<b>%1</b>").arg(rowsText(rows));
        if (!match->query.filter.empty() || match->cut)
            words += u' ' + tr("of %1").arg(countText(std::max(all, rows)));
        m_count->setText(words + QStringLiteral(" · ") +
                         (m_millis > 0 ? tookText(static_cast<double>(m_millis) / 1000) : tr("under 1 ms")));
    }
    // Rows that were read before stay in sight when the file can't be read again.
    const QString refusal =
        m_refused ? translated(m_refused->message) + u' ' + translated(m_refused->fix) : QString();
    m_foot->setNotice(m_failed      ? translated(m_error.message)
                      : m_refused   ? refusal
                      : staged      ? tr("Being written by a run · read only")
                      : isReading() ? tr("Reading…")
                                    : tr("Read only"),
                      m_failed || m_refused);
    // In a narrow window the example is cut.
    m_filter->setToolTip(m_refused ? tipText(refusal) : m_filter->placeholderText());
    m_filter->setAccessibleDescription(refusal);
    placeFilter();
}

void ResultsPage::retranslate() {
    m_filter->setPlaceholder(tr("Find, or load > 0.5 and core = 2"));
    m_filter->setAccessibleName(tr("Find in rows"));
    m_grid->setAccessibleName(tr("Rows"));
    m_copy->setText(tr("Copy"));
    m_asChart->setLabel(tr("Show the rows as a chart"));
    m_chart->retranslate();
    m_asCsv->setText(tr("CSV table"));
    m_asJson->setText(tr("JSON lines"));
    m_asTable->setText(tr("SQLite table"));
    showRightPage();
}

void ResultsPage::resizeParts() {
    const Theme& theme = Theme::of(this);
    placeFilter();
    m_grid->verticalHeader()->setFont(theme.font(TextStyle::CodeSmall));
}

}  // namespace rw::ui
