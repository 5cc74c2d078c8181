#include "widgets/sql/sql_page.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>
#include <utility>

#include "core/pipeline/limits.h"
#include "core/query/live_rows.h"
#include "core/query/query_text.h"
#include "widgets/charts/quick/quick_chart.h"
#include "widgets/document/editing/document_change.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/sql_highlighter.h"
#include "widgets/sql/query_edit.h"
#include "widgets/sql/query_plan_view.h"
#include "widgets/sql/sql_side.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kSqlFacts{
    .id = "sql", .icon = "code", .shortcut = "Ctrl+4", .place = 4, .help = "sql_tab"};
constexpr int kLookAgainMillis = 2'000, kTickMillis = 250;
constexpr int kFollowMillis = 1'000;
constexpr Millis kShareOfFollowing = 4;  // a slow statement takes a fifth of the time at most
constexpr int kEditorShare = 2, kResultShare = 3;

int pauseAfter(const QueryAnswer& answer) {
    return static_cast<int>(std::max<Millis>(kFollowMillis, kShareOfFollowing * answer.result.took));
}

QWidget* bar(QWidget* parent, const char* edge) {
    auto* made = new QWidget(parent);
    made->setAttribute(Qt::WA_StyledBackground);
    made->setProperty("surface", "panel");
    made->setProperty("edge", edge);
    auto* line = new QHBoxLayout(made);
    line->setContentsMargins(metrics::kPanelPadding, metrics::kBarPadding, metrics::kPanelPadding,
                             metrics::kBarPadding);
    line->setSpacing(metrics::kGrid);
    return made;
}

}  // namespace

SqlPage::SqlPage(const PaneParts& parts)
    : Pane(kSqlFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_tables(parts.document, parts.session),
      m_saved(parts.document),
      m_pace(*this, kLookAgainMillis),
      m_live(this),
      m_tick(*this, kTickMillis),
      m_side(new SqlSide(m_tables, m_saved, m_history, this)),
      m_edit(new QueryEdit(m_tables, this)),
      m_mistake(new HintBox(this)),
      m_readOnly(new ElidedLabel({}, this)),
      m_note(new ElidedLabel({}, this)),
      m_count(new QLabel(this)),
      m_changed(new QLabel(this)),
      m_follow(new QCheckBox(this)),
      m_explain(new QPushButton(this)),
      m_save(new QPushButton(this)),
      m_run(new QPushButton(this)),
      m_exportButton(new QPushButton(this)),
      m_exportMenu(new QMenu(this)),
      m_csv(m_exportMenu->addAction(QString())),
      m_json(m_exportMenu->addAction(QString())),
      m_grid(new QTableView(this)),
      m_empty(new EmptyState(this)),
      m_chart(new QuickChart(this)),
      m_plan(new QueryPlanView(this)),
      m_parts(new QSplitter(Qt::Vertical, this)) {
    auto* top = new QWidget(m_parts);
    auto* topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins(0, 0, 0, 0);
    topColumn->setSpacing(0);
    topColumn->addWidget(makeHead());
    topColumn->addWidget(m_edit, 1);
    topColumn->addWidget(m_mistake);
    m_mistake->hide();
    m_parts->addWidget(top);
    m_parts->addWidget(makeResult());
    m_parts->setStretchFactor(0, kEditorShare);
    m_parts->setStretchFactor(1, kResultShare);
    m_parts->setChildrenCollapsible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_side);
    row->addWidget(m_parts, 1);
    setFocusProxy(m_edit);
    m_pace.setNeeded(true);
    m_live.setSingleShot(true);
    connectParts();
    retranslate();
}

QString SqlPage::title() const {
    return tr("S&QL");
}

QWidget* SqlPage::makeHead() {
    QWidget* head = bar(this, "bottom");
    m_readOnly->setProperty("role", "caption");
    m_readOnly->setElideMode(Qt::ElideRight);
    m_run->setProperty("role", "primary");
    m_explain->setCheckable(true);
    auto* line = static_cast<QHBoxLayout*>(head->layout());
    line->addWidget(m_readOnly, 1);
    line->addWidget(m_follow);
    line->addWidget(m_explain);
    line->addWidget(m_save);
    line->addWidget(m_run);
    return head;
}

QWidget* SqlPage::makeResult() {
    makeGrid();
    m_resultHead = bar(this, "bottom");
    m_count->setProperty("role", "strong");
    m_note->setProperty("role", "caption");
    m_note->setElideMode(Qt::ElideRight);
    m_changed->setProperty("role", "warn");
    m_exportButton->setMenu(m_exportMenu);
    auto* line = static_cast<QHBoxLayout*>(m_resultHead->layout());
    line->addWidget(m_count);
    line->addWidget(m_note, 1);
    line->addWidget(m_changed);
    line->addWidget(m_exportButton);
    auto* result = new QWidget(m_parts);
    auto* middle = new QWidget(result);
    m_pages = new QStackedLayout(middle);
    m_pages->addWidget(m_grid);
    m_pages->addWidget(m_empty);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_resultHead);
    left->addWidget(middle, 1);
    auto* row = new QHBoxLayout(result);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_chart, 1);
    right->addWidget(m_plan, 1);
    row->addLayout(right);
    m_chart->hide();
    m_plan->hide();
    return result;
}

void SqlPage::makeGrid() {
    m_grid->setModel(&m_model);
    m_grid->setHorizontalHeader(new TypedHeader(m_grid));
    styleDataGrid(*m_grid);
    m_copy = copyAction(*m_grid);
    connect(m_copy, &QAction::triggered, this, &SqlPage::copy);
}

void SqlPage::connectParts() {
    connect(&m_tables, &QueryTables::changed, this, &SqlPage::onTables);
    connect(m_side, &SqlSide::nameChosen, m_edit, &QueryEdit::insertName);
    connect(m_side, &SqlSide::queryChosen, this, &SqlPage::insertPast);
    connect(m_edit, &QueryEdit::runRequested, this, &SqlPage::runStatement);
    connect(m_edit, &QueryEdit::stopRequested, this, &SqlPage::stop);
    connect(m_edit, &QueryEdit::historyRequested, this, &SqlPage::step);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &SqlPage::onText);
    connect(m_explain, &QPushButton::toggled, this, &SqlPage::showPlan);
    connect(m_save, &QPushButton::clicked, this, &SqlPage::promptForName);
    connect(m_run, &QPushButton::clicked, this, &SqlPage::onButton);
    connect(m_csv, &QAction::triggered, this, [this] { promptForExport(QueryFormat::Csv); });
    connect(m_json, &QAction::triggered, this, [this] { promptForExport(QueryFormat::JsonLines); });
    connect(m_empty, &EmptyState::actionTriggered, this, &SqlPage::onEmptyAction);
    connect(&m_runner, &QueryRunner::answered, this, &SqlPage::onAnswer);
    connect(&m_export, &QueryExport::finished, this, [this](const Result<UnreadRows>& written) {
        if (isOn()) showAll();
        if (written.ok()) return showUnreadRows(this, *written);
        if (written.error().code != ErrorCode::Cancelled) showExportError(this, written.error());
    });
    const auto lookAgain = [this] {
        if (isOn()) m_tables.look();
    };
    connect(&m_pace, &Ticker::ticked, this, lookAgain);
    connect(&m_live, &QTimer::timeout, this, &SqlPage::follow);
    connect(m_follow, &QCheckBox::toggled, this, &SqlPage::onFollow);
    connect(&m_tick, &Ticker::ticked, this, &SqlPage::showHead);
    connect(&m_document, &PipelineDocument::validatedChanged, this, lookAgain);
    connect(&m_document, &PipelineDocument::fileChanged, this, lookAgain);
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) forgetResult();
    });
    connect(&m_saved, &QAbstractItemModel::modelReset, this, &SqlPage::showHead);
    connect(&m_session, &RunSession::stateChanged, this, lookAgain);
    connect(&m_session, &RunSession::stateChanged, this, &SqlPage::awaitFollow);
    connect(&m_session, &RunSession::updated, this, &SqlPage::awaitFollow);
    connect(&m_session, &RunSession::runReplaced, this, [this, lookAgain] {
        m_tables.forgetRun();
        lookAgain();
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_grid->verticalHeader()->setFont(Theme::of(this).font(TextStyle::CodeSmall));
        m_model.refresh();
        if (isOn()) showAll();
    });
}

void SqlPage::onActivated() {
    m_tables.look();
    if (m_forgets) forgetResult();
    take();
    if (m_follow->isChecked() && !isRunning()) follow();
    showAll();
}

void SqlPage::onDeactivated() {
    m_live.stop();
}

void SqlPage::onTables() {
    m_edit->refreshCompletions();
    if (!isOn()) return;
    m_side->showTables();
    awaitFollow();
    showAll();
}

// What was marked may be somewhere else now. Marking is told as a change, too.
void SqlPage::onText() {
    const QString text = m_edit->toPlainText();
    if (text == m_text) return;
    m_text = text;
    forgetMistake();
    if (!m_stepping) m_past = -1;
    showAll();
}

SqlPage::Statement SqlPage::statementAtCursor() const {
    const QString text = m_edit->toPlainText();
    const std::string all = text.toStdString();
    const auto cursor = static_cast<std::size_t>(text.left(m_edit->textCursor().position()).toUtf8().size());
    const auto span = statementAt(all, cursor);
    if (!span) return {};
    return {QString::fromStdString(std::string(span->of(all))), characterAt(all, span->begin)};
}

void SqlPage::runStatement() {
    const Statement statement = statementAtCursor();
    forgetMistake();
    m_asked = statement.sql;
    m_askedAt = statement.at;
    m_textAsked = m_edit->toPlainText();
    m_stopped = m_followed = false;
    m_live.stop();
    m_pending.reset();
    m_listed = m_tables.placed();
    m_runner.run(m_tables.query(m_asked.toStdString()));
    m_tick.setNeeded(true);
    showAll();
}

void SqlPage::stop() {
    if (!isRunning()) return m_follow->setChecked(false);
    m_runner.stop();
    m_follow->setChecked(false);
    m_stopped = true;
    m_tick.setNeeded(false);
    showAll();
}

void SqlPage::onAnswer(const QueryRunner::Answer& answer) {
    m_tick.setNeeded(false);
    m_cameAt = QDateTime::currentDateTime();
    m_pending = answer;
    if (isOn()) take();
}

void SqlPage::take() {
    const QueryRunner::Answer answer = std::exchange(m_pending, nullptr);
    if (!answer) return;
    m_seen = answer->result.placed;
    if (m_followed) return takeFollowed(answer);
    PastQuery past{m_asked, m_cameAt};
    past.millis = answer->result.took;
    if (!answer->status.ok()) {
        if (!m_asked.isEmpty()) m_history.add(std::move(past));
        m_follow->setChecked(false);
        showMistake(*answer);
        return showAll();
    }
    past.rows = static_cast<qint64>(answer->result.rows.size());
    m_history.add(std::move(past));
    m_shownFor = m_textAsked;
    m_at = m_cameAt;
    m_model.set(answer);
    m_grid->scrollToTop();
    fitColumns(*m_grid, Theme::of(this).scaled(SqlSide::kWidth));
    m_chart->set(answer);
    awaitFollow();
    showAll();
}

void SqlPage::setFollowing(bool on) {
    m_follow->setChecked(on);
}

void SqlPage::setExplaining(bool on) {
    m_explain->setChecked(on);
}

void SqlPage::onFollow(bool on) {
    if (!on) return m_live.stop();
    if (isRunning() || !isOn()) return;
    m_model.answer() ? follow() : runStatement();
}

// What is typed meanwhile is not run: the result stays that of the statement that was asked.
void SqlPage::follow() {
    if (!isOn() || !m_follow->isChecked() || isRunning() || !m_model.answer()) return;
    m_followed = true;
    m_listed = m_tables.placed();
    m_runner.run(m_tables.query(m_asked.toStdString()));
    m_tick.setNeeded(true);
}

// Live rows and those on a tape come at any time, and so do those of a run that takes no checkpoints.
bool SqlPage::comesWithCheckpoints() const {
    if (!m_session.isActive() || !m_session.snapshot().metrics.checkpoints.on) return false;
    const std::vector<QueryTable>& tables = m_model.answer()->result.tables;
    return std::none_of(tables.begin(), tables.end(), [](const QueryTable& table) {
        return table.schema == kLiveSchema || table.schema == kTapeSchema;
    });
}

// A sink commits right behind a checkpoint, or long after it: its file tells, which is looked at while the
// page is on. The statement may have seen more than had been listed when it was asked.
bool SqlPage::isUpToDate() const {
    if (!comesWithCheckpoints()) return false;
    const Placed now = m_tables.placed();
    const std::vector<QueryTable>& tables = m_model.answer()->result.tables;
    return std::none_of(tables.begin(), tables.end(), [&](const QueryTable& table) {
        const auto found = now.find(table.schema);
        const auto differs = [&found](const Placed& known) {
            const auto same = known.find(found->first);
            return same == known.end() || same->second != found->second;
        };
        return found != now.end() && differs(m_listed) && differs(m_seen);
    });
}

void SqlPage::awaitFollow() {
    if (!isOn() || !m_follow->isChecked() || isRunning() || m_live.isActive() || !m_model.answer()) return;
    if (isUpToDate()) return;
    // The pause is one behind the last answer, however long nothing came.
    const qint64 pause = pauseAfter(*m_model.answer()),
                 since = m_cameAt.msecsTo(QDateTime::currentDateTime());
    m_live.start(static_cast<int>(pause - std::clamp<qint64>(since, 0, pause)));
}

// The rows in sight and the chosen ones stay where they are. A statement that fails is not asked again.
void SqlPage::takeFollowed(const QueryRunner::Answer& answer) {
    if (!answer->status.ok()) {
        m_follow->setChecked(false);
        showMistake(*answer);
        return showAll();
    }
    forgetMistake();
    m_at = m_cameAt;
    if (answer->result.rows != m_model.answer()->result.rows) {
        m_model.update(answer);
        m_chart->set(answer);
    }
    awaitFollow();
    showAll();
}

void SqlPage::forgetResult() {
    m_live.stop();
    m_runner.stop();
    m_tick.setNeeded(false);
    m_pending.reset();
    m_forgets = !isOn();
    if (m_forgets) return;
    m_stopped = false;
    forgetMistake();
    m_model.set(nullptr);
    m_chart->set(nullptr);
    m_shownFor.clear();
    showAll();
}

// Back in the history, and at its end the text that stood there before.
void SqlPage::step(int by) {
    const int to = std::clamp(m_past + by, -1, m_history.rowCount() - 1);
    if (to == m_past) return;
    if (m_past < 0) m_draft = m_edit->toPlainText();
    m_past = to;
    m_stepping = true;
    m_edit->replaceText(to < 0 ? m_draft : m_history.at(to).sql);
    m_stepping = false;
}

// What stands in the editor and was neither run nor saved would be lost: it stays before it.
void SqlPage::insertPast(const QString& sql) {
    const QString text = m_edit->toPlainText();
    bool kept = text.trimmed().isEmpty() || m_saved.find(text.trimmed()) >= 0;
    for (int i = 0; !kept && i < m_history.rowCount(); ++i) kept = m_history.at(i).sql == text.trimmed();
    QString before = text.trimmed();
    if (!kept && !before.endsWith(u';')) before += u';';
    m_edit->replaceText(kept ? sql : before + QStringLiteral("\n\n") + sql);
    m_edit->setFocus();
}

void SqlPage::promptForName() {
    const QString sql = statementAtCursor().sql;
    const int same = m_saved.find(sql);
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save query"));
    dialog->setLabelText(
        tr("Name of the query. It is saved in the pipeline; one of the same name is replaced."));
    if (same >= 0) dialog->setTextValue(QString::fromStdString(m_saved.at(same).name));
    dialog->setOkButtonText(tr("Save"));
    dialog->setCancelButtonText(tr("Cancel"));
    connect(dialog, &QInputDialog::textValueSelected, this, &SqlPage::saveStatement);
    dialog->open();
}

void SqlPage::saveStatement(const QString& name) {
    const QString sql = statementAtCursor().sql, chosen = name.trimmed().left(kMaxTitle);
    if (sql.isEmpty() || chosen.isEmpty()) return;
    if (sql.size() <= static_cast<qsizetype>(kMaxQueryText)) return m_saved.save(chosen, sql);
    m_mistake->set(HintBox::Kind::Error,
                   tr("The statement has %1 characters, at most %2 can be saved.")
                       .arg(countText(static_cast<std::uint64_t>(sql.size())), countText(kMaxQueryText)),
                   tr("Shorten it, or keep it in a file."));
    m_mistake->show();
}

void SqlPage::promptForExport(QueryFormat format) {
    if (!m_model.answer()) return;
    const bool csv = format == QueryFormat::Csv;
    const ExportTarget target(m_document, m_exportButton->text());
    const QString proposal = target.proposal(m_document.folder(), tr("query"),
                                             csv ? QStringLiteral(".csv") : QStringLiteral(".ndjson"));
    const QString path = target.prompt(this, m_exportButton->text(), proposal,
                                       csv ? tr("CSV files (*.csv)") : tr("JSON lines (*.ndjson)"));
    if (!path.isEmpty()) exportTo(path, format);
}

void SqlPage::exportTo(const QString& path, QueryFormat format) {
    if (!m_model.answer()) return;
    m_export.start(m_model.answer(), path, format, ExportTarget(m_document, m_exportButton->text()));
    showAll();
}

void SqlPage::onButton() {
    isRunning() ? stop() : runStatement();
    m_edit->setFocus();
}

void SqlPage::onEmptyAction() {
    m_session.startOrRefuse();
}

}  // namespace rw::ui
