#include "app/deploy_flow.h"

#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "app/cluster_words.h"
#include "app/resume_question.h"
#include "core/pipeline/diff.h"
#include "widgets/document/cluster_session.h"
#include "widgets/document/job_list.h"
#include "widgets/document/number_text.h"
#include "widgets/document/run_session.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

DeployFlow::DeployFlow(PipelineDocument& document, RunSession& session, ClusterSession& cluster,
                       JobList& jobs, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_cluster(cluster),
      m_jobs(jobs),
      m_window(window) {
    // All later than they are told: questions would keep others from hearing of it.
    connect(&document, &PipelineDocument::validatedChanged, this, &DeployFlow::goOn, Qt::QueuedConnection);
    connect(&jobs, &JobList::asked, this, &DeployFlow::onAsked, Qt::QueuedConnection);
    connect(&cluster, &ClusterSession::stateChanged, this, &DeployFlow::onState, Qt::QueuedConnection);
    // Nobody asked for these.
    connect(&cluster, &ClusterSession::targetChanged, this, &DeployFlow::drop);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) drop();
    });
}

void DeployFlow::check() {
    begin({.checkOnly = true});
}

void DeployFlow::deploy() {
    begin({});
}

void DeployFlow::resume(const Deployment& from, const std::string& savepoint) {
    begin({.checkOnly = false, .savepoint = savepoint, .before = from});
}

void DeployFlow::begin(Wish wish) {
    m_wish = std::move(wish);
    m_step = Step::Validating;
    goOn();
}

void DeployFlow::drop() {
    m_step = Step::None;
    m_wish = {};
    m_toEnd.clear();
}

void DeployFlow::goOn() {
    if (m_step != Step::Validating || !m_document.isValidated()) return;
    const std::optional<Target> target = m_cluster.target();
    if (!target) return drop();
    if (hasErrors(m_document.issues())) {
        drop();
        return m_session.refuse();
    }
    if (m_wish.checkOnly) {
        drop();
        return m_cluster.check();
    }
    m_step = Step::Asking;
    const auto& jobs = m_jobs.jobs();
    if (std::any_of(jobs.begin(), jobs.end(), [](const KnownJob& job) { return job.mayRun(); }))
        Q_EMIT told(tr("Asking %1 which jobs of this pipeline run").arg(targetNameOf(m_cluster)));
    m_jobs.ask();
}

// A cluster that does not answer takes no job either: it is left to the attempt to say why.
std::vector<Deployment> DeployFlow::othersRunning() const {
    std::vector<Deployment> running;
    const std::string name = m_cluster.target().value_or(Target{}).name;
    for (const KnownJob& job : m_jobs.jobs()) {
        if (job.deployment.target == name && job.runs()) running.push_back(job.deployment);
    }
    const ClusterLook& shown = m_cluster.look();
    const bool known = std::any_of(running.begin(), running.end(),
                                   [&shown](const Deployment& job) { return job.job == shown.job; });
    const std::optional<Deployment> deployment = m_cluster.deployment();
    if (deployment && !known && !isOver(shown.state)) running.push_back(*deployment);
    return running;
}

void DeployFlow::onAsked() {
    if (m_step != Step::Asking) return;
    m_step = Step::None;  // whatever comes while a question stands is nothing to this
    std::vector<Deployment> others = othersRunning();
    const Beside beside = others.empty() ? Beside::Deploy : askBeside(others);
    const bool go = beside != Beside::Leave && agreeToResume();
    if (!go) return drop();
    if (beside == Beside::Deploy) return give();
    m_toEnd = std::move(others);
    endNext();
}

DeployFlow::Beside DeployFlow::askBeside(const std::vector<Deployment>& others) const {
    const QString name = targetNameOf(m_cluster);
    const auto count = static_cast<int>(others.size());
    QMessageBox box(
        QMessageBox::Question, tr("A job runs already"),
        count == 1
            ? tr("A job of this pipeline runs on %1 since %2.").arg(name, momentText(others.front().started))
            : tr("%n jobs of this pipeline run on %1.", nullptr, count).arg(name),
        QMessageBox::NoButton, m_window);
    box.setInformativeText(tr("Beside each other they would write to the same places."));
    const QPushButton* replace =
        box.addButton(count == 1 ? tr("Cancel the old one and deploy") : tr("Cancel the old ones and deploy"),
                      QMessageBox::DestructiveRole);
    const QPushButton* deploy = box.addButton(tr("Deploy beside it"), QMessageBox::AcceptRole);
    QPushButton* leave = box.addButton(tr("Don't deploy"), QMessageBox::RejectRole);
    box.setDefaultButton(leave);
    box.exec();
    if (box.clickedButton() == replace) return Beside::Replace;
    return box.clickedButton() == deploy ? Beside::Deploy : Beside::Leave;
}

bool DeployFlow::agreeToResume() {
    if (m_wish.savepoint.empty() || runAlike(m_wish.before.pipeline, m_document.pipeline())) return true;
    if (!m_cluster.target()) return false;
    const ResumeForecast told = forecastOf(m_document, m_wish.before, m_cluster.planned().get());
    const ResumeAnswer answer = askResume(m_document, told, m_window);
    if (answer == ResumeAnswer::Anew) m_wish.savepoint.clear();
    m_wish.allowLostState = answer == ResumeAnswer::DropUnclaimed;
    return answer != ResumeAnswer::Leave;
}

// Each is shown while it ends: what keeps it from ending is told where that of any job is.
void DeployFlow::endNext() {
    if (m_toEnd.empty()) return give();
    m_step = Step::Ending;
    const Deployment job = m_toEnd.back();
    if (m_cluster.look().job != job.job || !m_cluster.isActive()) {
        m_step = Step::None;  // watch() may tell of another target
        m_cluster.watch(job);
        m_step = Step::Ending;
    }
    m_cluster.cancel();
    Q_EMIT told(tr("Waiting for the old job on %1 to end").arg(targetNameOf(m_cluster)));
}

void DeployFlow::onState() {
    if (m_step != Step::Ending || m_cluster.isActive()) return;
    m_toEnd.pop_back();
    endNext();
}

void DeployFlow::give() {
    const std::string savepoint = m_wish.savepoint;
    const bool allowLostState = m_wish.allowLostState;
    drop();
    m_cluster.deploy(savepoint, allowLostState);
}

}  // namespace rw::ui
