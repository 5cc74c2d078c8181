// Flink's JobManager (REST): its overview, and the states of its jobs.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cluster/job_words.h"
#include "core/cluster/json_client.h"

namespace rw {

struct FlinkOverview {
    std::string version{};  ///< “2.3.0”
    std::int64_t taskManagers = 0, allSlots = 0, freeSlots = 0;
    std::int64_t running = 0;  ///< jobs
};

struct FlinkVertex {
    std::string id{}, name{};
    std::string state{};  ///< CREATED, SCHEDULED, DEPLOYING, INITIALIZING, RUNNING, FINISHED …
    std::int64_t parallelism = 0;
    std::int64_t readRows = 0, writtenRows = 0;
};

struct FlinkJob {
    std::string id{}, name{};
    std::string state{};  ///< CREATED, RUNNING, RESTARTING, FINISHED, FAILED, CANCELED …
    std::int64_t started = 0;
    std::int64_t runsSince = 0;           ///< wall time: changes when it is restarted; 0: not known
    std::int64_t over = 0;                ///< wall time of its end; 0: it has none, or it is not known
    std::vector<FlinkVertex> vertices{};  ///< only FlinkRest::job() and find() tell them
    bool ended() const { return isEndState(state); }
    bool allRun() const;    ///< every vertex does, or is done: a job says that it runs much earlier
    bool noneRuns() const;  ///< vertices are known, and none has been given to a TaskManager yet
};

/// Why a job failed, or was started again.
struct FlinkFailure {
    std::string task{};   ///< often empty
    std::string cause{};  ///< the innermost message; empty: it did not fail
    std::int64_t at = 0;  ///< wall time
};

/// The state of a savepoint that was asked for.
struct FlinkSavepoint {
    bool done = false;
    std::string path{};   ///< as the cluster names it; empty: there is none
    std::string cause{};  ///< why not, when it is done without one
};

/// Single-threaded, but for http().cancel().
class FlinkRest {
 public:
    explicit FlinkRest(HttpServer jobManager) : m_http(std::move(jobManager)) {}

    Result<FlinkOverview> overview();
    Result<std::vector<FlinkJob>> jobs();
    Result<FlinkJob> job(const std::string& id);
    /// As job(); nothing: this is a JobManager, but it does not know the job.
    Result<std::optional<FlinkJob>> find(const std::string& id);
    /// The newest of its failures.
    Result<FlinkFailure> failure(const std::string& id);
    /// Asks for it; the job is over some seconds later. Not a query's, which FlinkQuery::close() ends.
    Status cancelJob(const std::string& id);
    /// Asks for the end of a job with a savepoint in that folder of the cluster's; empty: its own default.
    /// Gives the number under which savepoint() tells its state. ErrorCode::Invalid: it is refused; after any
    /// other error it may be made all the same.
    Result<std::string> stopJob(const std::string& id, const std::string& savepointFolder = {});
    Result<FlinkSavepoint> savepoint(const std::string& id, const std::string& request);
    /// The savepoint with which a job ended, no matter which client asked for it; empty: it ended without.
    Result<std::string> lastSavepoint(const std::string& id);
    /// The newest checkpoint of a job that is still there after its end, and when it was made; empty: none
    /// is.
    struct KeptCheckpoint {
        std::string path{};
        std::int64_t at = 0;  ///< wall time
    };
    Result<KeptCheckpoint> keptCheckpoint(const std::string& id);
    /// Until every vertex runs, or the job is over.
    Status awaitRunning(const std::string& id, Millis within);
    /// The job as it is when it is over.
    Result<FlinkJob> awaitEnd(const std::string& id, Millis within);

    JsonClient& http() { return m_http; }

 private:
    Result<FlinkJob> await(const std::string& id, Millis within, bool (FlinkJob::*reached)() const);

    JsonClient m_http;
};

}  // namespace rw
