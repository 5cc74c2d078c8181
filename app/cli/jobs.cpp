#include <algorithm>
#include <map>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/kept_on_clusters.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/secrets/ask_tokens.h"
#include "app/cli/target_lookup.h"
#include "core/base/table_text.h"
#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"
#include "core/cluster/job_words.h"
#include "core/cluster/target_file.h"
#include "core/cluster/targets/known_jobs.h"
#include "core/data/text.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

/// In the cluster's word, but for jobs that it forgot, and runs that ended with their program.
std::string stateText(const KnownJob& job) {
    if (job.answer == KnownJob::Answer::EndedWithUs) return "ENDED";
    const std::string last = job.answer == KnownJob::Answer::Known ? job.state : job.deployment.state;
    const bool gone =
        job.answer == KnownJob::Answer::Forgotten || (job.deployment.ended != 0 && !isEndState(last));
    return gone ? "GONE" : last;
}

/// It could not be asked for.
bool isUnsure(const KnownJob& job) {
    return job.answer == KnownJob::Answer::Silent || job.answer == KnownJob::Answer::NoTarget;
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

Json jobJson(const KnownJob& job) {
    Json savepoints = Json::array();
    for (const Savepoint& savepoint : job.deployment.savepoints)
        savepoints.push_back({{"path", savepoint.path},
                              {"at", momentText(savepoint.at)},
                              {"checkpoint", savepoint.checkpoint}});
    return {{"job", job.deployment.job},
            {"target", job.deployment.target},
            {"state", stateText(job)},
            {"last_known", isUnsure(job)},
            {"started", momentText(job.deployment.started)},
            {"ended", momentText(job.deployment.ended)},
            {"file", job.deployment.file},
            {"name", job.deployment.pipeline.name},
            {"resumed_from", job.deployment.resumedFrom},
            {"savepoints", std::move(savepoints)}};
}

Status printJobs(const std::vector<KnownJob>& jobs, bool json) {
    if (json) {
        Json all = Json::array();
        for (const KnownJob& job : jobs) all.push_back(jobJson(job));
        return writeOut(indented(all) + "\n");
    }
    if (jobs.empty()) {
        printMessage("note", "no pipeline was given to a cluster from here");
        return {};
    }
    std::vector<std::vector<std::string>> rows{{"JOB", "STATE", "TARGET", "STARTED (UTC)", "PIPELINE"}};
    for (const KnownJob& job : jobs) {
        const std::string state = stateText(job) + (isUnsure(job) ? " (last known)" : "");
        rows.push_back({job.deployment.job, state, job.deployment.target, momentText(job.deployment.started),
                        whatRuns(job.deployment)});
    }
    return writeOut(tableText(rows));
}

/// Those whose clusters have to tell of a job. One that its cluster did not know once is asked for, too, but
/// that it can't be is no news: nobody has to type a secret for it.
std::vector<Target> neededTargets(const std::vector<Deployment>& records,
                                  const std::vector<Target>& targets) {
    std::vector<Target> needed;
    for (const Target& target : targets) {
        const bool isNeeded =
            std::any_of(records.begin(), records.end(), [&target](const Deployment& record) {
                return record.ended == 0 && outlivesUs(record.engine) && record.engine == target.engine &&
                       record.target == target.name;
            });
        if (isNeeded) needed.push_back(target);
    }
    return needed;
}

/// Their records, with the ends that nobody saw.
std::vector<Deployment> recordsOf(const std::vector<KnownJob>& jobs) {
    std::vector<Deployment> records;
    for (const KnownJob& job : jobs) {
        Deployment& record = records.emplace_back(job.deployment);
        if (!job.mayRun() && !job.runs() && record.ended == 0) record.ended = systemClock()->now();
    }
    return records;
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
    std::vector<Target> asked = *targets;
    if (!targetNamed(asked, kLocalTarget).ok()) asked.push_back(localTarget());
    const SecretSource secrets = secretSource();
    askForTokensOfList(neededTargets(records, asked), secrets);
    const std::vector<KnownJob> all = JobInquiry(secrets).ask(std::move(records), asked);
    std::map<std::string, std::string> troubles;  // of each target one
    for (const KnownJob& job : all) {
        if (isUnsure(job))
            troubles[job.deployment.target] = job.connectionProblem.ok()
                                                  ? "there is no such target any more"
                                                  : english(job.connectionProblem.error());
    }
    for (const auto& [target, trouble] : troubles) printMessage("warning", target + ": " + trouble);
    if (const Status told = printJobs(all, command.json); !told.ok()) {
        printMessage("error", english(told.error()));
        return 1;
    }
    if (!command.json) tellKept(recordsOf(all));
    return troubles.empty() ? 0 : 1;
}

}  // namespace rw::cli
