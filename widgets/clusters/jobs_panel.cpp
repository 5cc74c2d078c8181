#include "widgets/clusters/jobs_panel.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedLayout>
#include <QTableView>
#include <QUrl>
#include <algorithm>
#include <initializer_list>

#include "core/cluster/engine_backend.h"
#include "widgets/clusters/job_list.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kJobsFacts{.id = "jobs", .icon = "deploy", .shortcut = "Alt+6", .place = 6};

std::optional<ShownJob> shownOn(const ClusterSession& cluster) {
    const ClusterStatus& look = cluster.look();
    if (look.job.empty()) return std::nullopt;
    return ShownJob{look.job, look.state, look.connectionProblem};
}

}  // namespace

JobsPanel::JobsPanel(const PaneParts&, JobList& jobs, ClusterSession& cluster, TargetList& targets)
    : Pane(kJobsFacts),
      m_jobs(jobs),
      m_cluster(cluster),
      m_targets(targets),
      m_tools(new QWidget(this)),
      m_watch(tool(QStringLiteral("eye"), &JobsPanel::watch)),
      m_resume(tool(QStringLiteral("history"), &JobsPanel::resume)),
      m_stop(tool(QStringLiteral("stop"), &JobsPanel::stop)),
      m_cancel(tool(QStringLiteral("x"), &JobsPanel::cancel)),
      m_open(tool(QStringLiteral("link"), &JobsPanel::openPage)),
      m_forget(tool(QStringLiteral("trash"), &JobsPanel::forget)),
      m_ask(tool(QStringLiteral("refresh"), &JobsPanel::askAnew)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)) {
    makeTools();
    makeTable();
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    connect(&m_jobs, &JobList::changed, this, &JobsPanel::refresh);
    connect(&m_cluster, &ClusterSession::stateChanged, this, &JobsPanel::refresh);
    connect(&m_cluster, &ClusterSession::updated, this, &JobsPanel::followShown);
    connect(&m_targets, &TargetList::changed, this, &JobsPanel::refresh);
    connect(&Theme::of(this), &Theme::changed, &m_model, &JobsModel::refresh);
    retranslate();
    refresh();
}

QString JobsPanel::title() const {
    return tr("&Jobs");
}

IconButton* JobsPanel::tool(const QString& icon, void (JobsPanel::*act)()) {
    auto* made = new IconButton(icon, {}, m_tools);
    connect(made, &IconButton::clicked, this, act);
    return made;
}

void JobsPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    for (IconButton* each : {m_watch, m_resume, m_stop, m_cancel, m_open, m_forget, m_ask})
        row->addWidget(each);
}

void JobsPanel::makeTable() {
    m_table->setModel(&m_model);
    applyTableStyle(*m_table);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table, {{Of::Words, 160, 1},
                                  {Of::Figures, 96},
                                  {Of::Figures, 200},
                                  {Of::Figures, 136},
                                  {Of::Figures, 136},
                                  {Of::Words, 160, 1}});
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(copyAction(*m_table), &QAction::triggered, this, &JobsPanel::copy);
    connect(m_table, &QTableView::activated, this, &JobsPanel::watch);
    connect(m_table, &QWidget::customContextMenuRequested, this, &JobsPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &JobsPanel::refreshTools);
}

void JobsPanel::onActivated() {
    list();
    m_jobs.ask();
}

void JobsPanel::refresh() {
    refreshPresence();
    const auto& jobs = m_jobs.jobs();
    const std::optional<ShownJob> shown = shownOn(m_cluster);
    setCount(static_cast<int>(std::count_if(jobs.begin(), jobs.end(), [&shown](const KnownJob& job) {
        const bool here = shown && shown->job == job.deployment.job;
        return here ? !isOver(shown->state) : job.mayRun();
    })));
    if (isOn()) list();
}

void JobsPanel::refreshPresence() {
    const std::vector<Target>& targets = m_targets.targets();
    setPresent(!targets.empty() || !m_jobs.jobs().empty());
}

// The chosen job stays chosen while it is there; before that it is the job that is shown.
void JobsPanel::list() {
    const Deployment* before = chosen();
    const std::string job = before != nullptr ? before->job : std::string();
    m_model.set(m_jobs.jobs(), shownOn(m_cluster));
    if (chosenRow() < 0) {
        int row = m_model.rowOf(job);
        for (int i = 0; row < 0 && i < m_model.rowCount(); ++i) {
            if (m_model.isShown(i)) row = i;
        }
        if (row >= 0) m_table->selectRow(row);
    }
    showRightPage();
}

// Several times a second while a job is watched: the list stays as it is, for with its jobs go the pipelines
// that they were made of.
void JobsPanel::followShown() {
    if (isOn() && m_model.setShown(shownOn(m_cluster))) refreshTools();
}

void JobsPanel::showRightPage() {
    const bool empty = m_model.rowCount() == 0;
    m_empty->set(QStringLiteral("deploy"), tr("Nothing was deployed yet"),
                 tr("Choose a target in the tool bar, then Deploy: the job is listed here and found again, "
                    "also after this program was closed."));
    turnTo(*m_pages, empty ? 1 : 0, empty ? static_cast<QWidget*>(m_empty) : m_table);
    refreshTools();
}

int JobsPanel::chosenRow() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

const Deployment* JobsPanel::chosen() const {
    const int row = chosenRow();
    return row >= 0 ? &m_model.job(row).deployment : nullptr;
}

bool JobsPanel::mayForget() const {
    const int row = chosenRow();
    if (row < 0) return false;
    return !m_model.mayRun(row) || m_model.job(row).answer == KnownJob::Answer::NoTarget;
}

const EngineFacts& JobsPanel::factsOfChosen() const {
    const Deployment* job = chosen();
    return backendOf(job != nullptr ? job->engine : Engine{}).facts();
}

// A run that does not outlive its program is a process of that one.
bool JobsPanel::canBeEnded() const {
    const int row = chosenRow();
    return row >= 0 && m_model.mayRun(row) && (factsOfChosen().outlivesUs || m_model.isShown(row));
}

// A checkpoint that a run works in can't be used by another.
bool JobsPanel::canBeResumed() const {
    const int row = chosenRow();
    return row >= 0 && !chosen()->savepoints.empty() && (factsOfChosen().savepoints || !m_model.mayRun(row));
}

bool JobsPanel::leftCheckpoint() const {
    const Deployment* job = chosen();
    return job != nullptr && !job->savepoints.empty() && job->savepoints.back().checkpoint;
}

void JobsPanel::refreshTools() {
    const int row = chosenRow();
    const Deployment* job = chosen();
    const bool target = job != nullptr && m_targets.named(QString::fromStdString(job->target)) != nullptr;
    fillWords();
    m_watch->setEnabled(target && factsOfChosen().outlivesUs &&
                        (!m_model.isShown(row) || m_model.isSilent(row)));
    m_cancel->setEnabled(target && canBeEnded());
    m_stop->setEnabled(target && canBeEnded());
    m_resume->setEnabled(target && canBeResumed());
    m_open->setEnabled(job != nullptr && !pageOf(*job).isEmpty());
    m_forget->setEnabled(mayForget());
    m_ask->setEnabled(m_model.rowCount() > 0 && !m_jobs.isAsking());
}

void JobsPanel::fillWords() {
    const bool checkpoint = !factsOfChosen().savepoints;
    m_resume->setLabel(checkpoint         ? tr("Resume from its checkpoint")
                       : leftCheckpoint() ? tr("Resume from its newest checkpoint")
                                          : tr("Resume from its newest savepoint"));
    m_stop->setLabel(checkpoint ? tr("Stop the run, and keep its checkpoint")
                                : tr("Stop the job with a savepoint"));
    m_forget->setLabel(checkpoint ? tr("Forget the run: its record goes, and its checkpoint")
                                  : tr("Forget the job: its record goes, its savepoints stay"));
}

void JobsPanel::openMenu(QPoint at) {
    if (!m_table->indexAt(at).isValid()) return;
    QMenu menu(this);
    const auto add = [this, &menu](const QString& words, const IconButton* button, auto act) {
        QAction* action = menu.addAction(words);
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, this, act);
    };
    add(tr("&Watch on the canvas"), m_watch, &JobsPanel::watch);
    const bool checkpoint = !factsOfChosen().savepoints;
    add(checkpoint         ? tr("&Resume from its checkpoint")
        : leftCheckpoint() ? tr("&Resume from its newest checkpoint")
                           : tr("&Resume from its newest savepoint"),
        m_resume, &JobsPanel::resume);
    add(checkpoint ? tr("&Stop, and keep its checkpoint") : tr("&Stop with a savepoint"), m_stop,
        &JobsPanel::stop);
    add(tr("&Cancel the job"), m_cancel, &JobsPanel::cancel);
    menu.addSeparator();
    add(tr("Open in &Flink's web interface"), m_open, &JobsPanel::openPage);
    connect(menu.addAction(tr("Copy the &id of the job")), &QAction::triggered, this, &JobsPanel::copy);
    add(tr("For&get"), m_forget, &JobsPanel::forget);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

QString JobsPanel::pageOf(const Deployment& job) const {
    const Target* target = m_targets.named(QString::fromStdString(job.target));
    if (target == nullptr) return {};
    const int row = m_model.rowOf(job.job);
    const bool runs = row >= 0 && m_model.mayRun(row);
    return QString::fromStdString(backendOf(target->engine).pageOf(*target, job.job, runs));
}

// A receiver may change the list. A job whose cluster does not answer is asked for again: a
// keyring may be open by now.
void JobsPanel::watch() {
    const int row = chosenRow();
    if (row < 0 || !factsOfChosen().outlivesUs || (m_model.isShown(row) && !m_model.isSilent(row))) return;
    const Deployment job = *chosen();
    Q_EMIT watchRequested(job);
}

void JobsPanel::cancel() {
    if (chosenRow() < 0) return;
    const Deployment job = *chosen();
    Q_EMIT cancelRequested(job);
}

void JobsPanel::stop() {
    if (chosenRow() < 0) return;
    const Deployment job = *chosen();
    Q_EMIT stopRequested(job);
}

void JobsPanel::resume() {
    if (!canBeResumed()) return;
    const Deployment job = *chosen();
    Q_EMIT resumeRequested(job, job.savepoints.back().path);
}

void JobsPanel::openPage() {
    if (chosenRow() >= 0) QDesktopServices::openUrl(QUrl(pageOf(*chosen())));
}

void JobsPanel::forget() {
    if (mayForget()) m_jobs.forget(std::string(chosen()->job));
}

void JobsPanel::askAnew() {
    m_jobs.ask();
}

void JobsPanel::copy() const {
    if (const Deployment* job = chosen())
        QGuiApplication::clipboard()->setText(QString::fromStdString(job->job));
}

void JobsPanel::retranslate() {
    m_watch->setLabel(tr("Watch the job on the canvas"));
    m_cancel->setLabel(tr("Cancel the job"));
    m_open->setLabel(tr("Open the job in Flink's web interface"));
    m_ask->setLabel(tr("Ask the clusters again"));
    m_table->setAccessibleName(tr("Jobs"));
    m_model.refresh();
    showRightPage();
}

}  // namespace rw::ui
