// The job that feeds the charts of a pipeline on a Flink: a query beside the job that writes, which reads the
// sources once more. Given in, read and ended by a thread of its own.
#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/cluster/flink/chart_feed.h"
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
    };
    /// Told on the job's thread when job(), over() or what keeps the charts from moving changes.
    using Told = std::function<void(const Status& trouble)>;

    FlinkChartsJob(Setup setup, std::shared_ptr<ChartFeed> feed, Told told);
    /// As end(), and waits until it has ended, some seconds at most: what does not answer is left then.
    ~FlinkChartsJob();
    FlinkChartsJob(const FlinkChartsJob&) = delete;
    FlinkChartsJob& operator=(const FlinkChartsJob&) = delete;

    /// Ends the query, as soon as that is without harm. Does not wait. Any thread.
    void end();
    std::string job() const;  ///< empty: not known yet. Any thread
    bool over() const;        ///< nothing more comes of it. Any thread

 private:
    void run();
    void feed();
    Status begin(FlinkSession& session) const;
    void readToEnd(FlinkSession& session, const std::string& operation, FlinkRest& rest);
    void read(FlinkQuery& query, FlinkRest& rest);
    /// False: nothing more is to be read.
    bool take(const FlinkQuery& query, const FlinkPage& page, FlinkRest& rest);
    void finish(const std::string& job, FlinkRest& rest);
    Status waitForSlot(const std::string& job, FlinkRest& rest);
    Status close(FlinkQuery& query, FlinkRest& rest);
    void know(const std::string& job);
    void tell(const Status& trouble);
    bool ending() const;
    /// Until somebody ends the job, or so long.
    void pause(Millis millis);
    /// So long, also while it is being ended; but no longer than the destructor waits.
    bool patience(Millis millis, std::int64_t until);

    Setup m_setup;
    const std::shared_ptr<ChartFeed> m_feed;
    const Told m_told;
    const std::shared_ptr<Clock> m_clock = systemClock();
    ClientGate m_gate{};

    // The thread's own.
    Status m_trouble{}, m_noSlot{};
    std::int64_t m_began = 0;     ///< when the query was given in, steady
    std::int64_t m_nextLook = 0;  ///< at its tasks
    bool m_runs = false;          ///< all of its tasks do
    Millis m_quiet = 0;           ///< so long no row has come
    Millis m_idle = 0;            ///< before the next look at a page

    mutable std::mutex m_mutex{};
    std::condition_variable m_news{};
    std::string m_job{};
    bool m_ending = false, m_leaving = false, m_over = false;
    std::int64_t m_leaveUntil = 0;  ///< steady
    std::thread m_thread{};
};

}  // namespace rw
