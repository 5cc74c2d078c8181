// The job that feeds the charts of a pipeline on a Flink: a query beside the job that writes, which reads the
// sources once more. Given in, read and ended by a thread of its own.
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/cluster/chart_feed.h"
#include "core/cluster/flink/flink_program.h"
#include "core/cluster/flink/flink_query.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/net/client_gate.h"

namespace rw {

class FlinkChartsJob {
 public:
    struct Setup {
        HttpServer gateway{}, jobManager{};
        FlinkProgram program{};
        std::string name{};  ///< of the pipeline
        /// Makes new pictures: a query that is submitted again reads all rows once more. Called by the job's
        /// thread.
        std::function<Result<std::shared_ptr<ChartFeed>>()> renew{};
        /// Shows these instead of those so far. Called by the job's thread when they have their first rows.
        std::function<void(std::shared_ptr<ChartFeed>)> show{};
    };
    /// Called on the job's thread when job(), over() or the reason why the charts stand still changes.
    using Told = std::function<void(const Status& trouble)>;

    FlinkChartsJob(Setup setup, std::shared_ptr<ChartFeed> feed, Told told);
    /// As end(), and waits until it has ended, some seconds at most: a job that does not answer is left then.
    ~FlinkChartsJob();
    FlinkChartsJob(const FlinkChartsJob&) = delete;
    FlinkChartsJob& operator=(const FlinkChartsJob&) = delete;

    /// Ends the query, as soon as that is without harm. Does not wait. Any thread.
    void end();
    std::string job() const;  ///< empty: not known yet. Any thread
    Instant rowsAt() const;   ///< wall time at which rows came last; 0: none have. Any thread
    bool over() const;        ///< nothing more comes of it. Any thread

 private:
    void run();
    void feed();
    Status begin(FlinkSession& session) const;
    /// How reading ended: for good, or by something that a new query may get over.
    enum class End { Over, Failed };
    End readToEnd(FlinkSession& session, const std::string& operation, FlinkRest& rest);
    End read(FlinkQuery& query, FlinkRest& rest);
    /// Nothing: there is more to read.
    std::optional<End> take(const FlinkQuery& query, const FlinkPage& page, FlinkRest& rest);
    End finish(const std::string& job, FlinkRest& rest);
    /// Says why, as long as it is to be tried again; false: it was tried often enough.
    bool mayBeginAgain(const std::string& job, const Status& why, FlinkRest& rest);
    Status add(const std::vector<ChangeRow>& rows);
    Status waitForSlot(const std::string& job, FlinkRest& rest);
    Status close(FlinkQuery& query, FlinkRest& rest);
    void know(const std::string& job);
    void tell(const Status& trouble);
    bool ending() const;
    /// Until end() is called, or so long.
    void pause(Millis millis);
    /// So long, also while it is being ended; but no longer than the destructor waits.
    bool patience(Millis millis, std::int64_t until);

    Setup m_setup;
    std::shared_ptr<ChartFeed> m_feed;  ///< the thread's own
    const Told m_told;
    const std::shared_ptr<Clock> m_clock = systemClock();
    ClientGate m_gate{};

    // The thread's own.
    Status m_trouble{}, m_noSlot{};
    bool m_stale = false;         ///< the feed has the rows of a query that failed
    int m_failures = 0;           ///< of queries, one behind the other
    std::int64_t m_began = 0;     ///< when the query was submitted, steady
    std::int64_t m_nextLook = 0;  ///< at its tasks
    bool m_runs = false;          ///< all of its tasks do
    Millis m_quiet = 0;           ///< so long no row has come
    Millis m_idle = 0;            ///< before the next look at a page

    mutable std::mutex m_mutex{};
    std::condition_variable m_news{};
    std::string m_job{};
    Instant m_rowsAt = 0;
    bool m_ending = false, m_leaving = false, m_over = false;
    std::int64_t m_leaveUntil = 0;  ///< steady
    std::thread m_thread{};
};

}  // namespace rw
