#include "app/clusters/cluster_wiring.h"

#include <QPushButton>
#include <algorithm>
#include <utility>

#include "app/clusters/cluster_commands.h"
#include "app/clusters/cluster_words.h"
#include "app/clusters/deploy_flow.h"
#include "app/log_wiring.h"
#include "app/panes.h"
#include "app/running/end_question.h"
#include "app/running/engine_choice.h"
#include "app/running/run_bar.h"
#include "app/status_line.h"
#include "widgets/document/translated.h"
#include "widgets/panels/compare_panel.h"
#include "widgets/panels/jobs_panel.h"
#include "widgets/panels/portability_panel.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

ClusterWiring::ClusterWiring(const Parts& parts, QObject* parent)
    : QObject(parent),
      m_document(parts.document),
      m_session(parts.session),
      m_cluster(parts.cluster),
      m_commands(parts.commands),
      m_bar(parts.bar),
      m_status(parts.status),
      m_log(parts.log),
      m_panes(parts.panes) {
    connect(&m_cluster, &ClusterSession::targetChanged, this, &ClusterWiring::showRight);
    // Later than all others hear that the own run has ended: they ask the session how.
    connect(&m_session, &RunSession::stateChanged, this, &ClusterWiring::showRight, Qt::QueuedConnection);
    connect(&m_cluster, &ClusterSession::stateChanged, this, &ClusterWiring::onState);
    connect(&m_cluster, &ClusterSession::checked, this, &ClusterWiring::onChecked);
    connect(&m_cluster, &ClusterSession::updated, this, &ClusterWiring::onLook);
    connect(&m_cluster, &ClusterSession::replaced, this, [this] { m_silenceTold = false; });
    connect(&m_cluster, &ClusterSession::noted, this,
            [this](const RunNote& note) { tell(translated(note.text)); });
    connect(&m_cluster, &ClusterSession::stopFailed, &m_log, &LogWiring::see);
    m_silence.setSingleShot(true);
    m_silence.setInterval(static_cast<int>(kOldFigures));
    connect(&m_silence, &QTimer::timeout, this, &ClusterWiring::tellSilence);
    connectCommands();
    connectJobs();
    connectCompare();
    showRight();
}

void ClusterWiring::connectCommands() {
    DeployFlow& flow = m_commands.flow();
    connect(&m_bar, &RunBar::deployRequested, &flow, &DeployFlow::deploy);
    connect(&m_bar, &RunBar::endJobRequested, this, [this] { m_commands.offerEnd(*m_bar.stopButton()); });
    connect(&flow, &DeployFlow::told, this, &ClusterWiring::tell);
}

void ClusterWiring::connectJobs() {
    auto* jobs = m_panes.find<JobsPanel>();
    connect(jobs, &JobsPanel::watchRequested, this, [this](const Deployment& job) {
        if (choose(job)) m_commands.watch(job);
    });
    connect(jobs, &JobsPanel::cancelRequested, this, [this](const Deployment& job) {
        if (choose(job)) m_commands.cancelJob(job);
    });
    connect(jobs, &JobsPanel::stopRequested, this, [this](const Deployment& job) {
        if (choose(job)) m_commands.stopJob(job);
    });
    connect(jobs, &JobsPanel::resumeRequested, this,
            [this](const Deployment& job, const std::string& savepoint) {
                if (choose(job)) m_commands.resumeJob(job, savepoint);
            });
}

// Where a job is that is to be shown, the pipeline is for.
bool ClusterWiring::choose(const Deployment& job) {
    const std::optional<Target> target = m_cluster.target();
    if (target && target->name == job.target) return true;
    if (!mayEndUnwatched(&m_cluster, EndedBy::OtherEngine, m_bar.window())) return false;
    m_bar.engineChoice().chooseTarget(QString::fromStdString(job.target));
    return true;
}

void ClusterWiring::connectCompare() {
    const auto* compare = m_panes.find<ComparePanel>();
    connect(compare, &ComparePanel::told, this, &ClusterWiring::tell);
    connect(compare, &ComparePanel::targetsRequested, this, &ClusterWiring::targetsRequested);
}

// A run of our own is shown to its end, for any choice meanwhile.
void ClusterWiring::showRight() {
    const std::optional<Target> target = m_cluster.target();
    ClusterSession* wanted = target ? &m_cluster : nullptr;
    if (wanted == m_session.shown()) return;
    if (wanted != nullptr && m_session.isActive()) return;
    m_session.show(wanted);
}

void ClusterWiring::runHere() {
    m_session.show(nullptr);
    m_session.start();
}

void ClusterWiring::onState() {
    const ClusterLook& look = m_cluster.look();
    const bool refused = look.state == ClusterState::Refused;
    if (refused && !std::exchange(m_refused, true)) onChecked(false, m_cluster.startIssues());
    if (!refused) m_refused = false;
    const std::optional<Target> target = m_cluster.target();
    const bool goesOn = target && outlivesUs(target->engine);
    if (look.state == ClusterState::Running && goesOn && !std::exchange(m_goesOnTold, true))
        tell(tr("The job keeps running on %1 when this window is closed").arg(name()));
}

bool ClusterWiring::isSilent() const {
    const ClusterLook& look = m_cluster.look();
    return !look.silence.ok() && !isOver(look.state);
}

void ClusterWiring::onLook() {
    if (const bool silent = isSilent(); std::exchange(m_silent, silent) != silent)
        silent ? m_silence.start() : m_silence.stop();
    const ClusterLook& look = m_cluster.look();
    if (m_silent || !m_silenceTold || isOver(look.state) || look.answered == 0) return;
    m_silenceTold = false;
    tell(tr("%1 answers again").arg(name()));
    m_log.note(RW_TEXT("log", "“%1” answers again.").with(m_cluster.target().value_or(Target{}).name));
}

void ClusterWiring::tellSilence() {
    if (!isSilent() || std::exchange(m_silenceTold, true)) return;
    const Error& why = m_cluster.look().silence.error();
    tell(tr("%1 does not answer: %2").arg(name(), translated(why.message)));
    const std::string place = m_cluster.target().value_or(Target{}).name;
    m_log.note(why.fix.empty()
                   ? RW_TEXT("log", "“%1” does not answer: %2").with(place, why.message)
                   : RW_TEXT("log", "“%1” does not answer: %2 %3").with(place, why.message, why.fix));
}

// The reason why the cluster does not answer is an error of no node: it stands in the same list.
void ClusterWiring::onChecked(bool good, const std::vector<Issue>& issues) {
    m_panes.find<PortabilityPanel>()->setRefusals(name(), issues);
    if (good) {
        const auto& nodes = m_document.pipeline().nodes;
        const auto count =
            std::count_if(nodes.begin(), nodes.end(), [](const Node& node) { return !node.disabled; });
        tell(tr("%1 would take it: %n nodes", nullptr, static_cast<int>(count)).arg(name()));
    } else if (!issues.empty()) {
        const auto count = static_cast<int>(issues.size());
        tell(tr("%1 would not take it: %n problems", nullptr, count).arg(name()));
    }
}

void ClusterWiring::tell(const QString& words) {
    m_status.tell(words);
    Q_EMIT announced(words);
}

void ClusterWiring::noteClosing() {
    const ClusterLook& look = m_cluster.look();
    const std::optional<Target> target = m_cluster.target();
    if (look.state == ClusterState::Submitting && target)
        m_log.note(RW_TEXT("log",
                           "The window was closed while the pipeline was given to “%1”: see there whether it "
                           "runs.")
                       .with(target->name));
    if (look.job.empty() || isOver(look.state)) return;
    if (target && !outlivesUs(target->engine)) {
        m_log.note(RW_TEXT("log",
                           "The window was closed, and with it the run of %1. Its checkpoint is kept: the "
                           "panel Jobs resumes from it.")
                       .with(engineName(target->engine)));
        return;
    }
    m_log.note(RW_TEXT("log", "The window was closed. The job %1 keeps running on “%2”.")
                   .with(m_cluster.look().job, m_cluster.target().value_or(Target{}).name));
}

QString ClusterWiring::name() const {
    return targetNameOf(m_cluster);
}

}  // namespace rw::ui
