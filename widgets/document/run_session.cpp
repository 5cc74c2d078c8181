#include "widgets/document/run_session.h"

#include <QDir>

#include "core/runtime/plan.h"

namespace rw::ui {

RunSession::RunSession(PipelineDocument& document, QObject* parent) : QObject(parent), m_document(document), m_findings(document) {
    m_worker.setMaxThreadCount(1);
    m_frame.setInterval(kFrameMillis);
    connect(&m_frame, &QTimer::timeout, this, &RunSession::frame);
    connect(&document, &PipelineDocument::changed, this, &RunSession::compare);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return;
        setRefused(false);
        stop(StopMode::Discard);  // its results are not those of the document that is here now
    });
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        if (!hasErrors(m_document.issues())) setRefused(false);
    });
    m_clock.start();
}

RunSession::~RunSession() {
    ++m_launch;
    *m_giveUp = true;
    if (m_run) m_worker.start([run = std::move(m_run)]() mutable { run.reset(); });
    m_worker.waitForDone();
}

bool RunSession::isActive() const {
    return m_state == State::Starting || m_state == State::Running || m_state == State::Paused ||
           m_state == State::Stopping;
}

void RunSession::start() {
    if (m_state == State::Paused) {
        resume();
    } else if (!isActive()) {
        launch();
    }
}

void RunSession::apply() {
    if (isActive()) launch();
}

void RunSession::revert() {
    if (m_unapplied) m_document.revertTo(m_running, tr("Revert to the running version"));
}

// The old run must have closed its files before the new one opens them: both happen on the one worker thread.
void RunSession::launch() {
    const quint64 launch = ++m_launch;
    m_stopWanted = false;
    *m_giveUp = true;  // an older start that is under way still
    m_giveUp = std::make_shared<std::atomic<bool>>(false);
    m_frame.stop();
    m_running = m_document.pipeline();
    m_ready.clear();
    m_startIssues.clear();
    m_failure = {};
    m_pausedAt = m_endedAt = {};
    m_startedAt = QDateTime::currentDateTime();
    setState(State::Starting);
    compare();
    PlanOptions options;
    options.validate = m_document.validateOptions();
    options.pruneColumns = false;  // whoever looks at a wire wants to see every column
    m_worker.start([this, launch, giveUp = m_giveUp, old = std::move(m_run), pipeline = m_running,
                    options = std::move(options), &catalogue = m_document.catalogue()]() mutable {
        if (old) old->stop(StopMode::Discard);
        old.reset();
        QDir().mkpath(QString::fromStdString(options.validate.folder));
        Started started;
        Planned planned = makePlan(pipeline, catalogue, options);
        started.issues = std::move(planned.issues);
        if (planned.plan) {
            RunOptions watched;
            watched.tapAll = true;
            watched.giveUp = [giveUp] { return giveUp->load(); };
            watched.ready = [this, launch](const NodeId& node) {
                QMetaObject::invokeMethod(
                    this, [this, launch, node] { noteReady(launch, node); }, Qt::QueuedConnection);
            };
            auto run = Run::start(std::move(planned.plan), watched);
            if (run.ok()) {
                started.run = std::move(*run);
            } else {
                started.status = run.status();
            }
        }
        QMetaObject::invokeMethod(
            this,
            [this, launch, started = std::move(started)]() mutable { take(launch, std::move(started)); },
            Qt::QueuedConnection);
    });
}

void RunSession::noteReady(quint64 launch, const NodeId& node) {
    if (launch != m_launch || !m_ready.insert(node).second) return;
    Q_EMIT nodeReady();
}

void RunSession::take(quint64 launch, Started started) {
    if (launch != m_launch) {
        if (started.run) m_worker.start([run = std::move(started.run)]() mutable { run.reset(); });
        return;
    }
    m_snapshot = {};
    if (!started.run && !started.status.ok() && started.status.error().code == ErrorCode::Cancelled) {
        m_endedAt = QDateTime::currentDateTime();
        setState(State::Stopped);
        compare();
        return;
    }
    if (!started.run) {
        m_startIssues = std::move(started.issues);
        m_failure = started.status;
        m_endedAt = QDateTime::currentDateTime();
        setState(m_failure.ok() ? State::Stopped : State::Failed);
        compare();
        if (m_failure.ok()) {
            setRefused(true);
            Q_EMIT startRefused();
        }
        return;
    }
    m_run = std::move(started.run);
    m_frame.start();
    setState(State::Running);
    Q_EMIT runReplaced();
    if (m_stopWanted) stop(m_stopMode);
}

void RunSession::pause() {
    if (m_state != State::Running) return;
    m_worker.start([run = m_run] { run->pause(); });
    m_pausedAt = QDateTime::currentDateTime();
    setState(State::Paused);
}

void RunSession::resume() {
    if (m_state != State::Paused) return;
    m_worker.start([run = m_run] { run->resume(); });
    m_pausedAt = {};
    setState(State::Running);
}

void RunSession::stop(StopMode mode) {
    if (!isActive()) return;
    m_stopWanted = true;
    m_stopMode = mode;
    *m_giveUp = true;
    if (m_run) m_worker.start([run = m_run, mode] { run->stop(mode); });
    setState(State::Stopping);
}

void RunSession::frame() {
    const bool finished = m_run->finished();  // before the counters: they must be the last ones
    m_snapshot.update(m_running, m_run->metrics(), m_clock.elapsed());
    for (const RunNote& note : m_run->takeNotes()) Q_EMIT noted(note);
    if (finished) finish();
    Q_EMIT updated(m_snapshot);
}

void RunSession::finish() {
    m_frame.stop();
    m_endedAt = QDateTime::currentDateTime();
    m_failure = m_run->status();
    switch (m_run->state()) {
        case RunState::Failed:
            setState(State::Failed);
            break;
        case RunState::Finished:
            setState(State::Finished);
            break;
        default:
            setState(State::Stopped);
    }
    compare();
}

void RunSession::setState(State state) {
    if (state == m_state) return;
    m_state = state;
    Q_EMIT stateChanged();
}

void RunSession::refuse() {
    setRefused(true);
}

void RunSession::setRefused(bool refused) {
    if (refused == m_refused) return;
    m_refused = refused;
    Q_EMIT refusedChanged();
}

void RunSession::compare() {
    const bool unapplied = isActive() && !runAlike(m_running, m_document.pipeline());
    if (unapplied == m_unapplied) return;
    m_unapplied = unapplied;
    Q_EMIT unappliedChangesChanged();
}

std::shared_ptr<Tap> RunSession::tap(const PortRef& output) {
    if (!m_run) return nullptr;
    const Node* node = m_running.find(output.node);
    const NodeKind* kind = node != nullptr ? m_document.catalogue().find(node->type) : nullptr;
    const int port = kind != nullptr ? kind->outputPort(output.port) : -1;
    return port >= 0 ? m_run->tap(output.node, port) : nullptr;
}

std::shared_ptr<LiveView> RunSession::view(const NodeId& node) const {
    return m_run ? m_run->view(node) : nullptr;
}

std::vector<KeptRow> RunSession::keptRows(std::uint64_t after) const {
    return m_run ? m_run->keptRows(after) : std::vector<KeptRow>{};
}

}  // namespace rw::ui
