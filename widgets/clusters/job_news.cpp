#include "widgets/clusters/job_news.h"

#include <algorithm>
#include <utility>

#include "widgets/document/translated.h"
#include "widgets/pane/log_book.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/cluster_text.h"
#include "widgets/session/figures_age.h"

namespace rw::ui {

JobNews::JobNews(PipelineDocument& document, ClusterSession& cluster, LogBook& log, Tell tell)
    : m_document(document), m_cluster(cluster), m_log(log), m_tell(std::move(tell)) {
    connect(&m_cluster, &ClusterSession::stateChanged, this, &JobNews::onState);
    connect(&m_cluster, &ClusterSession::checked, this, &JobNews::onChecked);
    connect(&m_cluster, &ClusterSession::updated, this, &JobNews::onLook);
    connect(&m_cluster, &ClusterSession::replaced, this, [this] { m_silenceTold = false; });
    connect(&m_cluster, &ClusterSession::noted, this,
            [this](const RunNote& note) { m_tell(translated(note.text)); });
    m_silence.setSingleShot(true);
    m_silence.setInterval(static_cast<int>(kOldFigures));
    connect(&m_silence, &QTimer::timeout, this, &JobNews::tellSilence);
}

void JobNews::onState() {
    const ClusterStatus& look = m_cluster.look();
    const bool refused = look.state == ClusterState::Refused;
    if (refused && !std::exchange(m_refused, true)) onChecked(false, m_cluster.startIssues());
    if (!refused) m_refused = false;
    const std::optional<Target> target = m_cluster.target();
    const bool goesOn = target && outlivesUs(target->engine);
    if (look.state == ClusterState::Running && goesOn && !std::exchange(m_goesOnTold, true))
        m_tell(tr("The job keeps running on %1 when this window is closed").arg(name()));
}

bool JobNews::isSilent() const {
    const ClusterStatus& look = m_cluster.look();
    return !look.connectionProblem.ok() && !isOver(look.state);
}

void JobNews::onLook() {
    if (const bool silent = isSilent(); std::exchange(m_silent, silent) != silent)
        silent ? m_silence.start() : m_silence.stop();
    const ClusterStatus& look = m_cluster.look();
    if (m_silent || !m_silenceTold || isOver(look.state) || look.answered == 0) return;
    m_silenceTold = false;
    m_tell(tr("%1 answers again").arg(name()));
    m_log.note(RW_TEXT("log", "“%1” answers again.").with(m_cluster.target().value_or(Target{}).name));
}

void JobNews::tellSilence() {
    if (!isSilent() || std::exchange(m_silenceTold, true)) return;
    const Error& why = m_cluster.look().connectionProblem.error();
    m_tell(tr("%1 does not answer: %2").arg(name(), translated(why.message)));
    const std::string place = m_cluster.target().value_or(Target{}).name;
    m_log.note(why.fix.empty()
                   ? RW_TEXT("log", "“%1” does not answer: %2").with(place, why.message)
                   : RW_TEXT("log", "“%1” does not answer: %2 %3").with(place, why.message, why.fix));
}

// The reason why the cluster does not answer is an error of no node: it stands in the same list.
void JobNews::onChecked(bool good, const std::vector<Issue>& issues) {
    Q_EMIT judged(name(), issues);
    if (good) {
        const auto& nodes = m_document.pipeline().nodes;
        const auto count =
            std::count_if(nodes.begin(), nodes.end(), [](const Node& node) { return !node.disabled; });
        m_tell(tr("%1 would take it: %n nodes", nullptr, static_cast<int>(count)).arg(name()));
    } else if (!issues.empty()) {
        const auto count = static_cast<int>(issues.size());
        m_tell(tr("%1 would not take it: %n problems", nullptr, count).arg(name()));
    }
}

void JobNews::noteClosing() {
    const ClusterStatus& look = m_cluster.look();
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

QString JobNews::name() const {
    return targetNameOf(m_cluster);
}

}  // namespace rw::ui
