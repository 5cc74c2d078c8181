#include "core/runtime/run_lifecycle.h"

#include <algorithm>
#include <chrono>

#include "core/runtime/requests/closing_windows.h"
#include "core/stream/checkpoint_store.h"
#include "core/stream/recording/tape.h"

namespace rw {

namespace {

/// Rows under way when a run is stopped have so long to reach the sinks.
constexpr std::int64_t kStopMillis = 400;
/// So long a stop waits for a last checkpoint: where rows would be given up without it, and where only time
/// would be lost.
constexpr Millis kLastForRowsMillis = 5'000, kLastForStateMillis = kStopMillis;

StopRequest requestOf(StopMode mode) {
    switch (mode) {
        case StopMode::Drain:
            return StopRequest::Drain;
        case StopMode::Now:
            return StopRequest::Now;
        case StopMode::Discard:
            break;
    }
    return StopRequest::Discard;
}

/// A barrier can't pass the rows that stand.
Status standsStill() {
    return Status(ErrorCode::Invalid,
                  RW_TEXT("run", "The run stands with rows under way: it has no state to write just now."),
                  RW_TEXT("run", "Let it go on, or step by a batch."));
}

/// No checkpoint will be complete any more.
void noLongerWaits(RunMetrics& metrics) {
    metrics.checkpoints.waits = {};
    metrics.checkpoints.waitsFor.clear();
    for (auto& [id, node] : metrics.nodes) node.keepsCheckpoint = 0;
}

}  // namespace

Run::Attempt::Attempt(std::shared_ptr<const Plan> plan, RunOptions options, RunRecord& record,
                      std::function<void()> ended)
    : m_plan(std::move(plan)),
      m_clock(options.clock ? options.clock : systemClock()),
      m_shared(*m_plan, options, m_clock, record),
      m_graph(m_shared),
      m_meter(m_shared, m_graph),
      m_ended(std::move(ended)) {}

Run::Attempt::~Attempt() {
    stop(StopMode::Discard);
    if (!m_running) return;
    (void)waitFor(-1);
    m_shared.executor->join();
}

Status Run::Attempt::start() {
    Status status;
    try {
        status = startAll();
    } catch (...) {
        status = statusOfException();
    }
    if (!status.ok() && m_tape) m_tape->discard();
    if (status.ok() || m_running) return status;
    // Before the store is closed: a sink that was to end and has committed would forget that it did, while
    // another has not.
    m_graph.abortSinks();
    // The owner of the options may keep the store; closing it releases its locks.
    if (const auto& store = m_shared.options.checkpoints.store) store->close();
    m_graph.closeSinks();
    return status;
}

Status Run::Attempt::startAll() {
    m_shared.fail = [this](Status status) { fail(std::move(status)); };
    m_shared.halt = [this](Halt why) { halt(std::move(why)); };
    m_shared.taskDone = [this] { taskDone(); };
    m_shared.note = [this](const NodeId& node, std::vector<Text> texts) {
        m_shared.record.notes.add(node, std::move(texts));
    };
    m_shared.executor = m_shared.options.executor == ExecutorKind::Seeded
                            ? makeSeededExecutor(m_shared.options.seed, m_clock, snapshotAtStep())
                            : makePoolExecutor(m_plan->parallelism, m_clock);
    m_shared.barriers.changesFrom = m_shared.options.checkpoints.changesFrom;
    startTape();
    m_shared.record.requests.beginFrom(m_shared.epochsBefore);
    RW_TRY(m_graph.build());
    m_shared.restore.reset();
    m_shared.started = true;
    startCheckpoints();
    const std::vector<Task*> tasks = m_shared.finishing ? std::vector<Task*>() : m_graph.all();
    m_remaining = tasks.size();
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        tasks[i]->number = static_cast<std::uint32_t>(i + 1);
        m_shared.executor->add(*tasks[i]);
    }
    for (Task* task : tasks) m_shared.executor->schedule(*task);
    if (m_checkpoints && !m_shared.finishing) {
        m_checkpoints->number = static_cast<std::uint32_t>(tasks.size() + 1);
        m_shared.executor->add(*m_checkpoints);
        m_shared.executor->schedule(*m_checkpoints);
    }
    if (m_tape) {
        m_tape->number = static_cast<std::uint32_t>(tasks.size() + 2);
        m_shared.executor->add(*m_tape);
    }
    m_startedAt = m_clock->steadyMillis();
    m_state = RunState::Running;
    if (m_shared.options.startsPaused && !m_shared.finishing) pauseLocked();
    RW_TRY(m_shared.executor->start([this] { close(); }));
    m_running = true;
    if (m_shared.finishing) m_shared.executor->end();
    return {};
}

void Run::Attempt::startCheckpoints() {
    m_shared.record.requests.setAtBarriers(m_shared.takesCheckpoints);
    if (m_shared.takesCheckpoints)
        m_checkpoints = std::make_unique<CheckpointTask>(m_shared, m_graph, [this] { wakeWaiting(); });
}

void Run::Attempt::startTape() {
    const auto& record = m_shared.options.record;
    if (!record || m_shared.finishing || (!record->rolls() && (record->isUsed() || m_shared.restore))) return;
    m_tape = std::make_unique<TapeTask>(m_shared);
    m_shared.tape = m_tape.get();
}

TapeMetrics Run::Attempt::tapeMetrics() const {
    if (m_tape) return m_tape->metrics();
    if (!m_shared.options.record || m_shared.options.record->rolls()) return {};
    return {
        true, 0, 0,
        RW_TEXT("tape", "The tape ends where the run was left: what comes as it goes on is not recorded.")};
}

TapeEnd Run::Attempt::endOfTape() const {
    const std::lock_guard lock(m_mutex);
    return {m_shared.stopRequest >= StopRequest::Now, m_status};
}

AfterStep Run::Attempt::snapshotAtStep() {
    if (m_shared.options.snapshotAtStep == 0 || m_shared.options.checkpoints.store) return {};
    return [this](std::uint64_t steps) {
        if (steps == m_shared.options.snapshotAtStep && m_shared.barriers.request()) wakeWaiting();
    };
}

void Run::Attempt::wakeWaiting() {
    for (const auto& source : m_graph.sources()) m_shared.executor->schedule(*source);
    for (Task* const task : m_graph.holding()) m_shared.executor->schedule(*task);
    for (const auto& sink : m_graph.sinks()) {
        if (sink->decides()) m_shared.executor->schedule(*sink);
    }
}

void Run::Attempt::pause() {
    const std::lock_guard lock(m_mutex);
    if (m_state != RunState::Running) return;
    pauseLocked();
    m_shared.record.stepping.cancel(Halt::Why::Paused);
}

void Run::Attempt::pauseLocked() {
    m_state = RunState::Paused;
    m_pausedAt = m_clock->steadyMillis();
    m_shared.active.pause(m_pausedAt);
    m_shared.paused = true;
}

void Run::Attempt::resume() {
    {
        const std::lock_guard lock(m_mutex);
        // While it waits for the batch of a step the other sources stand.
        if (m_state == RunState::Running && m_shared.paused) pauseLocked();
        if (m_state != RunState::Paused) return;
        m_shared.record.stepping.goOn();
        if (!goOnLocked(false)) return;
    }
    wakeAll();
}

Status Run::Attempt::step(const Until& until) {
    {
        const std::lock_guard lock(m_mutex);
        if (finishedLocked() || m_state == RunState::Stopping) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("stepping", "The run is over: there is no step any more."),
                          RW_TEXT("stepping", "Start it again."));
        }
        if (m_state != RunState::Paused) {
            return Status(ErrorCode::Invalid, RW_TEXT("stepping", "Only a paused run takes a step."),
                          RW_TEXT("stepping", "Pause it first."));
        }
        RW_TRY(
            m_shared.record.stepping.begin(until, [this](const NodeId& node) { return watermarkOf(node); }));
        if (!goOnLocked(std::holds_alternative<OneBatch>(until))) return {};
    }
    wakeAll();
    return {};
}

bool Run::Attempt::goOnLocked(bool sourcesStand) {
    if (std::optional<Halt> next = m_shared.record.stepping.takeWaiting()) {
        m_shared.record.stepping.stand(std::move(*next));
        return false;
    }
    m_state = RunState::Running;
    endPause();
    m_shared.stands = false;
    m_shared.paused = sourcesStand;
    return true;
}

void Run::Attempt::halt(Halt halt) {
    const std::lock_guard lock(m_mutex);
    if (m_state != RunState::Running && m_state != RunState::Paused) return;
    const bool rowsStand = halt.why != Halt::Why::Batch && halt.why != Halt::Why::SourceEnded;
    if (m_shared.stands) return m_shared.record.stepping.waits(std::move(halt));
    if (m_state == RunState::Paused && halt.why != Halt::Why::Breakpoint) return;  // the step was ended
    if (m_state == RunState::Running) pauseLocked();
    m_shared.stands = rowsStand;
    m_shared.record.stepping.stand(std::move(halt));
}

Instant Run::Attempt::watermarkOf(const NodeId& node) const {
    Instant largest = kMinTimestamp;
    const auto found = m_shared.counters.find(node);
    if (found == m_shared.counters.end()) return largest;
    for (const CounterGroup& group : found->second) {
        for (const NodeCounters& one : group.instances)
            largest = std::max(largest, one.watermark.load(std::memory_order_relaxed));
    }
    return largest;
}

void Run::Attempt::wakeAll() {
    for (Task* const task : m_graph.all()) m_shared.executor->schedule(*task);
}

void Run::Attempt::endPause() {
    m_pausedMillis += m_clock->steadyMillis() - m_pausedAt;
    m_shared.active.goOn(m_clock->steadyMillis());
    m_shared.pausedMillis = m_pausedMillis;
}

void Run::Attempt::stop(StopMode mode) {
    bool stood = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_state == RunState::Starting || finishedLocked()) return;
        const StopRequest wanted = requestOf(mode);
        if (wanted <= m_shared.stopRequest) return;
        m_shared.record.stepping.cancel(Halt::Why::Stopped);
        stood = m_shared.stands.exchange(false);
        m_shared.ending = true;
        const bool goesOn = m_checkpoints && !m_shared.finishing && wanted == StopRequest::Now &&
                            m_shared.stopRequest == StopRequest::None &&
                            m_shared.options.checkpoints.store->wantsLast();
        if (m_stopsAfterCheckpoint && wanted <= StopRequest::Now) return;
        if (goesOn) {
            if (m_state == RunState::Paused) endPause();
            m_state = RunState::Stopping;
            m_shared.active.pause(m_clock->steadyMillis());
            m_shared.paused = true;  // a barrier goes by all the same
            m_stopsAfterCheckpoint = true;
            m_checkpoints->takeLast(m_graph.isTransactional() ? kLastForRowsMillis : kLastForStateMillis,
                                    [this] { stopNow(); });
        } else {
            stopLocked(wanted);
        }
    }
    if (stood) return wakeAll();
    wakeWaiting();
}

Status Run::Attempt::advance(const std::vector<NodeId>& sources, Instant to) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_state != RunState::Running && m_state != RunState::Paused) return notUnderWay();
    }
    for (const auto& [node, feed] : m_graph.feeds()) {
        if (std::find(sources.begin(), sources.end(), node) != sources.end()) feed->advanceTo(to);
    }
    return {};
}

void Run::Attempt::stopNow() {
    {
        const std::lock_guard lock(m_mutex);
        if (finishedLocked() || m_shared.stopRequest >= StopRequest::Now) return;
        stopLocked(StopRequest::Now);
    }
    wakeWaiting();
}

void Run::Attempt::stopLocked(StopRequest wanted) {
    m_shared.abandonAt = m_clock->steadyMillis() + kStopMillis;
    m_shared.stopRequest = wanted;
    if (m_state == RunState::Paused) endPause();
    m_state = RunState::Stopping;
    endIfDue();
}

Result<StateSnapshot> Run::Attempt::snapshot() {
    const std::lock_guard one(m_snapshotMutex);
    if (m_checkpoints) {
        return Status(ErrorCode::Invalid, RW_TEXT("run", "The run takes checkpoints: they have its state."),
                      {});
    }
    if (m_shared.stands || m_shared.record.stepping.holdsPieces()) return standsStill();
    if (!m_shared.barriers.request()) return SnapshotCoordinator::ended();
    wakeWaiting();
    return gatherSnapshot();
}

Result<StateSnapshot> Run::Attempt::awaitSnapshot() {
    const std::lock_guard one(m_snapshotMutex);
    return gatherSnapshot();
}

Result<StateSnapshot> Run::Attempt::gatherSnapshot() {
    (void)m_shared.executor->drive([&] { return m_shared.barriers.settled(); }, Executor::kForEver);
    RW_TRY_ASSIGN(StateSnapshot snapshot, m_shared.barriers.wait());
    // Sinks that have ended write theirs now; not while the run is being closed.
    const auto lock = waitUntil([&] { return (m_remaining > 0 && !m_shared.failed) || finishedLocked(); });
    if (m_shared.failed) return SnapshotCoordinator::ended();
    RW_TRY(m_graph.addEnded(snapshot));
    snapshot.began = m_graph.began();
    if (m_tape) m_tape->begin(m_shared.barriers.requested(), snapshot);
    return snapshot;
}

bool Run::Attempt::waitFor(Millis millis) {
    const auto over = [&] { return finishedLocked(); };
    if (millis < 0) {
        const auto lock = waitUntil(over);
        return true;
    }
    // By the run's clock where this thread is to run it.
    if (m_shared.executor->drive([] { return false; }, m_clock->steadyMillis() + millis)) return finished();
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::milliseconds(millis), over);
}

template <class Holds>
std::unique_lock<std::mutex> Run::Attempt::waitUntil(Holds holds) {
    const auto asked = [&] {
        const std::lock_guard lock(m_mutex);
        return holds();
    };
    (void)m_shared.executor->drive(asked, Executor::kForEver);
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, holds);
    return lock;
}

RunState Run::Attempt::state() const {
    const std::lock_guard lock(m_mutex);
    return m_state;
}

bool Run::Attempt::finished() const {
    const std::lock_guard lock(m_mutex);
    return finishedLocked();
}

bool Run::Attempt::finishedLocked() const {
    return m_state == RunState::Finished || m_state == RunState::Stopped || m_state == RunState::Failed;
}

Status Run::Attempt::status() const {
    const std::lock_guard lock(m_mutex);
    return m_status;
}

RunMetrics Run::Attempt::metrics() {
    RunMetrics out = m_meter.measure();
    m_shared.record.notes.measure(out);
    if (m_checkpoints) m_checkpoints->measure(out);
    out.tape = tapeMetrics();
    if (!m_graph.withoutCheckpoints().empty()) out.checkpoints.trouble = m_graph.withoutCheckpoints();
    const bool held = m_shared.options.replay && m_shared.options.replay->isHeld();
    const std::lock_guard lock(m_mutex);
    out.state = m_state;
    out.held = held && !finishedLocked();
    if (finishedLocked()) noLongerWaits(out);
    const std::int64_t end = m_endedAt >= 0                ? m_endedAt
                             : m_state == RunState::Paused ? m_pausedAt
                                                           : m_clock->steadyMillis();
    out.seconds = static_cast<double>(end - m_startedAt - m_pausedMillis) / 1000.0;
    return out;
}

void Run::Attempt::fail(Status status) {
    const std::lock_guard lock(m_mutex);
    if (m_shared.failed) return;
    m_status = std::move(status);
    m_shared.failed = true;
    m_shared.barriers.abort();
    endIfDue();
}

void Run::Attempt::taskDone() {
    const std::lock_guard lock(m_mutex);
    if (--m_remaining == 0) endIfDue();
}

void Run::Attempt::endIfDue() {
    if (m_remaining == 0 || m_shared.failed || m_shared.stopRequest == StopRequest::Discard)
        m_shared.executor->end();
}

void Run::Attempt::endSinks() {
    const auto each = [this](Status (SinkTask::*what)()) {
        for (const auto& sink : m_graph.sinks()) {
            if (m_shared.failed) return;
            if (const Status status = (*sink.*what)(); !status.ok()) fail(status);
        }
    };
    const auto discarded = [this] { return m_shared.stopRequest == StopRequest::Discard; };
    // Asked once: stop() may be called while the run is being ended.
    m_shared.leavesEpochs = m_checkpoints && m_shared.stopRequest >= StopRequest::Now;
    const bool prepares = !m_shared.finishing;
    if (!discarded() && prepares) {
        each(&SinkTask::end);
        each(&SinkTask::prepare);
    }
    // Preparing may have taken so long that the results are not wanted any more.
    const bool wanted = !discarded();
    const bool decides = wanted && m_checkpoints && !m_shared.leavesEpochs;
    bool durable = false;
    if (decides && prepares && !m_shared.failed) {
        const Status status = m_checkpoints->writeEnd();
        durable = status.ok();
        if (!durable && m_graph.isTransactional()) fail(status);
    }
    if (wanted && prepares) commitSinks(durable);
    if (wanted && m_shared.leavesEpochs && !m_shared.failed) {
        for (const auto& [node, feed] : m_graph.feeds()) feed->settle();
    }
    if (decides && !m_shared.failed) {
        if (const Status status = m_checkpoints->finish(); !status.ok() && m_graph.isTransactional())
            fail(status);
    }
    for (const auto& sink : m_graph.sinks()) {
        const bool left = sink->isTransactional() ? m_shared.leavesEpochs : m_shared.finishing;
        if (!wanted || m_shared.failed || left) sink->abort();
    }
    for (const auto& sink : m_graph.sinks()) sink->close();
    if (const auto& store = m_shared.options.checkpoints.store) store->close();
}

void Run::Attempt::commitSinks(bool durable) {
    const auto tried = [this](auto&& call) {
        if (m_shared.failed) return;
        if (const Status status = call(); !status.ok()) fail(status);
    };
    SinkTask* const decider = durable ? m_graph.decider() : nullptr;
    if (decider) {
        tried([&] { return decider->commit(); });
        tried([&] { return m_checkpoints->decideEnd(); });
    }
    for (const auto& sink : m_graph.sinks()) {
        if (sink.get() != decider) tried([&] { return sink->commit(); });
    }
    if (durable) tried([&] { return m_checkpoints->tellSources(); });
}

void Run::Attempt::close() {
    m_shared.barriers.abort();
    endSinks();
    if (m_tape) m_tape->finish(endOfTape());
    // One that failed may be tried again.
    if (!m_shared.failed || !m_ended) m_shared.record.endRequests();
    {
        const std::lock_guard lock(m_mutex);
        m_endedAt = m_clock->steadyMillis();
        m_state = m_shared.failed ? RunState::Failed
                  : m_shared.stopRequest >= StopRequest::Now && m_state == RunState::Stopping
                      ? RunState::Stopped
                      : RunState::Finished;
        m_shared.record.stepping.cancel(m_state == RunState::Failed    ? Halt::Why::Failed
                                        : m_state == RunState::Stopped ? Halt::Why::Stopped
                                                                       : Halt::Why::Ended);
        m_changed.notify_all();
    }
    if (m_ended) m_ended();
}

}  // namespace rw
