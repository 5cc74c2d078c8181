#include "core/cluster/jobs/flink_charts_job.h"

#include <algorithm>
#include <chrono>

namespace rw {

namespace {

constexpr Millis kShortestIdle = 20, kLongestPageIdle = 250;  ///< between pages without rows
constexpr Millis kQuietLongEnough = 300;                      ///< for a window to be whole
constexpr Millis kFirstAgain = 500, kLongestAgain = 10'000;   ///< while the gateway does not answer
constexpr Millis kTasksEvery = 1'000, kSlotWithin = 10'000;
constexpr Millis kCloseLookEvery = 100;
/// As long as it takes until a JobManager says that a young query runs, who keeps what it says for 3 s.
constexpr Millis kLeaveChartsWithin = 10'000;

bool wasCutOff(const FlinkJob& job) {
    return job.state == "CANCELED" || job.state == "CANCELLING" || job.state == "FAILED" ||
           job.state == "FAILING";
}

}  // namespace

FlinkChartsJob::FlinkChartsJob(Setup setup, std::shared_ptr<ChartFeed> feed, Told told)
    : m_setup(std::move(setup)), m_feed(std::move(feed)), m_told(std::move(told)) {
    // Whoever asks again and again need not be patient with one request.
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
            // A query that was given in must not be lost: nobody could end its job.
            m_gate.allow(false);
            const Result<std::string> operation = session->submit(
                m_setup.program.chartQuery(), {{"pipeline.name", fmt::format("{} (charts)", m_setup.name)}});
            m_gate.allow(true);
            if (operation.ok()) return readToEnd(*session, *operation, rest);
            // Not again, for it may have been given in although nobody said so.
            if (!ending()) tell(operation.status());
            return;
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
        RW_TRY(session.run(statement.text).status().at(statement.node));
    return {};
}

void FlinkChartsJob::readToEnd(FlinkSession& session, const std::string& operation, FlinkRest& rest) {
    tell({});
    FlinkQuery query(session, operation);
    read(query, rest);
    m_gate.allow(false);
    m_gate.resume();
    const Status closed = close(query, rest);
    // Closing the session would close a query that was left because it is too young to be closed.
    if (closed.ok()) {
        static_cast<void>(session.close());
    } else if (m_trouble.ok()) {
        tell(closed);
    }
}

void FlinkChartsJob::read(FlinkQuery& query, FlinkRest& rest) {
    m_began = m_clock->steadyMillis();
    m_idle = kShortestIdle;
    Millis again = kFirstAgain;
    while (!ending()) {
        const Result<FlinkPage> page = query.look();
        if (page.ok()) {
            again = kFirstAgain;
            if (!take(query, *page, rest)) return;
            continue;
        }
        if (ending()) return;
        tell(page.status());
        // What the gateway itself says does not get better: the query failed, or its session is gone.
        if (errorKindOf(page.error().code) != ErrorKind::Transient) return;
        pause(again);
        again = std::min(2 * again, kLongestAgain);
    }
}

bool FlinkChartsJob::take(const FlinkQuery& query, const FlinkPage& page, FlinkRest& rest) {
    know(query.job());
    const Status added = m_feed->add(page.rows);
    if (!added.ok()) {
        tell(added);
        return false;
    }
    if (query.ended()) {
        finish(query.job(), rest);
        return false;
    }
    tell(waitForSlot(query.job(), rest));
    if (!page.rows.empty()) {
        m_idle = kShortestIdle;
        m_quiet = 0;
        return true;
    }
    pause(m_idle);
    const bool wasQuiet = m_quiet >= kQuietLongEnough;
    m_quiet += m_idle;
    m_idle = std::min(2 * m_idle, kLongestPageIdle);
    if (wasQuiet || m_quiet < kQuietLongEnough) return true;
    const Status idle = m_feed->idle();
    if (!idle.ok()) tell(idle);
    return idle.ok();
}

void FlinkChartsJob::finish(const std::string& job, FlinkRest& rest) {
    const Result<std::optional<FlinkJob>> found =
        job.empty() ? Result<std::optional<FlinkJob>>(std::optional<FlinkJob>()) : rest.find(job);
    if (found.ok() && *found && wasCutOff(**found)) {
        tell(Status(ErrorCode::Io,
                    RW_TEXT("cluster", "The job that feeds the charts was ended on the cluster."),
                    RW_TEXT("cluster", "Watch the job again: the charts then begin anew.")));
    } else {
        tell(m_feed->end());
    }
}

Status FlinkChartsJob::waitForSlot(const std::string& job, FlinkRest& rest) {
    const std::int64_t now = m_clock->steadyMillis();
    if (m_runs || job.empty() || now < m_nextLook) return m_noSlot;
    m_nextLook = now + kTasksEvery;
    const Result<std::optional<FlinkJob>> found = rest.find(job);
    if (!found.ok() || !*found) return m_noSlot;
    m_runs = (*found)->allRun();
    m_noSlot = {};
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
            if (job.ok() && (!*job || (*job)->allRun())) break;
        }
        if (!patience(kCloseLookEvery, until)) break;
    }
    const Status closed = query.close(rest, kTasksEvery);
    if (closed.ok() || query.job().empty()) return closed;
    // The gateway is away, or forgot the query when it was started anew. Once it runs, anybody may end it.
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
