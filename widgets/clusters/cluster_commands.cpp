#include "widgets/clusters/cluster_commands.h"

#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QUrl>
#include <algorithm>
#include <vector>

#include "core/cluster/engine_backend.h"
#include "widgets/clusters/deploy_flow.h"
#include "widgets/clusters/job_list.h"
#include "widgets/document/number_text.h"
#include "widgets/pane/action_registry.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/cluster_text.h"
#include "widgets/session/end_question.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostSavepoints = 9;  ///< each has its digit

/// Where a person keeps the savepoints of a target: the cluster's own setting may name no place.
QString savepointsKey(const ClusterSession& cluster) {
    const std::string name = cluster.target().value_or(Target{}).name;
    return QStringLiteral("savepoints/") +
           QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(name)));
}

QString savepointFolder(const ClusterSession& cluster) {
    return QSettings().value(savepointsKey(cluster)).toString();
}

struct Kept {
    Deployment job{};
    Savepoint savepoint{};
};

/// A checkpoint that a run works in can't be used by another.
bool hasItsCheckpoint(const KnownJob& known) {
    return !backendOf(known.deployment.engine).facts().savepoints && known.mayRun();
}

std::vector<Kept> savepointsOn(const JobList& jobs, const std::string& target) {
    std::vector<Kept> kept;
    for (const KnownJob& known : jobs.jobs()) {
        if (known.deployment.target != target || hasItsCheckpoint(known)) continue;
        for (const Savepoint& savepoint : known.deployment.savepoints)
            kept.push_back({known.deployment, savepoint});
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Kept& a, const Kept& b) { return a.savepoint.at > b.savepoint.at; });
    if (kept.size() > kMostSavepoints) kept.resize(kMostSavepoints);
    return kept;
}

}  // namespace

ClusterCommands::ClusterCommands(PipelineDocument& document, RunSession& session, TargetList& targets,
                                 ClusterSession& cluster, JobList& jobs, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_targets(targets),
      m_cluster(cluster),
      m_jobs(jobs),
      m_window(window),
      m_flow(new DeployFlow(document, session, cluster, jobs, window)),
      m_check(new QAction(this)),
      m_cancel(new QAction(this)),
      m_stop(new QAction(this)),
      m_stopInto(new QAction(this)),
      m_end(new QMenu(window)),
      m_resume(new QMenu(window)) {
    makeActions();
    connect(&cluster, &ClusterSession::stateChanged, this, &ClusterCommands::refresh);
    connect(&cluster, &ClusterSession::targetChanged, this, &ClusterCommands::refresh);
    connect(&session, &RunSession::stateChanged, this, &ClusterCommands::refresh);
    connect(&document, &PipelineDocument::changed, this, &ClusterCommands::refresh);
    connect(&jobs, &JobList::changed, this, &ClusterCommands::refresh);
    retranslate();
}

void ClusterCommands::makeActions() {
    m_check->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+K")));
    connect(m_check, &QAction::triggered, m_flow, &DeployFlow::check);
    connect(m_cancel, &QAction::triggered, this, &ClusterCommands::cancel);
    connect(m_stop, &QAction::triggered, this, &ClusterCommands::stop);
    connect(m_stopInto, &QAction::triggered, this, &ClusterCommands::promptAndStop);
    connect(m_resume, &QMenu::aboutToShow, this, &ClusterCommands::fillResume);
    m_end->setObjectName(QStringLiteral("endMenu"));
    m_end->addActions({m_stop, m_stopInto});
    m_end->addSeparator();
    m_end->addAction(m_cancel);
}

void ClusterCommands::addActions(ActionRegistry& registry) {
    constexpr MenuPlace kPlace{MainMenu::Run, 2};
    registry.add(QStringLiteral("cluster.check"), m_check, kPlace);
    registry.add(QStringLiteral("cluster.cancel"), m_cancel, kPlace);
    registry.add(QStringLiteral("cluster.stop"), m_stopInto, kPlace);
    registry.addList(QStringLiteral("cluster.resume"), m_resume, kPlace);
}

void ClusterCommands::refresh() {
    const std::optional<Target> target = m_cluster.target();
    const EngineFacts& facts = m_cluster.facts();
    const bool here = !m_session.shownRun().isElsewhere() && m_session.isActive();
    const bool any = !m_document.pipeline().nodes.empty();
    for (QAction* each : {m_check, m_cancel, m_stopInto, m_resume->menuAction()})
        each->setVisible(target && !here);
    m_stopInto->setVisible(target && facts.savepoints && !here);  // else its state is in its usual place
    fillWords(facts);
    m_check->setEnabled(any && !m_cluster.isChecking());
    m_cancel->setEnabled(m_cluster.isActive());
    m_cancel->setText(m_cluster.isChecking() && !m_cluster.hasJob() ? tr("&Cancel the check")
                                                                    : tr("&Cancel the job"));
    for (QAction* each : {m_stop, m_stopInto})
        each->setEnabled(m_cluster.state() == RunSession::State::Running);
    m_resume->setEnabled(any && target && !savepointsOn(m_jobs, target->name).empty());
}

void ClusterCommands::fillWords(const EngineFacts& facts) {
    m_check->setText(facts.planner ? tr("C&heck on the cluster") : tr("C&heck by a dry run"));
    m_stop->setText(facts.savepoints ? tr("&Stop with a savepoint") : tr("&Stop, and keep the checkpoint"));
    m_resume->setTitle(facts.savepoints ? tr("Resu&me from a savepoint") : tr("Resu&me from a checkpoint"));
}

void ClusterCommands::retranslate() {
    m_stopInto->setText(tr("Stop with a savepoin&t…"));
    refresh();
    fillResume();
}

void ClusterCommands::fillResume() {
    m_resume->clear();
    const std::string target = m_cluster.target().value_or(Target{}).name;
    const std::vector<Kept> kept = savepointsOn(m_jobs, target);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const Kept& each = kept[i];
        const Millis age = std::max<Millis>(0, systemClock()->now() - each.savepoint.at);
        const QString words = (each.savepoint.checkpoint ? tr("%1, %2 ago, the last checkpoint of job %3")
                                                         : tr("%1, %2 ago, of job %3"))
                                  .arg(momentText(each.savepoint.at), ageText(age),
                                       QString::fromStdString(shownJob(each.job.job)));
        QAction* action =
            m_resume->addAction(QStringLiteral("&%1  %2").arg(i + 1).arg(labelText(words)), this,
                                [this, each] { m_flow->resume(each.job, each.savepoint.path); });
        action->setToolTip(shownLines(QString::fromStdString(each.savepoint.path), kTipLength));
    }
    m_resume->setToolTipsVisible(true);
    if (!kept.empty()) return;
    m_resume->addAction(m_cluster.facts().savepoints ? tr("&No savepoint yet") : tr("&No checkpoint yet"))
        ->setEnabled(false);
}

void ClusterCommands::deploy() {
    m_flow->deploy();
}

void ClusterCommands::offerEnd(const QWidget& button) {
    refresh();
    m_end->popup(button.mapToGlobal(QPoint(0, button.height())));
    m_end->setActiveAction(m_stop->isEnabled() ? m_stop : m_cancel);  // the one that loses nothing
}

void ClusterCommands::stop() {
    m_cluster.stopWithSavepoint(savepointFolder(m_cluster));
}

void ClusterCommands::promptAndStop() {
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Stop with a savepoint"));
    const QString folder = tr("Folder for the savepoint, as %1 sees it, such as “s3://bucket/savepoints”.");
    dialog->setLabelText(folder.arg(targetNameOf(m_cluster)) + QLatin1Char('\n') +
                         tr("Empty: the cluster's own."));
    dialog->setTextValue(savepointFolder(m_cluster));
    dialog->setOkButtonText(tr("Stop the job"));
    dialog->setCancelButtonText(tr("Let it run"));
    const std::string job = m_cluster.look().job;
    connect(dialog, &QInputDialog::textValueSelected, this, [this, job](const QString& chosen) {
        if (m_cluster.look().job != job) return;  // another has taken its place meanwhile
        QSettings().setValue(savepointsKey(m_cluster), chosen.trimmed());
        stop();
    });
    dialog->open();
}

// Where a job is that is to be shown, the pipeline is for.
bool ClusterCommands::choose(const Deployment& job) {
    const std::optional<Target> target = m_cluster.target();
    if (target && target->name == job.target) return true;
    if (!confirmStopSpark(&m_cluster, EndedBy::OtherEngine, m_window)) return false;
    if (const Target* its = m_targets.named(QString::fromStdString(job.target))) m_cluster.setTarget(*its);
    return true;
}

void ClusterCommands::watchJob(const Deployment& job) {
    if (choose(job)) watch(job);
}

// A job whose cluster is silent is asked for again: the obstacle may be gone.
bool ClusterCommands::watch(const Deployment& job) {
    if (isWatched(job) && m_cluster.look().connectionProblem.ok()) return true;
    return m_cluster.watch(job);
}

bool ClusterCommands::isWatched(const Deployment& job) const {
    return m_cluster.look().job == job.job && m_cluster.isActive();
}

// A check, or a job that the cluster has not taken yet, has nothing to lose.
void ClusterCommands::cancel() {
    const std::string job = m_cluster.hasJob() ? m_cluster.look().job : std::string();
    if (!job.empty()) {
        if (!mayCancel(job, m_cluster.facts())) return;
        if (!m_cluster.hasJob() || m_cluster.look().job != job) return;  // it ended while that was asked
    }
    m_cluster.cancel();
}

void ClusterCommands::cancelJob(const Deployment& job) {
    if (!choose(job) || !mayCancel(job.job, backendOf(job.engine).facts())) return;
    if (isWatched(job) || m_cluster.watch(job)) m_cluster.cancel();
}

void ClusterCommands::stopJob(const Deployment& job) {
    if (choose(job) && (isWatched(job) || m_cluster.watch(job))) stop();
}

bool ClusterCommands::mayCancel(const std::string& job, const EngineFacts& facts) const {
    const QString id = shownText(QString::fromStdString(shownJob(job)));
    QMessageBox box(QMessageBox::Question, tr("Cancel the job"),
                    tr("Cancel the job %1 on %2?").arg(id, targetNameOf(m_cluster)), QMessageBox::NoButton,
                    m_window);
    box.setInformativeText(
        facts.outlivesUs
            ? tr("Windows that are still open give no result. A job can resume from the newest checkpoint, "
                 "and "
                 "reads again what came after it. Stop the job with a savepoint to go on where it ends.")
            : tr("Windows that are still open give no result. Stop it instead to go on later from its "
                 "checkpoint."));
    const QPushButton* cancel = box.addButton(tr("Cancel the job"), QMessageBox::DestructiveRole);
    QPushButton* keep = box.addButton(tr("Let it run"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.exec();
    return box.clickedButton() == cancel;
}

void ClusterCommands::resumeJob(const Deployment& job, const std::string& savepoint) {
    if (choose(job)) m_flow->resume(job, savepoint);
}

}  // namespace rw::ui
