#include "widgets/clusters/deploy_flow.h"

#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "core/cluster/cluster_run.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/unheld_secrets.h"
#include "core/pipeline/diff.h"
#include "widgets/clusters/job_list.h"
#include "widgets/clusters/output_dialog.h"
#include "widgets/clusters/resume_question.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/document/number_text.h"
#include "widgets/secrets/secret_dialog.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/cluster_text.h"
#include "widgets/session/consent_dialog.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

DeployFlow::DeployFlow(PipelineDocument& document, RunSession& session, ClusterSession& cluster,
                       JobList& jobs, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_cluster(cluster),
      m_jobs(jobs),
      m_window(window),
      m_home(this) {
    // All later than they are told: questions would keep others from hearing of it.
    connect(&document, &PipelineDocument::validatedChanged, this, &DeployFlow::goOn, Qt::QueuedConnection);
    connect(&jobs, &JobList::asked, this, &DeployFlow::onAsked, Qt::QueuedConnection);
    connect(&cluster, &ClusterSession::stateChanged, this, &DeployFlow::onState, Qt::QueuedConnection);
    // These were not asked for.
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

void DeployFlow::begin(Request request) {
    drop();
    m_request = std::move(request);
    m_step = Step::Validating;
    goOn();
}

void DeployFlow::drop() {
    ++m_number;
    m_step = Step::None;
    m_request = {};
    m_toEnd.clear();
}

void DeployFlow::goOn() {
    if (m_step != Step::Validating || !m_document.isValidated()) return;
    const std::optional<Target> target = m_cluster.target();
    if (!target) return drop();
    if (hasErrors(m_document.issues())) {
        drop();
        return m_session.reportStartBlocked();
    }
    const bool unsaved = m_document.path().isEmpty() && m_save && !m_request.mayBeUnsaved;
    if (unsaved && !m_request.checkOnly) return askToSave();
    seekConsent();
}

// By its file a job is found again.
void DeployFlow::askToSave() {
    m_step = Step::None;  // signals while a question stands mean nothing to this
    const quint64 number = m_number;
    QMessageBox box(QMessageBox::Question, tr("The pipeline has no file"),
                    tr("“%1” was never saved.").arg(m_document.displayName()), QMessageBox::NoButton,
                    m_window);
    box.setInformativeText(
        tr("A job is found again by the file of its pipeline. One without a file is lost from sight when "
           "this window is closed, or another pipeline or engine is chosen."));
    QPushButton* save = box.addButton(tr("Save and deploy"), QMessageBox::AcceptRole);
    const QPushButton* without = box.addButton(tr("Deploy without saving"), QMessageBox::DestructiveRole);
    box.addButton(tr("Don't deploy"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.exec();
    const bool go = box.clickedButton() == save ? m_save() : box.clickedButton() == without;
    if (!isStill(number)) return;
    if (!go) return drop();
    m_request.mayBeUnsaved = true;
    m_step = Step::Validating;  // in another folder other files are meant
    goOn();
}

// Links and files are looked at as late as can be, and away from the window: a disk may not answer.
void DeployFlow::seekConsent(ConsentRequest agreed) {
    m_request.agreed = m_document.version();
    if (m_consent == nullptr) return afterConsent();
    m_step = Step::Consenting;
    m_looking.abandon();  // an older one is not waited for
    StartRequest start{m_document.pipeline(), m_document.validateOptions(), m_document.sharedCatalogue()};
    start.connections = m_document.runConnections();
    m_looking.start([this, home = m_home, number = m_number, consents = m_consent->consents(),
                     request = std::move(start), there = m_cluster.request(),
                     checked = CheckedStart{m_document.version(), m_consent->subject()},
                     agreed = std::move(agreed)]() mutable {
        checked = checkStart(request, consents, std::move(checked), agreed);
        if (checked.runnable && !checked.request.untrusted)
            checked.unheld = unheldSecrets(there.target, there.secrets, checked.needed, request.connections);
        home.send([this, number, checked = std::move(checked)] { takeConsent(number, checked); });
    });
}

// The consent is to its author, not to the files that it would write: those are on the cluster's disk, which
// cannot be looked at from here, and adds files of its own.
void DeployFlow::takeConsent(quint64 number, const CheckedStart& checked) {
    if (!isStill(number) || m_step != Step::Consenting) return;
    const bool same =
        checked.version == m_document.version() && checked.subject.path == m_document.path().toStdString();
    if (!same) {
        m_step = Step::Validating;
        return goOn();
    }
    // Of one with errors that is nothing: should they be gone by then, it is refused.
    m_request.reached = checked.reached;
    if (!checked.request.untrusted) return checked.unheld.empty() ? afterConsent() : askSecrets(checked);
    ConsentRequest request = checked.request;
    for (ConsentRequest::Target& target : request.targets) target.foreign = false;
    m_step = Step::None;
    ConsentDialog dialog(request, m_document.displayName(), m_window,
                         {.of = ConsentPurpose::Of::Deployment, .cluster = targetNameOf(m_cluster)});
    const bool agreed = dialog.exec() == QDialog::Accepted;
    if (!isStill(number)) return;
    if (agreed) return seekConsent(std::move(request));
    const bool checkOnly = m_request.checkOnly;
    drop();
    Q_EMIT told(checkOnly ? tr("Not checked: you declined") : tr("Not deployed: you declined"));
}

// They are handed over with the job, or show the cluster who asks.
void DeployFlow::askSecrets(const CheckedStart& checked) {
    m_step = Step::None;
    auto* dialog =
        new SecretDialog(checked.unheld, m_document.displayName(), m_window,
                         m_request.checkOnly ? SecretDialog::For::Check : SecretDialog::For::Deployment);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, number = m_number, agreed = checked.agreed] {
        if (isStill(number)) seekConsent(agreed);
    });
    connect(dialog, &QDialog::rejected, this, [this, number = m_number] {
        if (!isStill(number)) return;
        const bool checkOnly = m_request.checkOnly;
        drop();
        Q_EMIT told(checkOnly ? tr("Not checked: a secret was not typed")
                              : tr("Not deployed: a secret was not typed"));
    });
    dialog->open();
}

// A check reads the files that the pipeline names, and sends it to the cluster: that is agreed to as well.
void DeployFlow::afterConsent() {
    if (!m_request.checkOnly) return askJobs();
    const std::optional<RunAccesses> reached = std::move(m_request.reached);
    drop();
    m_cluster.check(reached);
}

void DeployFlow::askJobs() {
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
    const ClusterStatus& shown = m_cluster.look();
    const bool known = std::any_of(running.begin(), running.end(),
                                   [&shown](const Deployment& job) { return job.job == shown.job; });
    const std::optional<Deployment> deployment = m_cluster.deployment();
    if (deployment && !known && !isOver(shown.state)) running.push_back(*deployment);
    return running;
}

void DeployFlow::onAsked() {
    if (m_step != Step::Asking) return;
    m_step = Step::None;  // signals while a question stands mean nothing to this
    const quint64 number = m_number;
    std::vector<Deployment> others = othersRunning();
    const Beside beside = others.empty() ? Beside::Deploy : askBeside(others);
    const bool go = beside != Beside::Leave && isStill(number) && agreeToResume();
    if (!isStill(number)) return;
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
    // Only one run that is a process of ours can be watched from here, and unwatched it would end. One that
    // another program began only that can end.
    const auto isOurs = [this](const Deployment& job) { return job.job == m_cluster.look().job; };
    const bool flink = outlivesUs(others.front().engine);
    const bool both = flink || std::none_of(others.begin(), others.end(), isOurs);
    const bool endable = flink || std::all_of(others.begin(), others.end(), isOurs);
    QString why = both ? tr("Beside each other they would write to the same places.")
                       : tr("Both at once can't be watched from here.");
    if (endable)
        why +=
            QLatin1Char(' ') +
            (flink
                 ? tr("What is cancelled leaves its newest checkpoint: to go on where it ends, stop the job "
                      "with a savepoint instead, and resume from that.")
                 : tr("What is cancelled loses its state: to keep that, stop the run instead, and keep "
                      "its checkpoint."));
    box.setInformativeText(why);
    const QPushButton* replace = nullptr;
    if (endable)
        replace = box.addButton(
            count == 1 ? tr("Cancel the old one and deploy") : tr("Cancel the old ones and deploy"),
            QMessageBox::DestructiveRole);
    const QPushButton* deploy = nullptr;
    if (both) deploy = box.addButton(tr("Deploy beside it"), QMessageBox::AcceptRole);
    QPushButton* leave = box.addButton(tr("Don't deploy"), QMessageBox::RejectRole);
    box.setDefaultButton(leave);
    box.exec();
    if (replace != nullptr && box.clickedButton() == replace) return Beside::Replace;
    return deploy != nullptr && box.clickedButton() == deploy ? Beside::Deploy : Beside::Leave;
}

bool DeployFlow::agreeToResume() {
    if (m_request.savepoint.empty() || runAlike(m_request.before.pipeline, m_document.pipeline()))
        return true;
    if (!m_cluster.target()) return false;
    const ResumeForecast told = forecastOf(m_document, m_request.before, m_cluster.planned().get());
    const ResumeAnswer answer = askResume(m_document, told, m_window);
    if (answer == ResumeAnswer::Anew) m_request.savepoint.clear();
    m_request.allowLostState = answer == ResumeAnswer::DropUnclaimed;
    return answer != ResumeAnswer::Leave;
}

// Each is shown while it ends: an obstacle is told where that of any job is.
void DeployFlow::endNext() {
    if (m_toEnd.empty()) return give();
    m_step = Step::Ending;
    const Deployment job = m_toEnd.back();
    if (m_cluster.look().job != job.job || !m_cluster.isActive()) {
        m_step = Step::None;  // watch() may tell of another target
        if (!m_cluster.watch(job)) return drop();
        m_step = Step::Ending;
    }
    m_cluster.cancel();
    Q_EMIT told(tr("Waiting for the old job on %1 to end").arg(targetNameOf(m_cluster)));
}

void DeployFlow::onState() {
    if (m_step != Step::Ending || m_toEnd.empty() || m_cluster.isActive()) return;
    m_toEnd.pop_back();
    endNext();
}

// As late as can be, for a job that was just ended may have written until now.
void DeployFlow::lookAtOutputs() {
    m_step = Step::LookingAtOutputs;
    ClusterRequest request = m_cluster.request();
    request.savepoint = m_request.savepoint;
    m_looking.abandon();
    m_looking.start([this, home = m_home, number = m_number, request = std::move(request)] {
        home.send([this, number, found = backendOf(request.target.engine).standingOutputs(request)] {
            takeOutputs(number, found);
        });
    });
}

void DeployFlow::takeOutputs(quint64 number, const std::vector<StandingOutput>& found) {
    if (!isStill(number) || m_step != Step::LookingAtOutputs) return;
    m_step = Step::None;  // signals while a question stands mean nothing to this
    m_request.outputs.emplace();
    if (!found.empty()) {
        OutputDialog dialog(found, m_document.pipeline(), m_window);
        const bool go = dialog.exec() == QDialog::Accepted;
        if (!isStill(number)) return;
        if (!go) {
            drop();
            Q_EMIT told(tr("Not deployed: you declined"));
            return;
        }
        m_request.outputs = dialog.choices();
    }
    give();
}

// Edits meanwhile were neither agreed to nor part of the forecast.
void DeployFlow::give() {
    if (m_request.agreed != m_document.version()) {
        m_request.outputs = std::nullopt;
        m_step = Step::Validating;
        return goOn();
    }
    if (!m_request.outputs) return lookAtOutputs();
    const Request request = m_request;
    drop();
    m_cluster.deploy(request.savepoint, request.allowLostState, *request.outputs, request.reached);
}

}  // namespace rw::ui
