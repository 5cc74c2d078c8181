#include "core/cluster/flink/flink_rest.h"

#include <algorithm>

#include "core/cluster/flink_trace.h"
#include "core/cluster/json_members.h"

namespace rw {

namespace {

constexpr Millis kLookEvery = 50;

FlinkJob readJob(const Json& json) {
    FlinkJob job;
    job.id = textIn(json, "jid");
    job.name = textIn(json, "name");
    job.state = textIn(json, "state");
    job.started = integerIn(json, "start-time");
    job.runsSince = std::max<std::int64_t>(integerIn(memberOf(json, "timestamps"), "RUNNING"), 0);
    job.over = std::max<std::int64_t>(integerIn(json, "end-time"), 0);
    for (const Json& vertex : memberOf(json, "vertices")) {
        const Json& metrics = memberOf(vertex, "metrics");
        job.vertices.push_back({textIn(vertex, "id"), textIn(vertex, "name"), textIn(vertex, "status"),
                                integerIn(vertex, "parallelism"), integerIn(metrics, "read-records"),
                                integerIn(metrics, "write-records")});
    }
    return job;
}

/// A JobManager says so of jobs; a proxy, or another server, words a missing resource differently.
bool isUnknownJob(const HttpAnswer& answer) {
    if (answer.status != 404) return false;
    const std::string said = errorsOf(answer);
    return said != answer.body && said.find("Job") != std::string::npos;
}

}  // namespace

bool FlinkJob::allRun() const {
    return ended() ||
           (!vertices.empty() && std::all_of(vertices.begin(), vertices.end(), [](const FlinkVertex& vertex) {
               return vertex.state == "RUNNING" || vertex.state == "FINISHED";
           }));
}

bool FlinkJob::noneRuns() const {
    return !vertices.empty() && std::all_of(vertices.begin(), vertices.end(), [](const FlinkVertex& vertex) {
        return vertex.state == "CREATED" || vertex.state == "SCHEDULED";
    });
}

Result<FlinkOverview> FlinkRest::overview() {
    RW_TRY_ASSIGN(const Json json, m_http.get("/overview"));
    FlinkOverview overview;
    overview.version = textIn(json, "flink-version");
    if (overview.version.empty()) return lacking(m_http.server(), "flink-version");
    overview.taskManagers = integerIn(json, "taskmanagers");
    overview.allSlots = integerIn(json, "slots-total");
    overview.freeSlots = integerIn(json, "slots-available");
    overview.running = integerIn(json, "jobs-running");
    return overview;
}

Result<std::vector<FlinkJob>> FlinkRest::jobs() {
    RW_TRY_ASSIGN(const Json json, m_http.get("/jobs/overview"));
    const Json& list = memberOf(json, "jobs");
    if (!list.is_array()) return lacking(m_http.server(), "jobs");
    std::vector<FlinkJob> jobs;
    for (const Json& job : list) jobs.push_back(readJob(job));
    return jobs;
}

Result<FlinkJob> FlinkRest::job(const std::string& id) {
    RW_TRY_ASSIGN(const Json json, m_http.get("/jobs/" + id));
    FlinkJob job = readJob(json);
    if (job.state.empty()) return lacking(m_http.server(), "state");
    return job;
}

Result<std::optional<FlinkJob>> FlinkRest::find(const std::string& id) {
    RW_TRY_ASSIGN(const HttpAnswer answer, m_http.send(HttpMethod::Get, "/jobs/" + id));
    if (isUnknownJob(answer)) return std::optional<FlinkJob>();
    if (answer.status >= 400) return refusedAnswer(m_http.server(), answer);
    RW_TRY_ASSIGN(const Json json, jsonOf(m_http.server(), answer));
    FlinkJob job = readJob(json);
    if (job.state.empty()) return lacking(m_http.server(), "state");
    return std::optional<FlinkJob>(std::move(job));
}

Result<FlinkFailure> FlinkRest::failure(const std::string& id) {
    RW_TRY_ASSIGN(const Json json, m_http.get("/jobs/" + id + "/exceptions"));
    const Json& entries = memberOf(memberOf(json, "exceptionHistory"), "entries");
    if (!entries.is_array() || entries.empty()) return FlinkFailure{};
    return FlinkFailure{textIn(entries.front(), "taskName"),
                        innermostCause(textIn(entries.front(), "stacktrace")),
                        integerIn(entries.front(), "timestamp")};
}

Status FlinkRest::cancelJob(const std::string& id) {
    return m_http.ask(HttpMethod::Patch, "/jobs/" + id + "?mode=cancel").status();
}

Result<std::string> FlinkRest::stopJob(const std::string& id, const std::string& savepointFolder) {
    Json body = Json::object();
    body["drain"] = false;
    if (!savepointFolder.empty()) body["targetDirectory"] = savepointFolder;
    RW_TRY_ASSIGN(const HttpAnswer answer,
                  m_http.send(HttpMethod::Post, fmt::format("/jobs/{}/stop", id), body));
    if (answer.status >= 400) {
        Error refused = refusedAnswer(m_http.server(), answer).error();
        refused.code = ErrorCode::Invalid;
        return Status(std::move(refused));
    }
    RW_TRY_ASSIGN(const Json json, jsonOf(m_http.server(), answer));
    std::string request = textIn(json, "request-id");
    if (request.empty()) return lacking(m_http.server(), "request-id");
    return request;
}

Result<FlinkSavepoint> FlinkRest::savepoint(const std::string& id, const std::string& request) {
    RW_TRY_ASSIGN(const Json json, m_http.get(fmt::format("/jobs/{}/savepoints/{}", id, request)));
    const std::string status = textIn(memberOf(json, "status"), "id");
    if (status.empty()) return lacking(m_http.server(), "status");
    FlinkSavepoint savepoint;
    savepoint.done = status == "COMPLETED";
    if (!savepoint.done) return savepoint;
    const Json& operation = memberOf(json, "operation");
    savepoint.path = textIn(operation, "location");
    if (!savepoint.path.empty()) return savepoint;
    savepoint.cause = innermostCause(textIn(memberOf(operation, "failure-cause"), "stack-trace"));
    if (savepoint.cause.empty()) return lacking(m_http.server(), "location");
    return savepoint;
}

Result<std::string> FlinkRest::lastSavepoint(const std::string& id) {
    RW_TRY_ASSIGN(const Json json, m_http.get(fmt::format("/jobs/{}/checkpoints", id)));
    const Json& savepoint = memberOf(memberOf(json, "latest"), "savepoint");
    // One that was made while the job went on has another type.
    if (textIn(savepoint, "checkpoint_type") != "SYNC_SAVEPOINT") return std::string();
    return textIn(savepoint, "external_path");
}

Result<FlinkRest::KeptCheckpoint> FlinkRest::keptCheckpoint(const std::string& id) {
    RW_TRY_ASSIGN(const Json json, m_http.get(fmt::format("/jobs/{}/checkpoints", id)));
    const Json& newest = memberOf(memberOf(json, "latest"), "completed");
    const Json& discarded = memberOf(newest, "discarded");
    if (discarded.is_boolean() && discarded.get<bool>()) return KeptCheckpoint{};
    KeptCheckpoint kept{textIn(newest, "external_path"), integerIn(newest, "latest_ack_timestamp")};
    // Where checkpoints lie in memory alone Flink writes so.
    if (kept.path.starts_with('<')) return KeptCheckpoint{};
    return kept;
}

Result<FlinkJob> FlinkRest::await(const std::string& id, Millis within, bool (FlinkJob::*reached)() const) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    for (;;) {
        RW_TRY_ASSIGN(FlinkJob now, job(id));
        if ((now.*reached)()) return now;
        if (clock->steadyMillis() + kLookEvery > until)
            return Status(
                ErrorCode::Io,
                RW_TEXT("cluster", "The job “%1” on Flink is still %2.").with(now.name, now.state),
                RW_TEXT("cluster", "See in Flink's web page what it waits for; a free slot, most often."));
        RW_TRY(m_http.pause(kLookEvery));
    }
}

Status FlinkRest::awaitRunning(const std::string& id, Millis within) {
    return await(id, within, &FlinkJob::allRun).status();
}

Result<FlinkJob> FlinkRest::awaitEnd(const std::string& id, Millis within) {
    return await(id, within, &FlinkJob::ended);
}

}  // namespace rw
