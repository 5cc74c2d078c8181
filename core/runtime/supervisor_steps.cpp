// The steps of a run between two attempts.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/runtime/supervisor.h"
#include "core/store/spill_folder.h"

namespace rw {

namespace {

/// Whether time may mend it: the outside world failed, not the pipeline, a row, the program, or its memory.
bool mayMend(const Status& failure) {
    return errorKindOf(failure.error().code) == ErrorKind::Transient && !failure.error().lasts;
}

/// Nothing runs between two attempts.
void calm(RunMetrics& metrics) {
    for (auto& [id, node] : metrics.nodes) {
        node.busy = node.full = node.inCallSeconds = 0;
        node.queuedRows = 0;
        node.keepsCheckpoint = 0;
    }
    for (WireMetrics& wire : metrics.wires) {
        wire.backpressure = 0;
        wire.queuedRows = 0;
    }
    metrics.checkpoints.underWay = false;
    metrics.checkpoints.waits = {};
    metrics.checkpoints.waitsFor.clear();
}

Status withMessage(const Status& failure, Text message) {
    Error error = failure.error();
    error.message = std::move(message);
    return Status(std::move(error));
}

Text waitText(const Status& failure, const RestartMetrics& next, Millis wait) {
    // A person reads seconds; a tenth more or less is no news.
    const std::string in = formatDuration(wait < 1'000 ? wait : (wait + 500) / 1'000 * 1'000);
    const Text& message = failure.error().message;
    if (next.attempts == 0)
        return RW_TEXT("restart", "Failed: %1 Try %2 begins in %3.").with(message, next.attempt, in);
    return RW_TEXT("restart", "Failed: %1 Try %2 of %3 begins in %4.")
        .with(message, next.attempt, next.attempts, in);
}

}  // namespace

Step Run::Supervisor::work() {
    if (!m_started) return Step::Wait;  // a short run may be over before start() is
    if (finished()) return Step::Done;
    if (std::shared_ptr<Attempt> running = current())
        return running->finished() ? afterAttempt(std::move(running)) : Step::Wait;
    if (m_stops) return concludeStopped();
    const std::int64_t now = m_clock->steadyMillis();
    if (now >= m_tryAt) return tryAgain();
    m_executor->scheduleAt(*this, std::min(m_tryAt, now + Executor::kLongestWaitMillis));
    return Step::Wait;
}

Step Run::Supervisor::afterAttempt(std::shared_ptr<Attempt> over) {
    over->join();  // its last thread tells of the end, and must not come later than that of the run
    const Status failure = over->status();
    const RunState state = over->state();
    if (state != RunState::Failed || m_stops || !mayMend(failure)) return conclude(state, failure);
    if (std::optional<Status> no = refused(*over, failure)) return conclude(state, std::move(*no));
    m_takesCheckpoints = over->takesCheckpoints();
    letGo(std::move(over));
    return waitForNext(failure);
}

std::optional<Status> Run::Supervisor::refused(const Attempt& over, const Status& failure) const {
    const Text& message = failure.error().message;
    const TaskGraph& graph = over.graph();
    if (const NodeId source = graph.readsOnce(); !source.empty()) {
        return withMessage(
            failure, RW_TEXT("restart", "%1 The run is not tried again: “%2” can't give again what it gave.")
                         .with(message, titleOf(source)));
    }
    const bool fromCheckpoint = over.newestCheckpoint() > 0;
    if (const NodeId sink = graph.notRestorable(); fromCheckpoint && !sink.empty()) {
        return withMessage(failure, RW_TEXT("restart",
                                            "%1 The run is not tried again: “%2” can't resume from a "
                                            "checkpoint without losing or repeating rows.")
                                        .with(message, titleOf(sink)));
    }
    if (const NodeId sink = graph.hasVisibleOutput(); !fromCheckpoint && !sink.empty()) {
        return withMessage(failure, RW_TEXT("restart",
                                            "%1 The run is not tried again: there is no checkpoint, and rows "
                                            "that “%2” has would come twice.")
                                        .with(message, titleOf(sink)));
    }
    return std::nullopt;
}

void Run::Supervisor::letGo(std::shared_ptr<Attempt> over) {
    RunMetrics last = over->metrics();
    m_record.addBefore(last);
    calm(last);
    std::map<NodeId, std::shared_ptr<LiveView>> views = over->graph().views();
    {
        const std::lock_guard lock(m_mutex);
        m_secondsBefore += std::exchange(last.seconds, 0);
        m_between = std::move(last);
        m_views = std::move(views);
        m_waitsSince = m_clock->steadyMillis();
        m_attempt.reset();
    }
    over.reset();
}

Step Run::Supervisor::waitForNext(const Status& failure) {
    m_failure = failure;
    const std::optional<Millis> wait = m_backoff.failed(m_clock->steadyMillis());
    if (!wait) return conclude(RunState::Failed, gaveUp(failure));
    m_tryAt = m_clock->steadyMillis() + *wait;
    RestartMetrics next;
    {
        const std::lock_guard lock(m_mutex);
        m_restart.attempt = m_backoff.attempt();
        m_restart.attempts = m_first.restart.tries;
        m_restart.failedAt = m_clock->now();
        m_restart.nextAt = m_restart.failedAt + *wait;
        m_waitsUntil = m_tryAt;
        m_restart.node = failure.error().node;
        m_restart.cause = failure.error().message;
        next = m_restart;
    }
    note(next.node, waitText(failure, next, *wait), true);
    return Step::Again;
}

Step Run::Supervisor::tryAgain() {
    RunOptions options = m_first;
    const std::shared_ptr<const StateSnapshot> before = m_record.restore();
    options.restore = before;
    const Result<bool> goesOn = prepareNext(options);
    if (!goesOn.ok()) return afterFailedStart(goesOn.status());
    if (!*goesOn) return conclude(RunState::Finished, {});
    options.startsPaused = m_record.stepping.holds();
    options.isCancelled = [this, asked = m_first.isCancelled] { return m_stops || (asked && asked()); };
    const std::uint64_t from = options.restore ? options.restore->number : 0;
    m_record.startAgain(from);
    m_record.keepRestore(options.restore);
    std::shared_ptr<Attempt> made = newAttempt(options);
    if (const Status status = made->start(); !status.ok()) {
        const bool gone = made->hasGivenUp();
        made.reset();
        // A checkpoint that nothing began from may be given up by a later attempt; one before it may not exist.
        m_record.keepRestore(before);
        return gone ? Step::Again : afterFailedStart(status);
    }
    NodeId node;
    std::optional<StopMode> stops;
    {
        const std::lock_guard lock(m_mutex);
        m_secondsBefore += static_cast<double>(m_clock->steadyMillis() - m_waitsSince) / 1000.0;
        m_attempt = made;
        m_between = {};
        m_views.clear();
        ++m_restart.restarts;
        m_restart.nextAt = 0;
        m_restart.from = from;
        node = m_restart.node;
        // From here on stop() and resume() reach this attempt.
        if (m_paused) made->pause();
        if (m_stops) stops = m_stopMode;
    }
    note(node, from > 0 ? RW_TEXT("restart", "The run resumes from checkpoint %1.").with(from)
                        : RW_TEXT("restart", "The run begins again: there is no checkpoint yet."));
    if (stops) made->stop(*stops);
    return Step::Again;
}

Result<bool> Run::Supervisor::prepareNext(RunOptions& options) {
    if (!m_takesCheckpoints) {
        options.checkpoints.store = nullptr;
        return true;
    }
    m_store->close();  // an attempt that did not start has left it open
    RW_TRY_ASSIGN(ResumePoint next, m_store->next());
    for (Text& text : next.passedOver) note(m_failure.error().node, std::move(text), true);
    if (next.finished) return false;
    m_store = next.store;
    options.checkpoints.store = m_store;
    // Where the attempt before began, an edited pipeline may have had its state fitted to it.
    const bool asBefore =
        !next.restore || (options.restore && options.restore->number == next.restore->number);
    if (!asBefore) options.restore = std::move(next.restore);
    return true;
}

Step Run::Supervisor::afterFailedStart(const Status& failure) {
    if (m_stops || failure.error().code == ErrorCode::Cancelled) return concludeStopped();
    if (mayMend(failure)) return waitForNext(failure);
    // The first failure is the reason why it does not run.
    return conclude(RunState::Failed,
                    withMessage(m_failure, RW_TEXT("restart", "%1 The run can't go on: %2")
                                               .with(m_failure.error().message, failure.error().message)));
}

Step Run::Supervisor::concludeStopped() {
    StopMode mode = StopMode::Discard;
    {
        const std::lock_guard lock(m_mutex);
        mode = m_stopMode;
    }
    // With a checkpoint nothing is lost. Without, the output that a stop would have put in place is missing.
    const bool lost = !m_takesCheckpoints && mode != StopMode::Discard;
    return conclude(lost ? RunState::Failed : RunState::Stopped, lost ? m_failure : Status());
}

Step Run::Supervisor::conclude(RunState state, Status status) {
    m_record.keepRestore(nullptr);
    m_record.endRequests();
    if (m_first.spill) m_first.spill->end();  // the last attempt stays, for those who look at the run
    const std::lock_guard lock(m_mutex);
    if (!m_attempt) m_secondsBefore += static_cast<double>(m_clock->steadyMillis() - m_waitsSince) / 1000.0;
    m_over = true;
    m_state = state;
    m_status = std::move(status);
    m_restart.nextAt = 0;
    m_changed.notify_all();
    return Step::Done;
}

Status Run::Supervisor::gaveUp(const Status& failure) const {
    return withMessage(failure, RW_TEXT("restart", "%1 It was given up after %2 tries.")
                                    .with(failure.error().message, m_first.restart.tries));
}

std::string Run::Supervisor::titleOf(const NodeId& node) const {
    const Node* found = m_plan->pipeline.find(node);
    return found != nullptr ? found->shownTitle() : node;
}

void Run::Supervisor::note(const NodeId& node, Text text, bool warning) {
    m_record.notes.add(node, {std::move(text)}, warning);
}

}  // namespace rw
