#include "widgets/session/run_session.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "core/runtime/metrics/subflow_metrics.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/session/remote_run.h"

namespace rw::ui {

struct RunSession::Arrivals {
    std::mutex mutex{};
    std::vector<NodeId> nodes{};

    /// Whether it is the first: then the receiver must be told that there are some.
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
    : QObject(parent), m_document(document), m_findings(document), m_nothingFound(document), m_home(this) {
    m_frame.setInterval(kFrameMillis);
    connect(&m_frame, &QTimer::timeout, this, &RunSession::frame);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) {
            dropCheck();
            releaseRun();
            dropReceipt();
            m_choosing.drop();
            setTape({.recordInto = m_tape.recordInto});
            setAlwaysCheckpoints(false);
        }
        compare();
        if (m_receipt || m_weighing.isWaiting()) weigh();
    });
    connect(&m_breakpoints, &BreakpointList::changed, this, [this] {
        if (m_run) m_run->setBreakpoints(m_breakpoints.all());
    });
    connect(&document, &PipelineDocument::validatedChanged, this, [this] {
        if (!hasErrors(m_document.issues())) setRefused(false);
    });
    m_appliedEnds.setParent(this);  // by its name a test finds it, and need not wait
    m_appliedEnds.setObjectName(QStringLiteral("applied_ends"));
    m_appliedEnds.setSingleShot(true);
    connect(&m_appliedEnds, &QTimer::timeout, this, &RunSession::letGoOfApplied);
    m_clock.start();
}

RunSession::~RunSession() {
    ++m_launch;
    *m_cancelled = true;
    if (m_run) {
        // Results that a stop is still putting in place are wanted: dropping the run would discard them.
        const bool completes = m_state == State::Stopping && m_stopMode != StopMode::Discard;
        m_worker.start([run = std::move(m_run), completes]() mutable {
            if (completes) run->wait();
            run.reset();
        });
    }
    (void)m_worker.wait(m_left ? kStopMillis : kEndMillis);
    (void)m_checks.wait(kStopMillis);
}

// The last one that has it waits for the engine's threads.
void RunSession::closeInBackground(std::shared_ptr<Run> run) {
    m_worker.start([run = std::move(run)]() mutable { run.reset(); });
}

bool RunSession::isOwnActive() const {
    return m_state == State::Starting || m_state == State::Running || m_state == State::Paused ||
           m_state == State::Stopping;
}

void RunSession::start() {
    if (m_state == State::Paused) {
        resume();
    } else if (!isOwnActive()) {
        begin({});
    }
}

void RunSession::resumeFrom(CheckpointChoice choice) {
    if (!isOwnActive()) begin(std::move(choice));
}

void RunSession::begin(CheckpointChoice choice, bool startsPaused) {
    m_startsPaused = startsPaused;
    m_firstStep.reset();
    m_choice = std::move(choice);
    check();
}

// Links and files are looked at as late as can be: after an answer once more, since answers take their time.
void RunSession::check(ConsentRequest agreed) {
    m_declined = false;
    m_untyped = {};
    if (m_consent == nullptr) return launch();
    const quint64 check = ++m_check;
    if (!isOwnActive()) {
        m_atRest = true;
        m_before = {m_state, std::exchange(m_running, m_document.pipeline()), std::exchange(m_ready, {}),
                    std::exchange(m_startIssues, {}), std::exchange(m_failure, {})};
        setState(State::Starting);
        compare();
    }
    CheckedStart begun{m_document.version(), m_consent->subject(), m_tape.onlyShows()};
    begun.replays = m_tape.replay;
    StartRequest request = startRequest();
    request.tape = tapeRequest();
    if (!m_asksForSecrets) request.connections = nullptr;
    m_checks.abandon();  // an older one, which a disk may block, is not waited for
    m_checks.start([this, home = m_home, check, request = std::move(request),
                    consents = m_consent->consents(), checked = std::move(begun),
                    agreed = std::move(agreed)]() mutable {
        checked = checkStart(request, consents, std::move(checked), agreed);
        if (request.connections && checked.request.empty() && checked.tapeFailed.ok())
            checked.unheld = toBeTyped(checked.needed, *request.connections);
        home.send([this, check, checked = std::move(checked)]() mutable {
            continueStart(check, std::move(checked));
        });
    });
}

void RunSession::continueStart(quint64 check, CheckedStart checked) {
    if (check != m_check) return;
    // A replay that was to show a moment and is to go on by now would write outputs without consent
    // to them.
    const bool other = checked.version != m_document.version() ||
                       checked.subject.path != m_document.path().toStdString() ||
                       checked.onlyCharts != m_tape.onlyShows() || checked.replays != m_tape.replay;
    if (other) return this->check();
    m_checked = std::move(checked);
    if (!m_checked.tapeFailed.ok()) return refuseTape();
    if (m_checked.request.empty() && m_checked.unheld.empty()) return launch();
    m_awaitingConsent = true;
    tellState();
    if (m_checked.request.empty()) {
        Q_EMIT secretsRequested(m_checked.unheld);
    } else {
        Q_EMIT consentRequested(m_checked.request);
    }
}

StartRequest RunSession::startRequest() const {
    CheckpointChoice choice = m_choice;
    choice.always = m_always;
    ValidateOptions options = m_document.validateOptions();
    // The tape knows what the sources gave. Nodes that still need a connection say so when they are made.
    if (!m_tape.replay.isEmpty()) options.connections = nullptr;
    StartRequest request{
        m_document.pipeline(),      std::move(options), m_document.sharedCatalogue(), std::move(choice), {},
        m_document.runConnections()};
    request.breakpoints = m_breakpoints.all();
    request.startsPaused = m_startsPaused;
    return request;
}

// The old run must have closed its files before the new one opens them: both happen on the one worker thread,
// unless a disk holds it up and it is left.
void RunSession::launch() {
    const quint64 launch = ++m_launch;
    // The agreed files may be looked at from now on.
    if (const DocumentTrust* trust = DocumentTrust::of(m_document); trust != nullptr && trust->wasLimited())
        m_document.revalidate();
    m_atRest = false;
    m_before = {};
    m_stopRequested = false;
    *m_cancelled = true;  // an older start that is under way still
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    m_frame.stop();
    m_replaced.reset();
    if (m_choice.handsOver && m_run) m_replaced = std::move(m_running);
    m_running = m_document.pipeline();
    m_ready.clear();
    m_startIssues.clear();
    m_failure = {};
    m_pausedAt = m_endedAt = {};
    m_beforeStep.reset();
    m_startedAt = QDateTime::currentDateTime();
    setState(State::Starting);
    compare();
    passLeftRun();
    std::optional<RunUnderWay> before;
    if (m_replaced) before = leaveRun();
    if (m_run) m_run->stop(StopMode::Discard);
    const auto begun = std::make_shared<std::atomic<bool>>(before.has_value());  // its last checkpoint has its time
    QTimer::singleShot(kHeldMillis, this, [this, launch, begun] { passBy(launch, *begun); });
    std::optional<Permission> permission;
    if (m_consent != nullptr) permission = Permission{m_consent->consents(), m_checked};
    auto ready = [this, home = m_home, launch, arrivals = std::make_shared<Arrivals>()](const NodeId& node) {
        if (arrivals->add(node)) home.send([this, launch, arrivals] { noteReady(launch, *arrivals); });
    };
    StartRequest request = startRequest();
    request.tape = tapeRequest();
    request.alerts = alertRequest();
    request.keptSilences = !m_board;
    m_recorded = request.tape.record;
    m_goesTo = request.tape.until;
    m_replayed = QString::fromStdString(request.tape.replay);
    m_worker.start([this, home = m_home, launch, begun, cancelled = m_cancelled, old = std::move(m_run),
                    before = std::move(before), request = std::move(request), permission = std::move(permission),
                    ready = std::move(ready)]() mutable {
        old.reset();
        *begun = true;
        StartedRun started = before ? rw::ui::handOver(*std::move(before), std::move(request), permission,
                                                       cancelled, ready)
                                    : startRun(request, permission, cancelled, std::move(ready));
        home.send(
            [this, launch, started = std::move(started)]() mutable { take(launch, std::move(started)); });
    });
}

void RunSession::noteReady(quint64 launch, Arrivals& arrivals) {
    if (launch != m_launch) return;
    std::vector<NodeId> nodes = arrivals.take();
    std::erase_if(nodes, [this](const NodeId& node) { return !m_ready.insert(node).second; });
    if (!nodes.empty() && !m_remote) Q_EMIT nodesReady(nodes);
}

void RunSession::take(quint64 launch, StartedRun started) {
    if (launch != m_launch) {
        if (started.run) closeInBackground(std::move(started.run));
        return;
    }
    const bool wentBack = noteRun(started, std::exchange(m_choice, {}));
    keepCountsOf(started, wentBack);
    forgetRefused(started.notApplied, m_checked);
    m_snapshot.clear();
    m_checkpoints = std::move(started.checkpoints);
    m_resumedFrom = std::move(started.from);
    keepInputOf(started, m_replaced, wentBack);
    noteApplied(std::exchange(m_replaced, std::nullopt), wentBack, started);
    m_tapeBegan.reset();
    m_incompleteTape = std::move(started.incompleteTape);
    if (started.run && started.pace && started.moments) {
        m_tapeBegan = started.moments->tape()->head().start.began;
        m_replayedFrom = started.pace->given().value_or(0);
    }
    if (started.moments && !m_tape.replay.isEmpty()) keepMoments(std::move(started.moments));
    if (!started.run && !started.status.ok() && started.status.error().code == ErrorCode::Cancelled) {
        m_endedAt = QDateTime::currentDateTime();
        setState(State::Stopped);
        compare();
        return;
    }
    if (!started.run) {
        m_startIssues = std::move(started.issues);
        m_failure = started.status;
        forgetRefused(m_failure, m_ranAs);
        m_endedAt = QDateTime::currentDateTime();
        setState(m_failure.ok() ? State::Stopped : State::Failed);
        compare();
        if (m_failure.ok()) {
            setRefused(true);
            if (!m_remote) Q_EMIT startRefused();
        }
        return;
    }
    m_run = std::move(started.run);
    m_outputs = std::move(started.outputs);
    m_board = std::move(started.alerts);
    showAlerts();
    m_pace = std::move(started.pace);
    // It was let go, or given another speed, before it had begun.
    if (m_pace && !m_tape.until && (m_goesTo || m_replayed == m_tape.replay)) m_pace->goOn(m_tape.speed);
    m_tapeTrouble = {};
    m_restarts = m_halts = 0;
    m_frame.start();
    showBegun();
    tellReplaced();
    if (!m_incompleteTape.empty() && !m_remote) Q_EMIT noted({NodeId(), m_incompleteTape, true});
    for (Text& note : started.notes) {
        if (!m_remote) Q_EMIT noted({NodeId(), std::move(note)});
    }
    compare();
    if (!started.notApplied.ok() && !m_remote) tellNotApplied(wentBack, started.notApplied);
    if (m_stopRequested) stop(m_stopMode);
}

void RunSession::stop(StopMode mode) {
    if (!isOwnActive()) return;
    const bool atRest = m_atRest;
    dropCheck();
    if (atRest) return compare();
    if (m_state != State::Stopping) m_stopping.start();
    m_stopRequested = true;
    m_stopMode = mode;
    *m_cancelled = true;
    if (m_run) {
        m_run->stop(mode);
    } else {
        QTimer::singleShot(kStopMillis, this, [this, launch = m_launch] { abandonStart(launch); });
    }
    setState(State::Stopping);
}

NodeId RunSession::ownHeldNode() const {
    if (m_state != State::Stopping) return {};
    const auto& nodes = m_snapshot.metrics.nodes;
    const auto held = std::max_element(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
        return a.second.inCallSeconds < b.second.inCallSeconds;
    });
    const bool lasts = held != nodes.end() && held->second.inCallSeconds * 1000 >= kPatienceMillis;
    return lasts ? held->first : NodeId();
}

bool RunSession::mayOwnStopWaiting() const {
    return m_state == State::Stopping && m_run && m_stopping.elapsed() >= kPatienceMillis;
}

// Its views, taps and kept rows stay, as those of any run that has ended. Another document in its place, or
// another run, would do the same, after kHeldMillis; but the user who waits for a disk wants neither.
void RunSession::stopWaiting() {
    if (m_remote || !mayOwnStopWaiting()) return;
    const NodeId held = ownHeldNode();
    m_run->stop(StopMode::Discard);
    m_left = true;
    m_frame.stop();
    m_endedAt = QDateTime::currentDateTime();
    setState(State::Stopped);
    compare();
    Q_EMIT noted(
        {held, RW_TEXT("run", "You stopped waiting: what was not put in place by then is discarded."), true});
    tellUpdate();
}

// It is closed on a thread of its own.
void RunSession::passLeftRun() {
    if (!std::exchange(m_left, false)) return;
    closeInBackground(std::move(m_run));
    m_worker.abandon();
}

// The run that was to end before this start does not: a disk blocks it.
void RunSession::passBy(quint64 launch, bool begun) {
    if (launch != m_launch || begun || m_state != State::Starting) return;
    ++m_launch;
    *m_cancelled = true;
    m_worker.abandon();
    m_atRest = true;
    if (std::exchange(m_awaitingConsent, false)) tellState();  // asked again, of the document as it is now
    check();
}

// A start that was stopped ends by itself, unless a disk holds it up: then it finds itself given up when that
// answers.
void RunSession::abandonStart(quint64 launch) {
    if (launch != m_launch || m_run || m_state != State::Stopping) return;
    ++m_launch;
    m_snapshot.clear();
    m_endedAt = QDateTime::currentDateTime();
    setState(State::Stopped);
    compare();
}

// The run ends by itself, on the worker thread: the next one waits there until its files are closed.
void RunSession::releaseRun() {
    const StopMode mode = m_stopRequested ? m_stopMode : m_whenReplaced;
    const bool active = isOwnActive(), known = m_startedAt.isValid();
    ++m_launch;
    *m_cancelled = true;
    m_frame.stop();
    passLeftRun();
    if (m_run) {
        if (active) m_run->stop(mode);
        m_worker.start([this, home = m_home, active, run = std::move(m_run)]() mutable {
            run->wait();
            const Status status = run->status();
            run.reset();
            if (active && !status.ok()) home.send([this, status] { Q_EMIT failedUnseen(status); });
        });
    }
    m_run.reset();
    m_board.reset();
    m_inputs.begin(nullptr);
    m_findings.startOver();
    showAlerts();
    letGoOfApplied();
    m_runId.clear();
    m_runReplayed.clear();
    m_isRecomputed = false;
    m_checkpoints.reset();
    m_running = {};
    m_ready.clear();
    m_snapshot.clear();
    m_failure = {};
    m_startIssues.clear();
    m_incompleteTape = {};
    m_tapeTrouble = {};
    m_startedAt = m_endedAt = m_pausedAt = {};
    m_stopRequested = false;
    m_whenReplaced = StopMode::Discard;
    m_state = State::Stopped;
    m_asBefore = false;
    setRefused(false);
    if (!known) return;
    tellState();
    tellReplaced();
    tellUpdate();
}

void RunSession::setWatched(bool watched) {
    m_watched = watched;
    m_alerts.setWatched(watched);
    setPace();
    if (watched && m_frame.isActive()) frame();
}

// The figures of a run that is paused stand still, once the rows that were under way have passed.
void RunSession::setPace() {
    const bool rests = m_state == State::Paused && m_sincePause.hasExpired(kSettleMillis);
    const int pace = m_watched && !rests ? kFrameMillis : kSlowMillis;
    if (pace != m_frame.interval()) m_frame.setInterval(pace);
}

void RunSession::frame() {
    const bool finished = m_run->finished();  // before the counters: they must be the last ones
    RunMetrics metrics = m_run->metrics();
    addSubflows(m_run->plan().subflows, metrics);
    const std::uint64_t restarts = metrics.restart.restarts;
    m_snapshot.update(m_running, std::move(metrics), m_clock.elapsed());
    m_snapshot.addInnerWires(m_running, m_run->plan().pipeline, m_clock.elapsed());
    tellNotes();
    if (std::exchange(m_restarts, restarts) != restarts) tellReplaced();
    noteHalt();
    setPace();
    finished ? finish() : tellUpdate();
}

// A receiver that hears that the run is over may change its outputs, and must be asked about that: so it is
// over only when the state of its outputs is known, unless a disk blocks that.
void RunSession::finish() {
    m_frame.stop();
    m_endedAt = QDateTime::currentDateTime();
    if (!m_outputs) return conclude(m_launch);
    m_worker.start(
        [this, home = m_home, launch = m_launch, outputs = m_outputs, written = writtenBy(*m_run)] {
            outputs->settle(written);
            home.send([this, launch] { conclude(launch); });
        });
    QTimer::singleShot(kHeldMillis, this, [this, launch = m_launch] { conclude(launch); });
}

void RunSession::conclude(quint64 launch) {
    if (launch != m_launch || !isOwnActive() || m_atRest) return;
    m_failure = m_run->status();
    forgetRefused(m_failure, m_ranAs);
    if (m_snapshot.metrics.tape.bytes > 0)
        noteOfTape(RW_TEXT("tape", "The run was recorded into “%1”.").with(m_recorded));
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
    const std::string tape = m_snapshot.metrics.tape.bytes > 0 ? m_recorded : m_replayed.toStdString();
    // A command line writes outputs: it does not repeat one that only went to a moment.
    if (m_state == State::Failed && !tape.empty() && !m_goesTo) tellHowToRepeat(tape);
    tellUpdate();
}

void RunSession::setState(State state) {
    if (state == m_state) return;
    m_state = state;
    m_asBefore = false;
    if (state == State::Paused) m_sincePause.start();
    setPace();
    tellState();
}

}  // namespace rw::ui
