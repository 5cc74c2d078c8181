// The answers of a RunSession for the shown run: its own, or one that is somewhere else.
#include <algorithm>
#include <iterator>

#include "core/diagnose/questions.h"
#include "core/pipeline/diff.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/session/remote_run.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

void RunSession::show(RemoteRun* remote) {
    if (remote == m_remote.data()) return;
    if (m_remote) m_remote->disconnect(this);
    m_remote = remote;
    if (remote != nullptr) {
        connect(remote, &RemoteRun::stateChanged, this, [this] {
            noteRemoteNodes();
            Q_EMIT stateChanged();
            compare();
        });
        connect(remote, &RemoteRun::updated, this, [this] {
            noteRemoteNodes();
            Q_EMIT updated(snapshot());
        });
        connect(remote, &RemoteRun::replaced, this, [this] {
            Q_EMIT runReplaced();
            compare();
        });
        connect(remote, &RemoteRun::noted, this, &RunSession::noted);
        connect(remote, &QObject::destroyed, this, &RunSession::bringUpToDate);  // m_remote is null by then
    }
    bringUpToDate();
}

bool RunSession::mayStart() const {
    return m_remote.isNull() && !isOwnActive() && !m_document.portability().engine() &&
           !m_document.pipeline().nodes.empty();
}

void RunSession::startOrRefuse() {
    hasErrors(m_document.issues()) ? reportStartBlocked() : start();
}

// Views of runs know nothing of the other one.
void RunSession::bringUpToDate() {
    m_remoteNodes.clear();
    showAlerts();
    Q_EMIT runReplaced();
    Q_EMIT stateChanged();
    compare();
    if (m_remote) {
        noteRemoteNodes();
    } else if (m_run) {
        tellNotes();
    }
    Q_EMIT updated(snapshot());
}

void RunSession::noteRemoteNodes() {
    if (!m_remote) return;
    std::set<NodeId> now;
    for (const auto& [id, live] : m_remote->snapshot().nodes) now.insert(now.end(), id);
    std::vector<NodeId> more;
    std::set_difference(now.begin(), now.end(), m_remoteNodes.begin(), m_remoteNodes.end(),
                        std::back_inserter(more));
    m_remoteNodes = std::move(now);
    if (!more.empty()) Q_EMIT nodesReady(more);
}

RemoteRun* RunSession::shown() const {
    return m_remote;
}

ShownRun RunSession::shownRun() const {
    using Kind = ShownRun::Kind;
    if (m_remote) {
        const bool never = m_remote->startedAt().isNull() && !isActive();
        return ShownRun(never ? Kind::Undeployed : Kind::Elsewhere, m_remote);
    }
    // Until it has begun, the tape is that of the run before.
    const bool replays = m_state != State::Starting && m_tapeBegan;
    if (isOwnActive()) return ShownRun(replays ? Kind::Replay : Kind::Own);
    return ShownRun(m_startedAt.isNull() ? Kind::None : Kind::Ended);
}

RunSession::State RunSession::state() const {
    return m_remote ? m_remote->state() : m_state;
}

bool RunSession::isAsBefore() const {
    return !m_remote && m_asBefore;
}

bool RunSession::isActive() const {
    if (!m_remote) return isOwnActive();
    const State state = m_remote->state();
    return state == State::Starting || state == State::Running || state == State::Stopping;
}

const std::set<NodeId>& RunSession::readyNodes() const {
    return m_remote ? m_remoteNodes : m_ready;
}

bool RunSession::isAwaitingConsent() const {
    return !m_remote && m_awaitingConsent;
}

bool RunSession::wasDeclined() const {
    return !m_remote && m_declined;
}

NodeId RunSession::heldNode() const {
    return m_remote ? NodeId() : ownHeldNode();
}

bool RunSession::mayStopWaiting() const {
    return !m_remote && mayOwnStopWaiting();
}

const RunSnapshot& RunSession::snapshot() const {
    return m_remote ? m_remote->snapshot() : m_snapshot;
}

const RunFindings& RunSession::findings() const {
    if (m_remote) return m_nothingFound;
    m_findings.update(m_snapshot, isOwnActive());
    return m_findings;
}

std::optional<WatermarkHold> RunSession::watermarkHold(const NodeId& node) const {
    const bool known = isOwnActive() || m_state == State::Stopped || m_state == State::Failed;
    if (m_remote || !known) return std::nullopt;
    return m_findings.holdOf(m_snapshot, node);
}

const Status& RunSession::failure() const {
    return m_remote ? m_remote->failure() : m_failure;
}

NodeId RunSession::failedNode() const {
    const Status& status = failure();
    return status.ok() ? NodeId() : outermost(status.error().node);
}

const std::vector<Issue>& RunSession::startIssues() const {
    return m_remote ? m_remote->startIssues() : m_startIssues;
}

const Pipeline& RunSession::runningPipeline() const {
    return m_remote ? m_remote->pipeline() : m_running;
}

QDateTime RunSession::startedAt() const {
    return m_remote ? m_remote->startedAt() : m_startedAt;
}

QDateTime RunSession::endedAt() const {
    return m_remote ? m_remote->endedAt() : m_endedAt;
}

QDateTime RunSession::pausedAt() const {
    return m_remote ? QDateTime() : m_pausedAt;
}

std::shared_ptr<Tap> RunSession::tap(const PortRef& output) {
    if (m_remote || !m_run) return nullptr;
    const Node* node = m_running.find(output.node);
    if (node == nullptr) node = m_run->plan().pipeline.find(output.node);  // one inside a subflow
    const NodeKind* kind = node != nullptr ? m_document.catalogue().of(*node) : nullptr;
    const int port = kind != nullptr ? kind->outputPort(output.port) : -1;
    if (port < 0) return nullptr;
    // Rows that leave a subflow leave by that port inside.
    const bool inside = m_run->plan().subflows.contains(output.node);
    return inside ? m_run->tap(insideOf(output.node, output.port), 0) : m_run->tap(output.node, port);
}

std::shared_ptr<LiveView> RunSession::view(const NodeId& node) const {
    if (m_remote) return m_remote->view(node);
    return m_run ? m_run->view(node) : nullptr;
}

std::vector<KeptRow> RunSession::keptRows(std::uint64_t after) const {
    return m_run && !m_remote ? m_run->keptRows(after) : std::vector<KeptRow>{};
}

std::shared_ptr<WindowWatch> RunSession::watchWindows() const {
    return m_run && !m_remote ? m_run->watchWindows() : nullptr;
}

void RunSession::showAlerts() {
    m_alerts.show(m_remote ? nullptr : m_board);
}

AlertRequest RunSession::alertRequest() const {
    AlertRequest alerts{.tell = true, .pipeline = m_document.displayName().toStdString()};
    alerts.say = [](const Text& text) { return translated(text).toStdString(); };
    if (m_board) alerts.silences = m_board->silences();
    return alerts;
}

void RunSession::compare() {
    const bool unapplied = isActive() && !runAlike(runningPipeline(), m_document.pipeline());
    if (!unapplied || !keepsStateWhenApplied()) dropReceipt();
    if (unapplied == m_unapplied) return;
    m_unapplied = unapplied;
    Q_EMIT unappliedChangesChanged();
}

void RunSession::reportStartBlocked() {
    setRefused(true);
    Q_EMIT refused();
}

void RunSession::setRefused(bool refused) {
    if (refused == m_refused) return;
    m_refused = refused;
    Q_EMIT refusedChanged();
}

void RunSession::revert() {
    if (!m_unapplied) return;
    const Pipeline running = runningPipeline();
    m_document.revertTo(
        running, m_remote ? tr("Revert to the deployed version") : tr("Revert to the running version"));
}

void RunSession::tellState() {
    if (!m_remote) Q_EMIT stateChanged();
}

void RunSession::tellUpdate() {
    if (!m_remote) Q_EMIT updated(m_snapshot);
}

void RunSession::tellReplaced() {
    if (!m_remote) Q_EMIT runReplaced();
}

// Its notes while it is not shown wait in the run.
void RunSession::tellNotes() {
    if (m_remote) return;
    for (const RunNote& note : m_run->takeNotes()) Q_EMIT noted(note);
    tellOfTape();
}

Status RunSession::ask(const NodeId& node, NodeRequest request) {
    if (!m_run) {
        return {ErrorCode::Invalid, RW_TEXT("run", "The pipeline does not run."),
                RW_TEXT("run", "Ask while the pipeline runs.")};
    }
    RW_TRY(m_run->ask(node, request));
    const bool checkpoints = m_checkpoints.has_value() && m_snapshot.metrics.checkpoints.on;
    Q_EMIT noted(
        {node, checkpoints
                   ? RW_TEXT("run", "A reset of the model was asked for: the next checkpoint does it.")
                   : RW_TEXT("run", "A reset of the model was asked for: it comes before the next rows.")});
    return {};
}

Status RunSession::closeWindows(const NodeId& node, Instant until) {
    if (!m_run) {
        return {ErrorCode::Invalid, RW_TEXT("run", "The pipeline does not run."),
                RW_TEXT("run", "Ask while the pipeline runs.")};
    }
    RW_TRY(m_run->closeWindows(node, until));
    Q_EMIT noted({node, RW_TEXT("run",
                                "The windows up to %1 were closed by hand: rows before that are late "
                                "from here on.")
                            .with(momentText(until))});
    return {};
}

QString RunSession::whyNotAsked(const NodeId& node) const {
    if (QString why = shownRun().lacks(RunAbility::Requests); !why.isEmpty()) return why;
    if (m_state == State::Stopping) return tr("The run is being stopped");
    if (m_state == State::Starting) return tr("The run is being started");
    const Node* const running = m_running.find(node);
    if (running == nullptr || running->disabled) return tr("The node is not part of the run");
    return {};
}

}  // namespace rw::ui
