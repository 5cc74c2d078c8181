#include <map>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/target_lookup.h"
#include "core/cluster/deployment_store.h"
#include "core/cluster/flink_rest.h"
#include "core/cluster/target_file.h"
#include "core/data/text.h"
#include "core/pipeline/json_layout.h"

namespace rw::cli {

namespace {

/// What a cluster tells of its jobs now.
struct JobsThere {
    Status silence{};
    std::map<std::string, std::string> states{};
};

/// A job as it is listed.
struct ListedJob {
    Deployment record{};
    std::string state{};
    bool certain = false;  ///< the cluster told it just now, or it is over
};

/// A list should not wait long for a cluster that is away.
JobsThere askForJobs(const Result<Target>& target) {
    JobsThere there;
    if (!target.ok()) {
        there.silence = target.status();
        return there;
    }
    Result<HttpServer> server = jobManagerOf(*target, secretSource());
    if (!server.ok()) {
        there.silence = server.status();
        return there;
    }
    server->connectWithin = 3'000;
    server->answerWithin = 10'000;
    server->tries = 1;
    const Result<std::vector<FlinkJob>> jobs = FlinkRest(*server).jobs();
    if (!jobs.ok()) there.silence = jobs.status();
    if (jobs.ok()) {
        for (const FlinkJob& job : *jobs) there.states[job.id] = job.state;
    }
    return there;
}

ListedJob listed(const Deployment& record, const std::map<std::string, JobsThere>& clusters) {
    ListedJob job{record, record.state, record.ended != 0};
    const auto cluster = clusters.find(record.target);
    if (record.ended != 0 || cluster == clusters.end() || !cluster->second.silence.ok()) return job;
    const auto state = cluster->second.states.find(record.job);
    job.state = state == cluster->second.states.end() ? "GONE" : state->second;
    job.certain = true;
    return job;
}

/// UTC, to the second.
std::string momentText(Instant at) {
    if (at == 0) return {};
    std::string text;
    appendTimestamp(text, at);
    return text.substr(0, text.rfind('.'));
}

std::string whatRuns(const Deployment& record) {
    if (!record.file.empty()) return record.file;
    return record.pipeline.name.empty() ? "(never saved)" : record.pipeline.name;
}

Json jobJson(const ListedJob& job) {
    Json savepoints = Json::array();
    for (const Savepoint& savepoint : job.record.savepoints)
        savepoints.push_back({{"path", savepoint.path}, {"at", momentText(savepoint.at)}});
    return {{"job", job.record.job},
            {"target", job.record.target},
            {"state", job.state},
            {"last_known", !job.certain},
            {"started", momentText(job.record.started)},
            {"ended", momentText(job.record.ended)},
            {"file", job.record.file},
            {"name", job.record.pipeline.name},
            {"resumed_from", job.record.resumedFrom},
            {"savepoints", std::move(savepoints)}};
}

Status printJobs(const std::vector<ListedJob>& jobs, bool json) {
    if (json) {
        Json all = Json::array();
        for (const ListedJob& job : jobs) all.push_back(jobJson(job));
        return writeOut(indented(all) + "\n");
    }
    if (jobs.empty()) {
        printMessage("note", "no pipeline was given to a cluster from here");
        return {};
    }
    std::vector<std::vector<std::string>> rows{{"JOB", "STATE", "TARGET", "STARTED (UTC)", "PIPELINE"}};
    for (const ListedJob& job : jobs) {
        const std::string state = job.certain ? job.state : job.state + " (last known)";
        rows.push_back(
            {job.record.job, state, job.record.target, momentText(job.record.started), whatRuns(job.record)});
    }
    return writeOut(tableText(rows));
}

}  // namespace

int jobs(const JobsCommand& command) {
    const Result<std::vector<Target>> targets = readTargets();
    if (!targets.ok()) {
        printMessage("error", english(targets.error()));
        return 2;
    }
    if (!command.target.empty()) {
        if (const auto named = targetOfRecord(*targets, command.target); !named.ok()) {
            printMessage("error", english(named.error()));
            return 2;
        }
    }
    std::vector<std::string> unreadable;
    std::vector<Deployment> records = DeploymentStore().all(&unreadable);
    for (const std::string& name : unreadable)
        printMessage("warning", "“" + name + "” in " + deploymentsPath() + " is no record of a job");
    std::erase_if(records, [&](const Deployment& record) {
        return !command.target.empty() && record.target != command.target;
    });
    std::map<std::string, JobsThere> clusters;
    for (const Deployment& record : records) {
        if (record.ended == 0 && !clusters.contains(record.target))
            clusters[record.target] = askForJobs(targetOfRecord(*targets, record.target));
    }
    bool silent = false;
    for (const auto& [name, cluster] : clusters) {
        if (cluster.silence.ok()) continue;
        silent = true;
        printMessage("warning", name + ": " + english(cluster.silence.error()));
    }
    std::vector<ListedJob> all;
    for (const Deployment& record : records) all.push_back(listed(record, clusters));
    if (const Status told = printJobs(all, command.json); !told.ok()) {
        printMessage("error", english(told.error()));
        return 1;
    }
    return silent ? 1 : 0;
}

}  // namespace rw::cli
