// A session of Flink's SQL gateway (REST, v3): statements go in, pages of results come out.
//
//     RW_TRY_ASSIGN(const auto session, FlinkSession::open({.address = "http://127.0.0.1:8083"}));
//     RW_TRY_ASSIGN(const FlinkTable table, session->run("SHOW TABLES"));
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/flink/flink_page.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink_trace.h"
#include "core/cluster/json_client.h"

namespace rw {

using FlinkSettings = std::map<std::string, std::string>;  ///< “parallelism.default” → “2”

/// The whole result of a statement.
struct FlinkTable {
    std::vector<FlinkColumn> columns{};
    std::vector<ChangeRow> rows{};
    std::string job{};
    bool updating() const;  ///< rows are changed or withdrawn
};

/// How long a statement that ends by itself may take.
inline constexpr Millis kFlinkStatementWithin = 120'000;
/// How many rows a result may have that is kept whole.
inline constexpr std::size_t kFlinkMostRows = 1'000'000;

class FlinkQuery;

/// Single-threaded, but for http().cancel().
class FlinkSession {
 public:
    static Result<std::unique_ptr<FlinkSession>> open(HttpServer gateway, const FlinkSettings& settings = {});
    /// In two steps, so that begin() can be cancelled, too: nothing else may be asked before it.
    static std::unique_ptr<FlinkSession> unopened(HttpServer gateway);
    Status begin(const FlinkSettings& settings = {});

    /// Lets run() and startJob() end the jobs that they give up: after an error, too late or cancelled. Only its
    /// JobManager knows whether a job can be ended without harm; without one, jobs that are given up keep their
    /// slots. Gives the client that asks it, so that it can be cancelled, too.
    JsonClient& endJobsAt(HttpServer jobManager) {
        m_jobManager = std::make_unique<FlinkRest>(std::move(jobManager));
        return m_jobManager->http();
    }
    /// “2.3.0”.
    Result<std::string> version();
    /// Gives a statement in; the operation that its results are asked for by. `settings`: for it alone.
    Result<std::string> submit(const std::string& sql, const FlinkSettings& settings = {});
    /// One page, as it stands for the moment. A page may be asked for twice: it is the same.
    Result<FlinkPage> page(const std::string& operation, std::int64_t number);
    /// A statement to its end, with all its rows: CREATE, SET, EXPLAIN, or a query that ends. One that
    /// goes on is an error after that time, or as soon as it has more rows than `mostRows`.
    Result<FlinkTable> run(const std::string& sql, const FlinkSettings& settings = {},
                           Millis within = kFlinkStatementWithin, std::size_t mostRows = kFlinkMostRows);
    /// INSERT or a statement set: the id of its job, as soon as the cluster has it.
    Result<std::string> startJob(const std::string& sql, const FlinkSettings& settings = {},
                                 Millis within = kFlinkStatementWithin);
    /// Ends an operation, and the job of a query. Not before that runs: FlinkQuery::close() sees to it.
    Status closeOperation(const std::string& operation);
    /// Without it the gateway forgets a session after ten minutes in which nothing was asked.
    Status keepAlive();
    /// Forgets all of its tables and views. Jobs of INSERTs go on. Waits some seconds at most, and does
    /// nothing while there is a query that was given up too young to be ended, which would end with it: the
    /// gateway closes the session after ten minutes.
    Status close();

    /// Where in the statement the last error was; nothing: it did not say.
    const std::optional<SqlPlace>& place() const { return m_place; }
    /// The gateway's error on the last statement, all lines of it; empty: none, or the error was that it did
    /// not answer.
    const std::string& refusal() const { return m_refusal; }
    JsonClient& http() { return m_http; }

 private:
    explicit FlinkSession(HttpServer gateway) : m_http(std::move(gateway)) {}
    /// As JsonClient::ask(), but a refusal is told in the words of its planner.
    Result<Json> ask(HttpMethod method, const std::string& path, const Json& body = {});

    Result<FlinkTable> collect(FlinkQuery& query, Millis within, std::size_t mostRows);
    Result<std::string> awaitJob(FlinkQuery& query, Millis within);
    /// Ends a query whose caller has given it up; cancelled clients, place() and refusal() stay as they are.
    void abandon(FlinkQuery& query, Millis within);

    JsonClient m_http;
    std::unique_ptr<FlinkRest> m_jobManager{};
    bool m_left = false;   ///< there is a query that could not be ended
    std::string m_base{};  ///< “/v3/sessions/…”
    std::optional<SqlPlace> m_place{};
    std::string m_refusal{};
};

}  // namespace rw
