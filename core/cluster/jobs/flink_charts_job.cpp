#include "core/cluster/jobs/flink_charts_job.h"

#include <algorithm>
#include <chrono>

namespace rw {

namespace {

constexpr Millis kShortestIdle = 20, kLongestPageIdle = 250;  ///< between pages without rows
constexpr Millis kQuietLongEnough = 300;                      ///< for a window to be whole
constexpr Millis kFirstRowsWithin = 1'000;                    ///< else a new query that runs has none yet
constexpr Millis kFirstAgain = 500, kLongestAgain = 10'000;   ///< while the gateway does not answer
constexpr Millis kTasksEvery = 1'000, kSlotWithin = 10'000;
constexpr Millis kCloseLookEvery = 100;
/// So often a failing query is submitted again; one that ran so long has begun well.
constexpr int kMostFailures = 5;
constexpr Millis kRanWell = 60'000;
/// As long as it takes until a JobManager, which caches its answers for 3 s, says that a young query runs.
constexpr Millis kLeaveChartsWithin = 10'000;

/// It was cancelled.
bool isCancelledJob(const FlinkJob& job) {
    return job.state == "CANCELED" || job.state == "CANCELLING";
}

Status endedByOthers() {
    return {ErrorCode::Io, RW_TEXT("cluster", "The job that feeds the charts was ended on the cluster."),
            RW_TEXT("cluster", "Watch the job again: the charts then begin anew.")};
}

bool isFailedJob(const FlinkJob& job) {
    return job.state == "FAILED" || job.state == "FAILING";
}

}  // namespace

FlinkChartsJob::FlinkChartsJob(Setup setup, std::shared_ptr<ChartFeed> feed, Told told)
    : m_setup(std::move(setup)), m_feed(std::move(feed)), m_told(std::move(told)) {
    // A loop that asks again and again need not be patient with one request.
    m_setup.gateway.answerWithin = std::min<Millis>(m_setup.gateway.answerWithin, 30'000);
    m_setup.jobManager.answerWithin = std::min<Millis>(m_setup.jobManager.answerWithin, 10'000);
    m_setup.jobManager.tries = 1;
    m_thread = std::thread([this] { run(); });
}

FlinkChartsJob::~FlinkChartsJob() {
    {
        const std::lock_guard lock(m_mutex);
        m_leaving = true;
        m_leaveUntil = m_clock->steadyMillis() + kLeaveChartsWithin;
    }
    end();
    {
        const auto isOver = [this] { return m_over; };
        std::unique_lock lock(m_mutex);
        m_news.wait_for(lock, std::chrono::milliseconds(kLeaveChartsWithin + kTasksEvery), isOver);
        while (!m_over) {
            lock.unlock();
            m_gate.force();
            lock.lock();
            m_news.wait_for(lock, std::chrono::milliseconds(kCloseLookEvery), isOver);
        }
    }
    m_thread.join();
}

void FlinkChartsJob::end() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_gate.interrupt();
    m_news.notify_all();
}

std::string FlinkChartsJob::job() const {
    const std::lock_guard lock(m_mutex);
    return m_job;
}

Instant FlinkChartsJob::rowsAt() const {
    const std::lock_guard lock(m_mutex);
    return m_rowsAt;
}

bool FlinkChartsJob::over() const {
    const std::lock_guard lock(m_mutex);
    return m_over;
}

bool FlinkChartsJob::ending() const {
    const std::lock_guard lock(m_mutex);
    return m_ending;
}

void FlinkChartsJob::run() {
    try {
        feed();
    } catch (const std::exception& error) {
        tell(Status(ErrorCode::Internal,
                    RW_TEXT("run", "Something unforeseen happened: %1.").with(error.what()),
                    RW_TEXT("run", "Please report this with the pipeline.")));
    }
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_news.notify_all();
    m_told(m_trouble);
}

void FlinkChartsJob::feed() {
    FlinkRest rest(m_setup.jobManager);
    const ClientGate::Entry atJobManager(m_gate, rest.http());
    for (Millis again = kFirstAgain; !ending(); again = std::min(2 * again, kLongestAgain)) {
        const std::unique_ptr<FlinkSession> session = FlinkSession::unopened(m_setup.gateway);
        const ClientGate::Entry atGateway(m_gate, session->http());
        const Status begun = begin(*session);
        if (begun.ok() && !ending()) {
            // A query that was submitted must not be lost: its job could not be ended.
            m_gate.allow(false);
            const Result<std::string> operation = session->submit(
                m_setup.program.chartQuery(), {{"pipeline.name", fmt::format("{} (charts)", m_setup.name)}});
            m_gate.allow(true);
            if (!operation.ok()) {
                // Not again, for it may have been submitted although no answer came.
                if (!ending()) tell(operation.status());
                return;
            }
            if (readToEnd(*session, *operation, rest) == End::Over || ending()) return;
            m_stale = true;
            pause(again);
            continue;
        }
        m_gate.resume();
        static_cast<void>(session->close());
        if (ending()) return;
        tell(begun);
        if (errorKindOf(begun.error().code) != ErrorKind::Transient) return;
        pause(again);
    }
}

Status FlinkChartsJob::begin(FlinkSession& session) const {
    FlinkSettings settings = m_setup.program.settings;
    // With checkpoints rows would only come with each of them.
    settings.erase("execution.checkpointing.interval");
    RW_TRY(session.begin(settings));
    for (const Statement& statement : m_setup.program.statements)
        RW_TRY(m_setup.program.send(session, statement).status().at(statement.node));
    return {};
}

FlinkChartsJob::End FlinkChartsJob::readToEnd(FlinkSession& session, const std::string& operation,
                                              FlinkRest& rest) {
    if (!m_stale) tell({});
    m_runs = false;
    m_noSlot = {};
    m_nextLook = 0;
    FlinkQuery query(session, operation);
    const End end = read(query, rest);
    m_gate.allow(false);
    m_gate.resume();
    const Status closed = close(query, rest);
    // Closing the session would close a query that was left because it is too young to be closed.
    if (closed.ok()) {
        static_cast<void>(session.close());
    } else if (m_trouble.ok()) {
        tell(closed);
    }
    m_gate.allow(true);
    return end;
}

FlinkChartsJob::End FlinkChartsJob::read(FlinkQuery& query, FlinkRest& rest) {
    m_began = m_clock->steadyMillis();
    m_idle = kShortestIdle;
    Millis again = kFirstAgain;
    while (!ending()) {
        const Result<FlinkPage> page = query.look();
        if (page.ok()) {
            again = kFirstAgain;
            if (const std::optional<End> end = take(query, *page, rest)) return *end;
            continue;
        }
        if (ending()) return End::Over;
        // An error of the gateway itself does not pass: the query failed, or its session is gone.
        if (errorKindOf(page.error().code) != ErrorKind::Transient)
            return mayBeginAgain(query.job(), page.status(), rest) ? End::Failed : End::Over;
        tell(page.status());
        pause(again);
        again = std::min(2 * again, kLongestAgain);
    }
    return End::Over;
}

// A TaskManager that ends takes the query with it, and the rows that it had read with it: the next one begins
// at the first row.
bool FlinkChartsJob::mayBeginAgain(const std::string& job, const Status& why, FlinkRest& rest) {
    const Result<std::optional<FlinkJob>> found =
        job.empty() ? Result<std::optional<FlinkJob>>(std::optional<FlinkJob>()) : rest.find(job);
    if (found.ok() && *found && isCancelledJob(**found)) {
        tell(endedByOthers());
        return false;
    }
    if (m_clock->steadyMillis() - m_began >= kRanWell) m_failures = 0;
    const Result<FlinkFailure> failure =
        job.empty() ? Result<FlinkFailure>(FlinkFailure{}) : rest.failure(job);
    const bool told = failure.ok() && !failure->cause.empty();
    const auto because = [&](Text words) {
        return told ? std::move(words).with(failure->cause) : std::move(words).with(why.error().message);
    };
    if (++m_failures > kMostFailures || !m_setup.renew) {
        tell(Status(ErrorCode::Io,
                    because(RW_TEXT("cluster", "The job that feeds the charts fails again and again: %1")),
                    RW_TEXT("cluster", "Watch the job again: the charts then begin anew.")));
        return false;
    }
    tell(Status(
        ErrorCode::Io,
        because(RW_TEXT("cluster", "The job that feeds the charts has failed, and is started again: %1"))));
    return true;
}

/// The pictures of before are replaced in one step, so that none is seen empty in between.
Status FlinkChartsJob::add(const std::vector<ChangeRow>& rows) {
    if (!m_stale) return m_feed->add(rows);
    RW_TRY_ASSIGN(m_feed, m_setup.renew());
    RW_TRY(m_feed->add(rows));
    m_setup.show(m_feed);
    m_stale = false;
    tell({});
    return {};
}

std::optional<FlinkChartsJob::End> FlinkChartsJob::take(const FlinkQuery& query, const FlinkPage& page,
                                                        FlinkRest& rest) {
    know(query.job());
    if (query.ended() && page.rows.empty()) return finish(query.job(), rest);
    const Status slot = query.ended() ? Status() : waitForSlot(query.job(), rest);
    // Until then the pictures of before say more than empty ones.
    const bool hasNone = m_runs && m_quiet >= kFirstRowsWithin;
    Status added;
    if (hasNone || !page.rows.empty()) added = add(page.rows);
    if (!added.ok()) {
        tell(added);
        return End::Over;
    }
    if (!page.rows.empty()) {
        const std::lock_guard lock(m_mutex);
        m_rowsAt = m_clock->now();
    }
    if (query.ended()) return finish(query.job(), rest);
    if (!m_stale || !slot.ok()) tell(slot);
    if (!page.rows.empty()) {
        m_idle = kShortestIdle;
        m_quiet = 0;
        return std::nullopt;
    }
    pause(m_idle);
    const bool wasQuiet = m_quiet >= kQuietLongEnough;
    m_quiet += m_idle;
    m_idle = std::min(2 * m_idle, kLongestPageIdle);
    if (wasQuiet || m_quiet < kQuietLongEnough || m_stale) return std::nullopt;
    const Status idle = m_feed->idle();
    if (idle.ok()) return std::nullopt;
    tell(idle);
    return End::Over;
}

FlinkChartsJob::End FlinkChartsJob::finish(const std::string& job, FlinkRest& rest) {
    const Result<std::optional<FlinkJob>> found =
        job.empty() ? Result<std::optional<FlinkJob>>(std::optional<FlinkJob>()) : rest.find(job);
    const bool known = found.ok() && *found;
    if (known && isFailedJob(**found)) {
        const Status why(ErrorCode::Io, RW_TEXT("cluster", "Flink does not say why."));
        return mayBeginAgain(job, why, rest) ? End::Failed : End::Over;
    }
    if (known && isCancelledJob(**found)) {
        tell(endedByOthers());
        return End::Over;
    }
    Status ended = add({});
    if (ended.ok()) ended = m_feed->end();
    tell(ended);
    return End::Over;
}

Status FlinkChartsJob::waitForSlot(const std::string& job, FlinkRest& rest) {
    const std::int64_t now = m_clock->steadyMillis();
    if (job.empty() || now < m_nextLook) return m_noSlot;
    m_nextLook = now + kTasksEvery;
    const Result<std::optional<FlinkJob>> found = rest.find(job);
    if (!found.ok() || !*found) return m_noSlot;
    const bool ran = std::exchange(m_runs, (*found)->allRun());
    if (!ran) m_quiet = 0;
    m_noSlot = {};
    if (ran && !m_runs && !(*found)->ended())
        m_noSlot =
            Status(ErrorCode::Io, RW_TEXT("cluster", "The job that feeds the charts does not run just now."));
    if ((*found)->noneRuns() && now - m_began > kSlotWithin)
        m_noSlot =
            Status(ErrorCode::Io, RW_TEXT("cluster", "The job that feeds the charts waits for a free slot."),
                   RW_TEXT("cluster", "End other jobs on the cluster, or give it more slots."));
    return m_noSlot;
}

Status FlinkChartsJob::close(FlinkQuery& query, FlinkRest& rest) {
    const std::int64_t until = m_clock->steadyMillis() + kFlinkCloseWithin;
    while (!query.ended()) {
        if (query.job().empty()) {
            const Result<FlinkPage> page = query.look();
            // One that fails has no job that could be harmed.
            if (!page.ok() && page.error().code == ErrorCode::Invalid) break;
            know(query.job());
        } else {
            const Result<std::optional<FlinkJob>> job = rest.find(query.job());
            if (job.ok() && (!*job || (*job)->allRun() || (*job)->ended())) break;
        }
        if (!patience(kCloseLookEvery, until)) break;
    }
    const Status closed = query.close(rest, kTasksEvery);
    if (closed.ok() || query.job().empty()) return closed;
    // The gateway is away, or forgot the query in a restart. Once it runs, any client may end it.
    const Result<std::optional<FlinkJob>> job = rest.find(query.job());
    if (!job.ok()) return closed;
    if (!*job || (*job)->ended()) return {};
    return (*job)->allRun() ? rest.cancelJob(query.job()) : closed;
}

void FlinkChartsJob::know(const std::string& job) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_job == job) return;
        m_job = job;
    }
    m_told(m_trouble);
}

void FlinkChartsJob::tell(const Status& trouble) {
    const bool same = trouble.ok() ? m_trouble.ok()
                                   : !m_trouble.ok() && m_trouble.error().message == trouble.error().message;
    if (same) return;
    m_trouble = trouble;
    m_told(m_trouble);
}

void FlinkChartsJob::pause(Millis millis) {
    std::unique_lock lock(m_mutex);
    m_news.wait_for(lock, std::chrono::milliseconds(millis), [this] { return m_ending; });
}

bool FlinkChartsJob::patience(Millis millis, std::int64_t until) {
    std::unique_lock lock(m_mutex);
    m_news.wait_for(lock, std::chrono::milliseconds(millis));
    const std::int64_t now = m_clock->steadyMillis();
    return now < until && !(m_leaving && now >= m_leaveUntil);
}

}  // namespace rw
