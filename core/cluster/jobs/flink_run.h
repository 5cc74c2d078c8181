// A run on a Flink (cluster_run.h). One thread checks the pipeline, submits it and watches its job; callers
// that look at it never wait for it. Charts have a thread and a job of their own (flink_charts_job.h).
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/cluster/chart_feed.h"
#include "core/cluster/cluster_run.h"
#include "core/cluster/jobs/flink_charts_job.h"
#include "core/cluster/jobs/flink_deploy.h"
#include "core/cluster/jobs/flink_outputs.h"
#include "core/cluster/jobs/flink_planned.h"
#include "core/cluster/jobs/run_board.h"
#include "core/cluster/layout/flink_counters.h"
#include "core/cluster/layout/flink_layout.h"
#include "core/net/client_gate.h"

namespace rw {

class FlinkRun final : public ClusterRun {
 public:
    /// Without a deployment the pipeline is submitted first.
    FlinkRun(ClusterRequest request, std::optional<Deployment> deployment);
    ~FlinkRun() override;
    FlinkRun(const FlinkRun&) = delete;
    FlinkRun& operator=(const FlinkRun&) = delete;

    ClusterStatus look() const override { return m_board.look(); }
    std::shared_ptr<LiveView> view(const NodeId& node) const override;
    std::optional<Deployment> deployment() const override { return m_board.deployment(); }
    void cancel() override;
    void stop(const std::string& savepointFolder) override;
    void amend(const std::function<void(Deployment&)>& change) override { m_board.amend(change); }

 private:
    enum class Phase {
        Checking,  ///< nothing was submitted
        Given,     ///< or is just being
        Over
    };
    struct Wants {
        bool cancel = false, stop = false, leave = false;
        std::string folder{};
        bool any() const { return cancel || stop || leave; }
    };

    void work(const std::optional<Deployment>& deployment);
    /// The requests of now; requests that were ended for that may go on.
    Wants takeWants();
    bool wantsItsEnd() const;  ///< cancel() was called
    /// Until something is wanted, or the charts have news; `millis` at most, 0: however long.
    void waitForNews(Millis millis);
    void show(ClusterState state, const std::string& word = {});
    void conclude(ClusterState state, const Status& failure = {}, Instant ended = 0);
    void refuse(std::vector<Issue> issues);

    // flink_run_start.cpp: until there is a job.
    Status findServers();
    bool start();
    /// The folders of file sinks, and what to do with results in them. False: it is refused.
    Result<bool> chooseOutputs(ProgramOptions options);
    std::vector<Issue> standingIssues(const std::vector<Deployment>& known, ProgramOptions& options);
    Result<std::optional<Issue>> stillWritten(const StandingOutput& found,
                                              const std::vector<Deployment>& known);
    std::vector<Issue> resumedOutputs(const std::vector<Deployment>& known, ProgramOptions& options) const;
    Result<bool> check(FlinkSession& session);
    Result<bool> giveIn(FlinkSession& session, const FlinkCheck& checked);
    Result<bool> plan(FlinkSession& session, const FlinkCheck& checked, const FlinkResume& resume,
                      PlannedProgram& planned);
    bool enterSubmitting();
    void giveUpStart(const Status& why);
    /// `validating`: of the deployment's pipeline.
    void takeUp(const Deployment& deployment, const ValidateOptions& validating);
    void takeUpAgain(const Deployment& deployment);
    Status makeFeed(const ValidateOptions& options);
    // Also by the thread of the charts.
    Result<std::shared_ptr<ChartFeed>> newFeed() const;
    void show(std::shared_ptr<ChartFeed> feed);
    bool chartsWanted() const { return m_request.charts && m_request.target.flink.charts; }

    // flink_run_watch.cpp: watches the job.
    void watch();
    bool findChartsJob(const Wants& wants);
    /// True: it is over.
    bool poll(FlinkRest& rest);
    void silent(const Status& why);
    void answered();
    ClusterState stateOf(const FlinkJob& job);
    void follow(FlinkRest& rest, const FlinkJob& job);
    void tellMissingSlots(FlinkRest& rest, const FlinkJob& job);
    void noteRestart(const FlinkJob& job);
    void readFigures(FlinkRest& rest, bool ended);
    void keepCounts(JobFigures& figures) const;
    void addChartRows(JobFigures& figures) const;
    void startCharts();
    void hearCharts(const Status& trouble);

    // flink_run_end.cpp: its end.
    void pursue(FlinkRest& rest, const Wants& wants);
    void pursueCancel(FlinkRest& rest);
    void pursueStop(FlinkRest& rest, const std::string& folder);
    void giveUpStop(Text note);
    void keepSavepoint(const std::string& path);
    void findSavepoint(FlinkRest& rest);
    void findCheckpoint(FlinkRest& rest);
    void over(FlinkRest& rest, const FlinkJob& job);
    void gone();
    Status failureOf(FlinkRest& rest) const;

    ClusterRequest m_request;
    RunBoard m_board;
    ClientGate m_gate{};
    const std::shared_ptr<Clock> m_clock = systemClock();

    // The thread's own.
    HttpServer m_gateway{}, m_jobManager{};
    FlinkProgram m_program{};
    std::string m_job{};
    ValidateOptions m_feedOptions{};  ///< of makeFeed()
    std::vector<StandingOutput> m_toReplace{};
    Pipeline m_pipeline{};  ///< as it was submitted, with the values of this run in its variables
    FlinkGraph m_graph{};
    std::optional<FlinkLayout> m_layout{};
    std::optional<FlinkCounters> m_counters{};
    JobFigures m_counted{};                         ///< their last values, without the rows of charts
    bool m_fresh = false;                           ///< submitted by this run
    bool m_alone = false;                           ///< there are only charts: their job is the job
    std::string m_word{};                           ///< the cluster's last for the state
    ClusterState m_state = ClusterState::Starting;  ///< that it stands for
    bool m_runs = false, m_ranOnce = false, m_silent = false, m_countersFailed = false;
    bool m_toldOtherPlan = false;
    int m_missed = 0;  ///< times in a row that the cluster did not know the job
    Millis m_pause = 0;
    std::int64_t m_nextCheckpoint = 0;  ///< steady
    std::int64_t m_waitsSince = 0;      ///< steady: no task was given to anybody; 0: some were
    bool m_toldSlots = false;
    std::int64_t m_failureAt = 0;  ///< of the newest that was told
    std::int64_t m_runsSince = 0;  ///< wall time: with another one all counters start from 0; 0: not told yet
    std::int64_t m_keepFrom = 0;   ///< steady: counts of before are none of the job as it runs now
    bool m_cancelAsked = false;
    std::int64_t m_cancelAskedAt = 0;  ///< steady
    Status m_cancelTrouble{};          ///< why it could not be asked for; not told yet
    std::string m_savepointRequest{}, m_savepoint{};
    int m_savepointErrors = 0;

    mutable std::mutex m_mutex{};
    std::condition_variable m_news{};
    Wants m_wants{};
    Phase m_phase = Phase::Checking;
    bool m_dirty = false;  ///< there are news for the thread
    bool m_done = false;   ///< it is over
    std::shared_ptr<ChartFeed> m_feed{};
    std::unique_ptr<FlinkChartsJob> m_charts{};
    std::thread m_thread{};
};

}  // namespace rw
