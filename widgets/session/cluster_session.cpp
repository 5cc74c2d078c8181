#include "widgets/session/cluster_session.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/cluster/deployment_store.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/target_field.h"
#include "core/connect/files/agreed_files.h"
#include "core/pipeline/diff.h"
#include "core/secrets/typed_secrets.h"
#include "widgets/background/background.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/job_snapshot.h"
#include "widgets/session/target_list.h"

namespace rw::ui {

namespace {

constexpr qint64 kChartsBehindMillis = 60'000;
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

// Nodes are shown as running as soon as the job runs, with or without figures.
bool showsNodes(const ClusterStatus& look) {
    return look.figures.at != 0 || look.state == ClusterState::Running ||
           look.state == ClusterState::Restarting;
}

/// One that was typed wrong would fail each deployment until the program ends: the next one asks for it
/// again.
void forgetRefusedToken(const Status& failure, Target target) {
    if (failure.ok() || failure.error().code != ErrorCode::Denied) return;
    if (const SecretRef* const token = tokenOf(target)) typedSecrets().forget(*token);
}

}  // namespace

ClusterSession::ClusterSession(PipelineDocument& document, TargetList& targets, SecretSource secrets,
                               QObject* parent)
    : RemoteRun(parent), m_document(document), m_targets(targets), m_secrets(std::move(secrets)) {
    m_frame.setInterval(kFrameMillis);
    connect(&m_frame, &QTimer::timeout, this, &ClusterSession::frame);
    connect(&targets, &TargetList::renamed, this, &ClusterSession::keepTargetsName);
    connect(&targets, &TargetList::changed, this, &ClusterSession::onTargets);
    connect(&document, &PipelineDocument::fileChanged, this, &ClusterSession::keepFile);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return compare();
        leave();
        findJob();
    });
}

ClusterSession::~ClusterSession() {
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

// It is the same place: the job stays.
void ClusterSession::keepTargetsName(const std::string& before, const std::string& now) {
    if (m_run && m_place == before) {
        m_place = now;
        amend([now](Deployment& record) { record.target = now; });
    }
    const Target* target = m_targets.named(QString::fromStdString(now));
    if (!m_target || m_target->name != before || target == nullptr) return;
    m_target = *target;
    Q_EMIT targetChanged();
}

// By its file the job is found again.
void ClusterSession::keepFile() {
    const std::optional<Deployment> given = deployment();
    if (!given || !given->file.empty() || m_document.path().isEmpty()) return;
    amend([file = m_document.path().toStdString()](Deployment& record) {
        if (record.file.empty()) record.file = file;
    });
}

// In the line in which runs are ended: this one is there until then.
void ClusterSession::amend(std::function<void(Deployment&)> change) {
    m_closing.start([this, home = MainThreadReceiver(this), run = m_run.get(), change = std::move(change)] {
        run->amend(change);
        home.send([this] { Q_EMIT deploymentsChanged(); });
    });
}

// Changes of the user to it hold from the next request on; a target that is gone is not used.
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

ClusterRequest ClusterSession::requestFor(const std::optional<RunAccesses>& agreed) const {
    ClusterRequest made = request();
    if (!agreed) return made;
    made.files = agreedFiles(agreed->paths);
    keepTo(*agreed, made.pipeline, made.catalogue, made.validate);
    return made;
}

void ClusterSession::check(const std::optional<RunAccesses>& agreed) {
    if (!m_target || m_check) return;
    refuse({}, {});
    ClusterRequest asked = requestFor(agreed);
    asked.checkOnly = true;
    m_checked = asked.pipeline;
    m_check = m_makers.deploy(std::move(asked));
    m_frame.start();
    Q_EMIT stateChanged();
}

void ClusterSession::deploy(const std::string& savepoint, bool allowLostState, const OutputChoices& outputs,
                            const std::optional<RunAccesses>& agreed) {
    if (!m_target) return;
    ClusterRequest asked = requestFor(agreed);
    asked.savepoint = savepoint;
    asked.outputs = outputs;
    asked.allowLostState = allowLostState;
    Pipeline pipeline = asked.pipeline;
    begin(m_makers.deploy(std::move(asked)), std::move(pipeline));
}

bool ClusterSession::watch(const Deployment& deployment) {
    if (!outlivesUs(deployment.engine)) {
        Q_EMIT noted({{},
                      RW_TEXT("cluster",
                              "The run %1 of %2 can be watched by the program alone that began it, and "
                              "ends with that.")
                          .with(deployment.job, engineName(deployment.engine))});
        return false;
    }
    if (!m_target || m_target->name != deployment.target) {
        const Target* target = m_targets.named(QString::fromStdString(deployment.target));
        if (target == nullptr) {
            Q_EMIT noted({{},
                          RW_TEXT("cluster",
                                  "The job %1 can't be watched: its target “%2” is not among the targets "
                                  "any more. Add it in the settings.")
                              .with(deployment.job, deployment.target)});
            return false;
        }
        m_target = *target;
        Q_EMIT targetChanged();
    }
    begin(m_makers.watch(request(), deployment), deployment.pipeline);
    return true;
}

// A job that was shown before goes on by itself; a run that is a process of ours ends.
void ClusterSession::begin(std::unique_ptr<ClusterRun> run, Pipeline pipeline) {
    m_search.drop();
    dropCheck();
    refuse({}, {});
    tellEnding();
    discard(std::exchange(m_run, std::move(run)));
    const Target place = m_target.value_or(Target{});
    m_place = place.name;
    m_engine = place.engine;
    m_stopAsked = false;
    m_pictures = 0;
    m_newest.start();
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
    m_search.drop();
    const bool any = m_run || m_check;
    const std::string job = hasJob() && !endsUnwatched() ? m_look.job : std::string();
    const std::string place = m_place;
    dropCheck();
    refuse({}, {});
    tellEnding();
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
    if (job.empty()) return;
    Q_EMIT noted({{}, RW_TEXT("cluster", "The job %1 keeps running on “%2”.").with(job, place)});
}

void ClusterSession::cancel() {
    m_stopAsked = false;
    if (hasJob()) {
        m_run->cancel();
    } else if (m_check) {
        m_check->cancel();
    }
}

void ClusterSession::stopWithSavepoint(const QString& folder) {
    if (!hasJob()) return;
    m_stopAsked = true;
    m_run->stop(folder.toStdString());
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

// A run that ends because it is not watched must not end in silence.
void ClusterSession::tellEnding() {
    const std::optional<Deployment> left = deployment();
    if (!left || outlivesUs(left->engine) || isOver(m_run->look().state)) return;
    Q_EMIT noted({{},
                  RW_TEXT("cluster",
                          "The run %1 of Spark ends, for the window shows it no more. Its checkpoint is "
                          "kept: resume from it in the panel Jobs.")
                      .with(left->job)});
}

void ClusterSession::findJob() {
    m_search.drop();
    if (!m_target || m_document.path().isEmpty()) return;
    m_searches.abandon();  // an older one, which a disk may block, is not waited for
    const auto find = [folder = m_makers.deployments, file = m_document.path().toStdString()] {
        const DeploymentStore store = folder.empty() ? DeploymentStore() : DeploymentStore(folder);
        return store.of(file);
    };
    m_search.ask(m_searches, find, [this](const std::vector<Deployment>& found) { takeFound(found); });
}

void ClusterSession::takeFound(const std::vector<Deployment>& found) {
    if (!m_target || isActive()) return;
    const auto job = std::find_if(found.begin(), found.end(), [this](const Deployment& each) {
        return each.ended == 0 && each.target == m_target->name && outlivesUs(each.engine);
    });
    if (job != found.end()) (void)watch(*job);
}

void ClusterSession::frame() {
    if (m_check) frameCheck();
    if (hasJob() || chartsMayCome()) frameJob();
    if (!m_check && !hasJob() && !chartsMayCome()) m_frame.stop();
}

// The charts of a job that has finished have a job of their own, which may be behind it. One that has drawn
// nothing for so long has drawn all.
bool ClusterSession::chartsMayCome() const {
    return m_run && m_look.state == ClusterState::Finished && !m_views.empty() &&
           !m_newest.hasExpired(kChartsBehindMillis);
}

std::shared_ptr<const FlinkGraph> ClusterSession::planned() const {
    return m_planned && runAlike(m_plannedOf, m_document.pipeline()) ? m_planned : nullptr;
}

void ClusterSession::frameCheck() {
    const ClusterStatus look = m_check->look();
    if (!isOver(look.state)) return;
    discard(std::move(m_check));
    m_planned = look.graph;
    m_plannedOf = m_checked;
    std::vector<Issue> issues = look.issues;
    if (look.state == ClusterState::Refused) refuse(issues, m_checked);
    if (!look.failure.ok()) issues.push_back(issueOf(look.failure.error()));
    forgetRefusedToken(look.failure, m_target.value_or(Target{}));
    const bool answered = look.state == ClusterState::Finished || look.state == ClusterState::Refused;
    const bool outdated = answered && !runAlike(m_checked, m_document.pipeline());
    Q_EMIT stateChanged();
    if (outdated) noteOutdated();
    Q_EMIT checked(!outdated && look.state == ClusterState::Finished,
                   outdated ? std::vector<Issue>() : issues);
}

void ClusterSession::noteOutdated() {
    Q_EMIT noted({{},
                  RW_TEXT("cluster",
                          "The pipeline was changed while it was checked: what “%1” says of it does not hold "
                          "any more. Check it again.")
                      .with(m_target.value_or(Target{}).name)});
}

void ClusterSession::frameJob() {
    ClusterStatus now = m_run->look();
    const bool old = figuresAge(*this).value_or(0) >= kOldFigures;
    const bool drawn = isOver(m_look.state) && m_pictures != picturesDrawn();
    if (now.version == m_look.version && !drawn) {
        if (std::exchange(m_wereOld, old) != old) Q_EMIT updated();
        return;
    }
    m_newest.start();
    const ClusterStatus before = std::exchange(m_look, std::move(now));
    const bool other = before.state != m_look.state;
    const bool remembered = before.job != m_look.job || before.savepoint != m_look.savepoint;
    if (remembered) keepFile();
    if (showsNodes(m_look) && (m_snapshot.nodes.empty() || before.figures.at != m_look.figures.at))
        showFigures(m_snapshot, m_pipeline, m_look.figures);
    m_wereOld = figuresAge(*this).value_or(0) >= kOldFigures;
    if (m_look.state == ClusterState::Refused) refuse(m_look.issues, m_pipeline);
    // A receiver may begin another run.
    const std::uint64_t fresh = m_look.noteCount - std::exchange(m_notesTold, m_look.noteCount);
    std::vector<Text> notes = m_look.notes;
    notes.erase(notes.begin(),
                notes.end() - static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(fresh, notes.size())));
    const bool over = isOver(m_look.state);
    if (other && over) forgetRefusedToken(m_look.failure, m_target.value_or(Target{}));
    const bool outdated =
        other && m_look.state == ClusterState::Refused && !m_look.issues.empty() && m_refusal.empty();
    const bool goesOn = m_stopAsked && outlivesUs(m_engine) && !over &&
                        m_look.state != ClusterState::Stopping && !notes.empty();
    if (goesOn) m_stopAsked = false;
    if (followViews()) Q_EMIT replaced();
    m_pictures = picturesDrawn();
    for (const Text& note : notes) Q_EMIT noted({{}, note});
    if (outdated) noteOutdated();
    if (other) Q_EMIT stateChanged();
    if (other) compare();
    Q_EMIT updated();
    if (remembered || (other && over)) Q_EMIT deploymentsChanged();
    if (goesOn) Q_EMIT stopFailed();
}

std::uint64_t ClusterSession::picturesDrawn() const {
    std::uint64_t drawn = 0;
    for (const auto& [node, view] : m_views) drawn += view->version();
    return drawn;
}

// Charts may have their pictures later than the job begins.
bool ClusterSession::followViews() {
    std::map<NodeId, std::shared_ptr<LiveView>> views;
    for (const Node& node : m_pipeline.nodes) {
        if (std::shared_ptr<LiveView> view = m_run->view(node.id)) views.emplace(node.id, std::move(view));
    }
    return std::exchange(m_views, views) != views;
}

// Of a pipeline that was edited meanwhile it says nothing.
void ClusterSession::refuse(std::vector<Issue> issues, const Pipeline& pipeline) {
    if (!issues.empty() && !runAlike(pipeline, m_document.pipeline())) issues.clear();
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

const EngineFacts& ClusterSession::facts() const {
    return backendOf(m_target ? m_target->engine : Engine{}).facts();
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

QString ClusterSession::connectionProblem() const {
    if (!m_look.connectionProblem.ok()) return errorLines(m_look.connectionProblem.error());
    const bool old = figuresAge(*this).value_or(0) >= kOldFigures;
    return old ? translated(facts().oldFigures) : QString();
}

QString ClusterSession::whyUntold() const {
    return translated(facts().untold);
}

std::shared_ptr<LiveView> ClusterSession::view(const NodeId& node) const {
    return m_run ? m_run->view(node) : nullptr;
}

QString ClusterSession::chartTrouble() const {
    return m_look.chartTrouble.ok() ? QString() : translated(m_look.chartTrouble.error().message);
}

QDateTime ClusterSession::chartRowsAt() const {
    return wallTime(m_look.chartRowsAt);
}

bool ClusterSession::endsUnwatched() const {
    return hasJob() && !outlivesUs(m_engine);
}

}  // namespace rw::ui
