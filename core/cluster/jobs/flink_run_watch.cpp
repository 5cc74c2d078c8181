// A job as the JobManager tells it, look after look, until it is over.
#include <algorithm>

#include "core/cluster/jobs/flink_run.h"

namespace rw {

namespace {

constexpr Millis kLongestSilentPause = 10'000;
constexpr Millis kBusyPoll = 250;  ///< while the job starts or ends
constexpr Millis kCheckpointEvery = 3'000;
/// A JobManager asks for counters every ten seconds at most, and tells those of before until then.
constexpr Millis kOldCountersFor = 15'000;
constexpr Millis kWaitsForSlots = 8'000;  ///< a job none of whose tasks was given to anybody by then

/// A loop that asks again and again need not be patient with one request.
HttpServer impatient(HttpServer server) {
    server.answerWithin = std::min<Millis>(server.answerWithin, 10'000);
    server.tries = 1;
    return server;
}

}  // namespace

void FlinkRun::watch() {
    FlinkRest rest(impatient(m_jobManager));
    const ClientGate::Entry atJobManager(m_gate, rest.http());
    m_pause = m_request.pollEvery;
    show(ClusterState::Starting);
    if (m_alone) startCharts();
    for (;;) {
        const Wants wants = takeWants();
        if (wants.leave) {
            // A job must not be found running by the caller of cancel().
            if (wants.cancel && !m_cancelAsked && !m_job.empty() && !m_alone) pursueCancel(rest);
            return;
        }
        if (m_job.empty() && !findChartsJob(wants)) return;
        if (!m_job.empty()) {
            pursue(rest, wants);
            if (poll(rest)) return;
        }
        waitForNews(m_pause);
    }
}

bool FlinkRun::findChartsJob(const Wants& wants) {
    if (wants.cancel || wants.stop) m_charts->end();
    const bool over = m_charts->over();
    m_job = m_charts->job();
    if (!m_job.empty()) {
        m_board.change([&](ClusterStatus& look) {
            look.job = m_job;
            look.started = m_clock->now();
        });
        return true;
    }
    if (!over) return true;
    if (wants.cancel || wants.stop) {
        conclude(ClusterState::Stopped);
        return false;
    }
    Status trouble = m_board.look().chartTrouble;
    if (trouble.ok())
        trouble = Status(ErrorCode::Io,
                         RW_TEXT("cluster", "The job that feeds the charts was ended on the cluster."));
    conclude(ClusterState::Failed, trouble);
    return false;
}

bool FlinkRun::poll(FlinkRest& rest) {
    const Result<std::optional<FlinkJob>> found = rest.find(m_job);
    if (!found.ok()) {
        silent(found.status());
        return false;
    }
    answered();
    if (!*found) {
        // Once may be a JobManager that has just begun and does not know its jobs yet.
        if (++m_missed < 2) return false;
        gone();
        return true;
    }
    m_missed = 0;
    const FlinkJob& job = **found;
    m_runs = job.allRun();
    noteRestart(job);
    if (job.ended()) {
        over(rest, job);
        return true;
    }
    follow(rest, job);
    return false;
}

void FlinkRun::silent(const Status& why) {
    // Another request of this program came first.
    if (why.error().code == ErrorCode::Cancelled) return;
    m_silent = true;
    m_pause = std::min(kLongestSilentPause, std::max(2 * m_pause, m_request.pollEvery));
    m_board.change([&](ClusterStatus& look) { look.connectionProblem = why; });
}

void FlinkRun::answered() {
    m_silent = false;
    m_pause = m_request.pollEvery;
    m_board.change([&](ClusterStatus& look) {
        look.connectionProblem = {};
        look.answered = m_clock->now();
    });
}

ClusterState FlinkRun::stateOf(const FlinkJob& job) {
    const std::string& word = job.state;
    if (word == "RUNNING" && m_runs) {
        m_ranOnce = true;
        return ClusterState::Running;
    }
    if (word == "RESTARTING" || word == "FAILING" || word == "RECONCILING" || word == "SUSPENDED")
        return ClusterState::Restarting;
    if (word == "CANCELLING") return ClusterState::Stopping;
    if (word == "RUNNING" || word == "CREATED" || word == "INITIALIZING")
        return m_ranOnce ? ClusterState::Restarting : ClusterState::Starting;
    return m_state;
}

void FlinkRun::follow(FlinkRest& rest, const FlinkJob& job) {
    const bool isNews = job.state != m_word;
    m_word = job.state;
    m_state = stateOf(job);
    show(m_state, job.state);
    if (isNews) {
        m_board.update([&](Deployment& deployment) {
            deployment.state = job.state;
            deployment.ended = 0;  // of one that the cluster did not know for a while
        });
        if (job.started > 0 && m_alone)
            m_board.change([&](ClusterStatus& look) { look.started = job.started; });
    }
    if (!m_cancelTrouble.ok()) {
        m_board.note(
            RW_TEXT("cluster", "The job can't be cancelled: %1").with(m_cancelTrouble.error().message));
        m_cancelTrouble = {};
    }
    if (m_state != ClusterState::Running) m_pause = std::min(m_pause, kBusyPoll);
    if (isNews && (job.state == "RESTARTING" || job.state == "FAILING")) {
        const Result<FlinkFailure> failure = rest.failure(m_job);
        if (failure.ok() && !failure->cause.empty() && failure->at != m_failureAt) {
            m_failureAt = failure->at;
            m_board.note(
                RW_TEXT("cluster", "Flink starts the job again, for it failed: %1").with(failure->cause));
        }
    }
    if (job.state != "RUNNING") return;
    tellMissingSlots(rest, job);
    // After the job, so that it is not the charts that take its slots.
    if (m_runs && !m_alone) startCharts();
    readFigures(rest, false);
    const std::int64_t now = m_clock->steadyMillis();
    if (m_alone || now < m_nextCheckpoint) return;
    m_nextCheckpoint = now + kCheckpointEvery;
    m_board.saveAgain();
    const Result<std::optional<JobCheckpoint>> checkpoint = readCheckpoint(rest, m_job);
    if (checkpoint.ok() && *checkpoint)
        m_board.change([&](ClusterStatus& look) { look.checkpoint = *checkpoint; });
}

// Flink itself says RUNNING meanwhile, and gives up after minutes.
void FlinkRun::tellMissingSlots(FlinkRest& rest, const FlinkJob& job) {
    const std::int64_t now = m_clock->steadyMillis();
    if (!job.noneRuns()) {
        m_waitsSince = 0;
        m_toldSlots = false;
        return;
    }
    if (m_waitsSince == 0) m_waitsSince = now;
    if (m_toldSlots || now - m_waitsSince < kWaitsForSlots) return;
    const Result<FlinkOverview> overview = rest.overview();
    if (!overview.ok()) return;
    m_toldSlots = true;
    std::int64_t widest = 0;
    for (const FlinkVertex& vertex : job.vertices) widest = std::max(widest, vertex.parallelism);
    m_board.note(
        RW_TEXT("cluster",
                "The job waits for slots: it needs %1, and %2 of %3 are free. Start more TaskManagers, end "
                "another job, or set a smaller parallelism.")
            .with(widest, overview->freeSlots, overview->allSlots));
}

/// Tasks that are restarted count from 0, or from their checkpoint: older counts beside the new ones would
/// look as if they were of the same rows.
void FlinkRun::noteRestart(const FlinkJob& job) {
    if (job.runsSince == 0 || job.runsSince == m_runsSince) return;
    if (m_runsSince != 0) m_keepFrom = m_clock->steadyMillis() + kOldCountersFor;
    m_runsSince = job.runsSince;
}

void FlinkRun::readFigures(FlinkRest& rest, bool ended) {
    const bool charts = m_charts && !m_charts->job().empty();
    if (!m_layout && !charts) return;  // none is told
    JobFigures figures;
    if (m_layout) {
        const Result<std::vector<OperatorCounters>> counters = m_counters->read(rest);
        if (!counters.ok()) {
            const bool first = !std::exchange(m_countersFailed, true);
            if (first && !ended && counters.error().code != ErrorCode::Cancelled)
                m_board.note(
                    RW_TEXT("cluster", "There are no figures of the job: %1").with(counters.error().message));
            return;
        }
        m_countersFailed = false;
        if (!m_counters->fits() && !std::exchange(m_toldOtherPlan, true))
            m_board.note(
                RW_TEXT("cluster", "There are no figures of the job: %1")
                    .with(RW_TEXT("cluster", "its operators are others than Flink's planner told.")));
        figures = m_layout->figures(*counters);
        // A job that has ended may have given its counters away.
        if (ended && figures.sourceRows < m_counted.sourceRows) return;
        if (m_clock->steadyMillis() >= m_keepFrom) keepCounts(figures);
        m_counted = figures;
    }
    const Instant chartRowsAt = charts ? m_charts->rowsAt() : 0;
    if (charts) addChartRows(figures);
    figures.at = m_clock->now();
    m_board.change([&](ClusterStatus& look) {
        look.figures = std::move(figures);
        look.chartRowsAt = chartRowsAt;
    });
}

/// While rows rush by, the counters that tell late rows seldom agree, and a task that has ended takes its
/// counters with it: known counts are kept.
void FlinkRun::keepCounts(JobFigures& figures) const {
    const JobFigures& before = m_counted;
    const auto keep = [](std::optional<std::uint64_t>& now, const std::optional<std::uint64_t>& then) {
        if (!now) now = then;
    };
    for (const auto& [id, then] : before.nodes) {
        NodeFigures& now = figures.nodes[id];
        keep(now.rowsIn, then.rowsIn);
        keep(now.rowsOut, then.rowsOut);
        keep(now.late, then.late);
        keep(now.rejected, then.rejected);
    }
    const std::size_t wires = std::min(before.wires.size(), figures.wires.size());
    for (std::size_t i = 0; i < wires; ++i) keep(figures.wires[i], before.wires[i]);
    keep(figures.sourceRows, before.sourceRows);
}

/// The job does not know charts, and the charts' job has its own pace: their counts are of the rows received here.
void FlinkRun::addChartRows(JobFigures& figures) const {
    figures.wires.resize(std::max(figures.wires.size(), m_pipeline.wires.size()));
    for (const ClusterChart& chart : m_program.charts) {
        const std::shared_ptr<LiveView> shown = view(chart.node);
        if (!shown) continue;
        const std::uint64_t rows = shown->rows();
        std::optional<std::uint64_t>& rowsIn = figures.nodes[chart.node].rowsIn;
        if (!rowsIn) rowsIn = rows;
        for (std::size_t i = 0; i < m_pipeline.wires.size(); ++i) {
            if (m_pipeline.wires[i].to.node == chart.node && !figures.wires[i]) figures.wires[i] = rows;
        }
    }
}

void FlinkRun::startCharts() {
    const std::lock_guard lock(m_mutex);
    if (!m_feed || m_charts || m_wants.any()) return;
    FlinkChartsJob::Setup setup{m_gateway,
                                m_jobManager,
                                m_program,
                                m_pipeline.name,
                                [this] { return newFeed(); },
                                [this](std::shared_ptr<ChartFeed> feed) { show(std::move(feed)); }};
    m_charts = std::make_unique<FlinkChartsJob>(std::move(setup), m_feed,
                                                [this](const Status& trouble) { hearCharts(trouble); });
}

void FlinkRun::hearCharts(const Status& trouble) {
    m_board.change([&](ClusterStatus& look) { look.chartTrouble = trouble; });
    const std::lock_guard lock(m_mutex);
    m_dirty = true;
    m_news.notify_all();
}

}  // namespace rw
