#include "widgets/document/run_session.h"

#include <QDir>
#include <mutex>

#include "core/pipeline/diff.h"
#include "core/runtime/plan.h"

namespace rw::ui {

struct RunSession::Arrivals {
    std::mutex mutex{};
    std::vector<NodeId> nodes{};

    /// Whether it is the first: then somebody must be told that there are some.
    bool add(const NodeId& node) {
        const std::lock_guard lock(mutex);
        nodes.push_back(node);
        return nodes.size() == 1;
    }
    std::vector<NodeId> take() {
        const std::lock_guard lock(mutex);
        return std::exchange(nodes, {});
    }
};

RunSession::RunSession(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document), m_findings(document) {
    m_worker.setMaxThreadCount(1);
    m_frame.setInterval(kFrameMillis);
    connect(&m_frame, &QTimer::timeout, this, &RunSession::frame);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) {
            dropCheck();
            letGo();
        }
        compare();
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
        check();
    }
}

void RunSession::apply() {
    if (isActive() && !m_atRest && !m_asking) check();
}

// Links and files are looked at as late as can be: after an answer once more, since answers take their time.
void RunSession::check(RunQuestion agreed) {
    m_declined = false;
    if (m_consent == nullptr) return launch();
    const quint64 check = ++m_check;
    if (!isActive()) {
        m_atRest = true;
        m_running = m_document.pipeline();
        m_ready.clear();
        m_startIssues.clear();
        m_failure = {};
        setState(State::Starting);
        compare();
    }
    m_worker.start([this, check, agreed = std::move(agreed), consent = m_consent,
                    checked = Checked{m_document.version(), m_consent->subject()},
                    pipeline = m_document.pipeline(), options = m_document.validateOptions(),
                    &catalogue = m_document.catalogue()]() mutable {
        if (!agreed.empty()) consent->allow(checked.subject, agreed);
        const Validated validated = validate(pipeline, catalogue, options);
        checked.runnable = validated.runnable();
        if (checked.runnable) {
            checked.touches = touchesOf(pipeline, catalogue, options, validated);
            checked.question = consent->ask(checked.subject, checked.touches);
        }
        QMetaObject::invokeMethod(
            this, [this, check, checked = std::move(checked)]() mutable { goOn(check, std::move(checked)); },
            Qt::QueuedConnection);
    });
}

void RunSession::goOn(quint64 check, Checked checked) {
    if (check != m_check) return;
    const bool other =
        checked.version != m_document.version() || checked.subject.path != m_document.path().toStdString();
    if (other) return this->check();
    m_checked = std::move(checked);
    if (m_checked.question.empty()) return launch();
    m_asking = true;
    Q_EMIT stateChanged();
    Q_EMIT consentWanted(m_checked.question);
}

// What was asked for is not wanted any more.
void RunSession::dropCheck() {
    ++m_check;
    m_asking = m_declined = false;
    if (std::exchange(m_atRest, false)) setState(State::Stopped);
}

void RunSession::proceed() {
    if (!std::exchange(m_asking, false)) return;
    Q_EMIT stateChanged();
    check(m_checked.question);
}

void RunSession::decline() {
    if (!std::exchange(m_asking, false)) return;
    m_declined = true;
    Q_EMIT declined();
    if (std::exchange(m_atRest, false)) m_state = State::Stopped;
    Q_EMIT stateChanged();
    compare();
}

void RunSession::revert() {
    if (m_unapplied) m_document.revertTo(m_running, tr("Revert to the running version"));
}

// The old run must have closed its files before the new one opens them: both happen on the one worker thread.
void RunSession::launch() {
    const quint64 launch = ++m_launch;
    m_atRest = false;
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
                    options = std::move(options), &catalogue = m_document.catalogue(), consent = m_consent,
                    checked = m_checked]() mutable {
        if (old) old->stop(StopMode::Discard);
        old.reset();
        QDir().mkpath(QString::fromStdString(options.validate.folder));
        Started started;
        Planned planned = makePlan(pipeline, catalogue, options);
        started.issues = std::move(planned.issues);
        if (planned.plan && consent != nullptr && !checked.runnable) {
            // What kept it from running is gone since; what it would touch was not looked at.
            started.status = {ErrorCode::Cancelled, RW_TEXT("run", "The run was stopped before it began.")};
        } else if (planned.plan) {
            RunOptions watched;
            watched.tapAll = true;
            watched.giveUp = [giveUp] { return giveUp->load(); };
            watched.ready = [this, launch, arrivals = std::make_shared<Arrivals>()](const NodeId& node) {
                if (!arrivals->add(node)) return;
                QMetaObject::invokeMethod(
                    this, [this, launch, arrivals] { noteReady(launch, *arrivals); }, Qt::QueuedConnection);
            };
            if (consent != nullptr) started.outputs = consent->begin(checked.subject, checked.touches);
            auto run = Run::start(std::move(planned.plan), watched);
            if (run.ok()) {
                // Outputs are looked at when the run has let them go, wherever it ends.
                started.run = std::shared_ptr<Run>(run->release(), [outputs = started.outputs](Run* over) {
                    delete over;
                    if (outputs) outputs->settle();
                });
            } else {
                started.status = run.status();
            }
        }
        if (!started.run && started.outputs) started.outputs->settle();
        QMetaObject::invokeMethod(
            this,
            [this, launch, started = std::move(started)]() mutable { take(launch, std::move(started)); },
            Qt::QueuedConnection);
    });
}

void RunSession::noteReady(quint64 launch, Arrivals& arrivals) {
    if (launch != m_launch) return;
    std::vector<NodeId> nodes = arrivals.take();
    std::erase_if(nodes, [this](const NodeId& node) { return !m_ready.insert(node).second; });
    if (!nodes.empty()) Q_EMIT nodesReady(nodes);
}

void RunSession::take(quint64 launch, Started started) {
    if (launch != m_launch) {
        if (started.run) m_worker.start([run = std::move(started.run)]() mutable { run.reset(); });
        return;
    }
    m_snapshot.clear();
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
    m_outputs = std::move(started.outputs);
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
    const bool atRest = m_atRest;
    dropCheck();
    if (atRest) return compare();
    m_stopWanted = true;
    m_stopMode = mode;
    *m_giveUp = true;
    if (m_run) m_worker.start([run = m_run, mode] { run->stop(mode); });
    setState(State::Stopping);
}

// The run goes on to its end by itself, on the worker thread: the next one waits there until its files are
// closed.
void RunSession::letGo() {
    const StopMode mode = m_stopWanted ? m_stopMode : m_whenReplaced;
    const bool active = isActive(), known = m_startedAt.isValid();
    ++m_launch;
    *m_giveUp = true;
    m_frame.stop();
    if (m_run) {
        m_worker.start([this, active, mode, run = std::move(m_run)]() mutable {
            if (active) run->stop(mode);
            run->wait();
            const Status status = run->status();
            run.reset();
            if (!active || status.ok()) return;
            QMetaObject::invokeMethod(
                this, [this, status] { Q_EMIT failedUnseen(status); }, Qt::QueuedConnection);
        });
    }
    m_run.reset();
    m_running = {};
    m_ready.clear();
    m_snapshot.clear();
    m_failure = {};
    m_startIssues.clear();
    m_startedAt = m_endedAt = m_pausedAt = {};
    m_stopWanted = false;
    m_whenReplaced = StopMode::Discard;
    m_state = State::Stopped;
    setRefused(false);
    if (!known) return;
    Q_EMIT stateChanged();
    Q_EMIT runReplaced();
    Q_EMIT updated(m_snapshot);
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
    if (m_outputs) m_worker.start([outputs = m_outputs] { outputs->settle(); });
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
    Q_EMIT refused();
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
