#include "widgets/document/cluster_session.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/cluster/deployment_store.h"
#include "core/pipeline/diff.h"
#include "widgets/document/background.h"
#include "widgets/document/figures_age.h"
#include "widgets/document/job_snapshot.h"
#include "widgets/document/target_list.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr auto kUnseen = std::numeric_limits<std::uint64_t>::max();  // version of no look

RunSession::State shownState(ClusterState state) {
    using State = RunSession::State;
    switch (state) {
        case ClusterState::Checking:
        case ClusterState::Submitting:
        case ClusterState::Starting:
            return State::Starting;
        case ClusterState::Running:
        case ClusterState::Restarting:
            return State::Running;
        case ClusterState::Stopping:
            return State::Stopping;
        case ClusterState::Finished:
            return State::Finished;
        case ClusterState::Failed:
            return State::Failed;
        case ClusterState::Stopped:
        case ClusterState::Refused:
        case ClusterState::Gone:
            break;
    }
    return State::Stopped;
}

QDateTime wallTime(Instant at) {
    return at == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(at);
}

Issue issueOf(const Error& error) {
    Issue issue;
    issue.message = error.message;
    issue.fix = error.fix;
    issue.node = error.node;
    issue.param = error.param;
    return issue;
}

// Nodes are on the canvas as running as soon as the job runs, whatever is known of them.
bool showsNodes(const ClusterLook& look) {
    return look.figures.at != 0 || look.state == ClusterState::Running ||
           look.state == ClusterState::Restarting;
}

}  // namespace

ClusterSession::ClusterSession(PipelineDocument& document, TargetList& targets, SecretSource secrets,
                               QObject* parent)
    : RemoteRun(parent), m_document(document), m_targets(targets), m_secrets(std::move(secrets)) {
    m_frame.setInterval(kFrameMillis);
    connect(&m_frame, &QTimer::timeout, this, &ClusterSession::frame);
    connect(&targets, &TargetList::changed, this, &ClusterSession::onTargets);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return compare();
        leave();
        findJob();
    });
}

ClusterSession::~ClusterSession() {
    ++m_search;
    dropCheck();
    discard(std::move(m_run));
    (void)m_closing.wait(kEndMillis);
    (void)m_searches.wait(kEndMillis);
}

void ClusterSession::setTarget(std::optional<Target> target) {
    if (target == m_target) return;
    const bool same = target && m_target && target->name == m_target->name;
    m_target = std::move(target);
    m_planned = nullptr;
    if (!same) leave();
    Q_EMIT targetChanged();
    if (!same) findJob();
}

// What the person has changed of it holds from the next request on; one that is gone is nobody's target.
void ClusterSession::onTargets() {
    if (!m_target) return;
    const Target* now = m_targets.named(QString::fromStdString(m_target->name));
    setTarget(now != nullptr ? std::optional(*now) : std::nullopt);
}

ClusterRequest ClusterSession::request() const {
    ClusterRequest request;
    request.target = m_target.value_or(Target{});
    request.secrets = m_secrets;
    request.catalogue = m_document.sharedCatalogue();
    request.pipeline = m_document.pipeline();
    request.validate = m_document.validateOptions();
    request.deployments = m_makers.deployments;
    return request;
}

void ClusterSession::check() {
    if (!m_target || m_check) return;
    refuse({}, {});
    ClusterRequest asked = request();
    asked.checkOnly = true;
    m_checked = asked.pipeline;
    m_check = m_makers.deploy(std::move(asked));
    m_frame.start();
    Q_EMIT stateChanged();
}

void ClusterSession::deploy(const std::string& savepoint, bool allowLostState) {
    if (!m_target) return;
    ClusterRequest asked = request();
    asked.savepoint = savepoint;
    asked.allowLostState = allowLostState;
    Pipeline pipeline = asked.pipeline;
    begin(m_makers.deploy(std::move(asked)), std::move(pipeline));
}

void ClusterSession::watch(const Deployment& deployment) {
    if (!m_target || m_target->name != deployment.target) {
        const Target* target = m_targets.named(QString::fromStdString(deployment.target));
        if (target == nullptr) {
            Q_EMIT noted({{},
                          RW_TEXT("cluster",
                                  "The job %1 can't be watched: its target “%2” is not among the targets "
                                  "any more. Add it in the settings.")
                              .with(deployment.job, deployment.target)});
            return;
        }
        m_target = *target;
        Q_EMIT targetChanged();
    }
    if (!outlivesUs(deployment.engine)) {
        Q_EMIT noted({{},
                      RW_TEXT("cluster",
                              "The run %1 of Spark ended with the program that began it: there is nothing to "
                              "watch.")
                          .with(deployment.job)});
        return;
    }
    begin(m_makers.watch(request(), deployment), deployment.pipeline);
}

// A job that was shown before goes on by itself.
void ClusterSession::begin(std::unique_ptr<ClusterRun> run, Pipeline pipeline) {
    ++m_search;
    dropCheck();
    refuse({}, {});
    discard(std::exchange(m_run, std::move(run)));
    m_look = {};
    m_look.version = kUnseen;
    if (const ClusterState state = m_run->look().state; !isOver(state)) m_look.state = state;
    m_pipeline = std::move(pipeline);
    m_snapshot.clear();
    m_views.clear();
    m_notesTold = 0;
    m_wereOld = false;
    m_frame.start();
    Q_EMIT replaced();
    Q_EMIT stateChanged();
    compare();
    if (hasJob()) frameJob();
}

void ClusterSession::leave() {
    ++m_search;
    const bool any = m_run || m_check;
    dropCheck();
    refuse({}, {});
    discard(std::move(m_run));
    m_frame.stop();
    m_look = {};
    m_pipeline = {};
    m_snapshot.clear();
    m_views.clear();
    if (!any) return;
    Q_EMIT replaced();
    Q_EMIT stateChanged();
    compare();
    Q_EMIT updated();
}

void ClusterSession::cancel() {
    if (hasJob()) {
        m_run->cancel();
    } else if (m_check) {
        m_check->cancel();
    }
}

void ClusterSession::stopWithSavepoint(const QString& folder) {
    if (hasJob()) m_run->stop(folder.toStdString());
}

void ClusterSession::dropCheck() {
    if (!m_check) return;
    m_check->cancel();
    discard(std::move(m_check));
}

void ClusterSession::discard(std::unique_ptr<ClusterRun> run) {
    if (!run) return;
    m_closing.start([run = std::shared_ptr<ClusterRun>(std::move(run))]() mutable { run.reset(); });
}

void ClusterSession::findJob() {
    const quint64 search = ++m_search;
    if (!m_target || m_document.path().isEmpty()) return;
    m_searches.leave();  // nobody waits for an older one, which a disk may hold up
    m_searches.start([this, home = Address(this), search, folder = m_makers.deployments,
                      file = m_document.path().toStdString()] {
        const DeploymentStore store = folder.empty() ? DeploymentStore() : DeploymentStore(folder);
        home.send([this, search, found = store.of(file)] { takeFound(search, found); });
    });
}

void ClusterSession::takeFound(quint64 search, const std::vector<Deployment>& found) {
    if (search != m_search || !m_target || isActive()) return;
    const auto job = std::find_if(found.begin(), found.end(), [this](const Deployment& each) {
        return each.ended == 0 && each.target == m_target->name && outlivesUs(each.engine);
    });
    if (job != found.end()) watch(*job);
}

void ClusterSession::frame() {
    if (m_check) frameCheck();
    if (hasJob()) frameJob();
    if (!m_check && !hasJob()) m_frame.stop();
}

std::shared_ptr<const FlinkGraph> ClusterSession::planned() const {
    return m_planned && runAlike(m_plannedOf, m_document.pipeline()) ? m_planned : nullptr;
}

void ClusterSession::frameCheck() {
    const ClusterLook look = m_check->look();
    if (!isOver(look.state)) return;
    discard(std::move(m_check));
    m_planned = look.graph;
    m_plannedOf = m_checked;
    std::vector<Issue> issues = look.issues;
    if (look.state == ClusterState::Refused) refuse(issues, m_checked);
    if (!look.failure.ok()) issues.push_back(issueOf(look.failure.error()));
    Q_EMIT stateChanged();
    Q_EMIT checked(look.state == ClusterState::Finished, issues);
}

void ClusterSession::frameJob() {
    ClusterLook now = m_run->look();
    const bool old = figuresAge(*this).value_or(0) >= kOldFigures;
    if (now.version == m_look.version) {
        if (std::exchange(m_wereOld, old) != old) Q_EMIT updated();
        return;
    }
    const ClusterLook before = std::exchange(m_look, std::move(now));
    const bool other = before.state != m_look.state;
    const bool remembered = before.job != m_look.job || before.savepoint != m_look.savepoint;
    if (showsNodes(m_look) && (m_snapshot.nodes.empty() || before.figures.at != m_look.figures.at))
        showFigures(m_snapshot, m_pipeline, m_look.figures);
    m_wereOld = figuresAge(*this).value_or(0) >= kOldFigures;
    if (m_look.state == ClusterState::Refused) refuse(m_look.issues, m_pipeline);
    // Whoever hears of it may begin another run.
    const std::uint64_t fresh = m_look.noteCount - std::exchange(m_notesTold, m_look.noteCount);
    std::vector<Text> notes = m_look.notes;
    notes.erase(notes.begin(),
                notes.end() - static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(fresh, notes.size())));
    const bool over = isOver(m_look.state);
    if (followViews()) Q_EMIT replaced();
    for (const Text& note : notes) Q_EMIT noted({{}, note});
    if (other) Q_EMIT stateChanged();
    if (other) compare();
    Q_EMIT updated();
    if (remembered || over) Q_EMIT deploymentsChanged();
}

// Charts may have their pictures later than the job begins.
bool ClusterSession::followViews() {
    std::map<NodeId, std::shared_ptr<LiveView>> views;
    for (const Node& node : m_pipeline.nodes) {
        if (std::shared_ptr<LiveView> view = m_run->view(node.id)) views.emplace(node.id, std::move(view));
    }
    return std::exchange(m_views, views) != views;
}

void ClusterSession::refuse(std::vector<Issue> issues, const Pipeline& pipeline) {
    m_refusal = std::move(issues);
    m_refused = pipeline;
}

void ClusterSession::compare() {
    if (!m_refusal.empty() && !runAlike(m_refused, m_document.pipeline())) {
        refuse({}, {});
        Q_EMIT stateChanged();
    }
    const bool undeployed = hasJob() && !runAlike(m_pipeline, m_document.pipeline());
    if (std::exchange(m_undeployed, undeployed) != undeployed) Q_EMIT undeployedChanged();
}

bool ClusterSession::hasJob() const {
    return m_run && !isOver(m_look.state);
}

bool ClusterSession::isActive() const {
    return hasJob() || m_check;
}

std::optional<Deployment> ClusterSession::deployment() const {
    return m_run ? m_run->deployment() : std::nullopt;
}

RunSession::State ClusterSession::state() const {
    return m_run ? shownState(m_look.state) : RunSession::State::Stopped;
}

QDateTime ClusterSession::startedAt() const {
    return wallTime(m_look.started);
}

QDateTime ClusterSession::endedAt() const {
    return wallTime(m_look.ended);
}

QDateTime ClusterSession::figuresAt() const {
    return wallTime(m_look.figures.at);
}

QString ClusterSession::silence() const {
    if (!m_look.silence.ok()) return translated(m_look.silence.error().message);
    const bool old = figuresAge(*this).value_or(0) >= kOldFigures;
    return old ? tr("The cluster answers, but tells no newer figures.") : QString();
}

std::shared_ptr<LiveView> ClusterSession::view(const NodeId& node) const {
    return m_run ? m_run->view(node) : nullptr;
}

QString ClusterSession::chartTrouble() const {
    return m_look.chartTrouble.ok() ? QString() : translated(m_look.chartTrouble.error().message);
}

}  // namespace rw::ui
