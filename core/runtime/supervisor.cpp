#include "core/runtime/supervisor.h"

#include <algorithm>
#include <chrono>

#include "core/runtime/requests/closing_windows.h"

namespace rw {

namespace {

bool isOver(RunState state) {
    return state == RunState::Finished || state == RunState::Stopped || state == RunState::Failed;
}

RunOptions withClock(const RunOptions& options, const std::shared_ptr<Clock>& clock) {
    RunOptions made = withoutRestore(options);
    made.clock = clock;
    return made;
}

}  // namespace

Run::Supervisor::Supervisor(std::shared_ptr<const Plan> plan, RunOptions options)
    : m_plan(std::move(plan)),
      m_clock(options.clock ? options.clock : systemClock()),
      m_first(withClock(options, m_clock)),
      m_record(m_first.keptRows, m_clock, *m_plan),
      // Of programs that failed together each waits a little longer or shorter.
      m_backoff(m_first.restart, m_first.seed + static_cast<std::uint64_t>(m_clock->now())),
      m_store(m_first.checkpoints.store),
      m_paused(m_first.startsPaused) {
    blocking = true;
    if (options.restore && options.restore->seen) m_record.takeOver(*options.restore->seen);
    m_record.keepRestore(std::move(options.restore));
    m_record.stepping.setBreakpoints(m_first.breakpoints);
}

Run::Supervisor::~Supervisor() {
    stop(StopMode::Discard);
    if (supervises() && m_started) {
        (void)waitFor(-1);
        // It runs still where a step here ran out of memory.
        if (const std::shared_ptr<Attempt> running = current()) {
            running->stop(StopMode::Discard);
            (void)running->waitFor(-1);
            running->join();
        }
    }
    m_executor.reset();  // waits for the step that is under way
}

Status Run::Supervisor::start() {
    if (m_first.restart.kind != RestartStrategy::Kind::None) {
        m_executor = m_first.executor == ExecutorKind::Seeded ? makeSeededExecutor(m_first.seed, m_clock)
                                                              : makePoolExecutor(0, m_clock);
        m_executor->add(*this);
        RW_TRY(m_executor->start([] {}));
    }
    RunOptions options = m_first;
    options.restore = m_record.restore();
    Status status = startFirst(options);
    while (!status.ok() && current()->hasGivenUp()) {
        // It resumes from the one before; of a pipeline that was edited the user has to see the forecast
        // first.
        if (options.restore->edited) return status;
        RW_TRY(giveUp(options));
        status = startFirst(options);
    }
    if (!status.ok()) return status;
    m_started = true;
    if (supervises()) {
        m_executor->schedule(*this);  // it may be over
    } else {
        m_record.keepRestore(nullptr);
    }
    return status;
}

Status Run::Supervisor::startFirst(const RunOptions& options) {
    const std::shared_ptr<Attempt> first = newAttempt(options);
    {
        const std::lock_guard lock(m_mutex);
        m_attempt = first;
    }
    return first->start();
}

Status Run::Supervisor::giveUp(RunOptions& options) {
    m_record.keepRestore(nullptr);
    m_takesCheckpoints = true;
    options.restore = nullptr;
    RW_TRY(prepareNext(options).status());
    m_record.keepRestore(options.restore);
    return {};
}

std::shared_ptr<Run::Attempt> Run::Supervisor::newAttempt(const RunOptions& options) {
    std::function<void()> ended;
    if (supervises()) ended = [this] { m_executor->schedule(*this); };
    return std::make_shared<Attempt>(m_plan, options, m_record, std::move(ended));
}

std::shared_ptr<Run::Attempt> Run::Supervisor::current() const {
    const std::lock_guard lock(m_mutex);
    return m_attempt;
}

void Run::Supervisor::pause() {
    std::shared_ptr<Attempt> running;
    {
        const std::lock_guard lock(m_mutex);
        m_paused = true;
        running = m_attempt;
    }
    if (running) running->pause();
}

void Run::Supervisor::resume() {
    std::shared_ptr<Attempt> running;
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
        running = m_attempt;
    }
    if (running) return running->resume();
    m_record.stepping.goOn();
}

Status Run::Supervisor::step(const Until& until) {
    const std::shared_ptr<Attempt> running = current();
    if (!running) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("stepping", "The run waits to be tried again: it takes no step meanwhile."),
                      {});
    }
    RW_TRY(running->step(until));
    const std::lock_guard lock(m_mutex);
    m_paused = false;  // Stepping::holds() says whether another attempt is to be paused
    return {};
}

bool Run::Supervisor::awaitHalt(std::uint64_t halts, Millis millis) {
    const auto stands = [&] { return m_record.stepping.state().halts > halts; };
    if (m_first.executor != ExecutorKind::Seeded) {
        constexpr Millis kLook = 5;
        for (Millis left = millis; left > 0 && !stands() && !finished(); left -= kLook) (void)waitFor(kLook);
        return stands();
    }
    const std::int64_t until = m_clock->steadyMillis() + millis;
    while (!stands() && !finished() && m_clock->steadyMillis() < until) {
        const std::shared_ptr<Attempt> running = current();
        if (running && !running->finished()) {
            (void)running->drive(stands, until);
        } else {
            drive(until);
        }
    }
    return stands();
}

void Run::Supervisor::stop(StopMode mode) {
    std::shared_ptr<Attempt> running;
    {
        const std::lock_guard lock(m_mutex);
        if (m_over) return;
        m_stopMode = std::max(m_stopMode, mode);
        m_stops = true;
        running = m_attempt;
    }
    if (running) running->stop(mode);
    if (supervises()) m_executor->schedule(*this);
}

Status Run::Supervisor::ask(const NodeId& node, NodeRequest request) const {
    const RunState now = state();
    if (now == RunState::Stopping || isOver(now)) return m_record.requests.refusedAtEnd(node, request);
    return m_record.requests.ask(node, request);
}

Status Run::Supervisor::closeWindows(const NodeId& node, Instant until) const {
    RW_TRY_ASSIGN(const std::vector<NodeId> sources, sourcesToAdvance(*m_plan, node));
    if (m_first.replay) return closedByTape().at(node);
    const std::shared_ptr<Attempt> running = current();
    if (!running) return notUnderWay().at(node);
    return running->advance(sources, saturatingAdd(until, -1)).at(node);
}

Result<StateSnapshot> Run::Supervisor::snapshot() {
    const std::shared_ptr<Attempt> running = current();
    return running ? running->snapshot() : Result<StateSnapshot>(SnapshotCoordinator::ended());
}

Result<StateSnapshot> Run::Supervisor::awaitSnapshot() {
    const std::shared_ptr<Attempt> running = current();
    return running ? running->awaitSnapshot() : Result<StateSnapshot>(SnapshotCoordinator::ended());
}

bool Run::Supervisor::waitFor(Millis millis) {
    if (!supervises()) return current()->waitFor(millis);
    if (m_first.executor == ExecutorKind::Seeded) {
        drive(millis < 0 ? Executor::kForEver : m_clock->steadyMillis() + millis);
        return finished();
    }
    std::unique_lock lock(m_mutex);
    const auto over = [this] { return m_over; };
    if (millis >= 0) return m_changed.wait_for(lock, std::chrono::milliseconds(millis), over);
    m_changed.wait(lock, over);
    return true;
}

/// Two executors take turns on this thread: that of the attempt, and when it has ended that of the steps
/// here.
void Run::Supervisor::drive(std::int64_t steadyMillis) {
    const std::lock_guard one(m_driving);
    while (!finished()) {
        const bool endless = steadyMillis == Executor::kForEver;
        const Millis left = endless ? -1 : steadyMillis - m_clock->steadyMillis();
        if (!endless && left <= 0) return;
        if (const std::shared_ptr<Attempt> running = current(); running && !running->finished()) {
            (void)running->waitFor(left);
            continue;
        }
        const auto goesOn = [this] {
            const std::shared_ptr<Attempt> next = current();
            return finished() || (next && !next->finished());
        };
        (void)m_executor->drive(goesOn, steadyMillis);
    }
}

bool Run::Supervisor::finished() const {
    if (!supervises()) return current()->finished();
    const std::lock_guard lock(m_mutex);
    return m_over;
}

RunState Run::Supervisor::state() const {
    const std::lock_guard lock(m_mutex);
    return stateLocked();
}

RunState Run::Supervisor::stateLocked() const {
    if (m_over) return m_state;
    if (!m_attempt) return m_stops ? RunState::Stopping : RunState::Restarting;
    const RunState state = m_attempt->state();
    if (!supervises() || !isOver(state)) return state;
    // Whether it is restarted is not known yet: a stop() now stops a run that has failed.
    return state == RunState::Failed && !m_stops ? RunState::Running : RunState::Stopping;
}

Status Run::Supervisor::status() const {
    if (!supervises()) return current()->status();
    const std::lock_guard lock(m_mutex);
    return m_status;
}

RunMetrics Run::Supervisor::metrics() const {
    RunMetrics out;
    std::shared_ptr<Attempt> running;
    double before = 0;
    {
        const std::lock_guard lock(m_mutex);
        running = m_attempt;
        before = m_secondsBefore;
        if (!running) {
            out = m_between;
            m_record.notes.measure(out);
            if (!m_over) before += static_cast<double>(m_clock->steadyMillis() - m_waitsSince) / 1000.0;
        }
    }
    if (running) {
        out = running->metrics();
        m_record.addBefore(out);
    }
    out.seconds += before;
    const std::lock_guard lock(m_mutex);
    if (supervises()) out.state = stateLocked();
    out.restart = m_restart;
    if (m_restart.waiting()) out.restart.in = std::max<Millis>(0, m_waitsUntil - m_clock->steadyMillis());
    return out;
}

std::shared_ptr<LiveView> Run::Supervisor::view(const NodeId& node) const {
    const std::lock_guard lock(m_mutex);
    if (m_attempt) return m_attempt->graph().view(node);
    const auto found = m_views.find(node);
    return found != m_views.end() ? found->second : nullptr;
}

}  // namespace rw
