#include "app/cli/cluster_watch.h"
#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/secrets/ask_tokens.h"
#include "app/cli/signals.h"
#include "app/cli/target_lookup.h"
#include "core/base/table_text.h"
#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"
#include "core/cluster/job_words.h"
#include "core/cluster/target_file.h"
#include "core/cluster/targets/known_jobs.h"

namespace rw::cli {

namespace {

/// The one job that the words mean.
Result<Deployment> jobMeant(const CancelCommand& command) {
    std::vector<Deployment> meant;
    std::string ids;
    for (Deployment& record : DeploymentStore().all()) {
        if (!record.job.starts_with(command.job)) continue;
        if (!command.target.empty() && record.target != command.target) continue;
        if (record.job == command.job) return std::move(record);
        ids += (ids.empty() ? "" : ", ") + record.job;
        meant.push_back(std::move(record));
    }
    if (meant.size() == 1) return std::move(meant.front());
    if (meant.empty())
        return Status(ErrorCode::NotFound,
                      RW_TEXT("cli", "No job that was given to a cluster from here begins with “%1”.")
                          .with(command.job),
                      RW_TEXT("cli", "“rillwright jobs” lists them."));
    return Status(ErrorCode::Invalid,
                  RW_TEXT("cli", "Several jobs begin with “%1”: %2.").with(command.job, ids),
                  RW_TEXT("cli", "Write more of its id."));
}

int failCancel(const Status& status, int exit) {
    printMessage("error", english(status.error()));
    return exit;
}

/// It was over before: that is a success, unless there was to be a savepoint.
int tellOver(const CancelCommand& command, const std::string& state) {
    printMessage(command.savepoint ? "error" : "done", "the job was over already: " + state);
    return command.savepoint ? 1 : 0;
}

/// A run that is a process of the program that began it, which alone can end it.
int tellOthers(const CancelCommand& command, const Deployment& record) {
    if (!knownHere(record).runs()) {
        printMessage("done", "the run was over already: it ended with the program that began it");
        if (command.savepoint && !record.savepoints.empty())
            return writeOut(printable(record.savepoints.back().path) + "\n").ok() ? 0 : 1;
        return command.savepoint ? 1 : 0;
    }
    return failCancel(
        Status(ErrorCode::Invalid,
               RW_TEXT("cli", "The run %1 of %2 belongs to another program.")
                   .with(record.job, engineName(record.engine)),
               RW_TEXT("cli", "End it there: by Stop in the window, or by Ctrl+C in the terminal.")),
        1);
}

int tellEnded(const CancelCommand& command, const ClusterStatus& look) {
    if (!look.savepoint.empty()) {
        printMessage("stopped", "the job ended with a savepoint");
        const Status told = writeOut(printable(look.savepoint) + "\n");
        return told.ok() ? 0 : failCancel(told, 1);
    }
    switch (look.state) {
        case ClusterState::Stopped:
            printMessage("stopped",
                         command.savepoint ? "the job ended, without a savepoint" : "the job was cancelled");
            if (!look.keptCheckpoint.empty())
                printMessage("kept", "its newest checkpoint, to resume: --savepoint " + look.keptCheckpoint);
            return command.savepoint ? 1 : 0;
        case ClusterState::Finished:
            return tellOver(command, look.jobState);
        case ClusterState::Failed:
            return failCancel(look.failure, 1);
        case ClusterState::Gone:
            printMessage("error", "the cluster does not know the job any more. Did it start anew?");
            return 1;
        default:
            printMessage("error", "the job goes on: it could not be stopped so");
            return 1;
    }
}

}  // namespace

int cancel(const CancelCommand& command) {
    const Result<std::vector<Target>> targets = readTargets();
    if (!targets.ok()) return failCancel(targets.status(), 2);
    const Result<Deployment> record = jobMeant(command);
    if (!record.ok()) return failCancel(record.status(), 2);
    // One that its cluster did not know once may run again.
    if (record->ended != 0 && (isEndState(record->state) || !outlivesUs(record->engine)))
        return tellOver(command, record->state);
    if (!outlivesUs(record->engine)) return tellOthers(command, *record);
    const Result<Target> target = targetOfRecord(*targets, record->target);
    if (!target.ok()) return failCancel(target.status(), 2);

    ClusterRequest request;
    request.target = *target;
    request.secrets = secretSource();
    request.catalogue = std::shared_ptr<const Catalogue>(std::shared_ptr<const Catalogue>(), &catalogue());
    request.charts = false;
    if (!askForTokens({request.target}, request.secrets, "not cancelled")) return 2;
    catchSignals();  // until here the cluster was asked for nothing
    const std::unique_ptr<ClusterRun> run = watchOnTarget(std::move(request), *record);
    if (command.savepoint) {
        run->stop(command.folder);
    } else {
        run->cancel();
    }
    // A savepoint that can't be made leaves the job running.
    bool stopping = false;
    WatchOptions options;
    options.enough = [&stopping](const ClusterStatus& look) {
        stopping = stopping || look.state == ClusterState::Stopping;
        return stopping && look.state == ClusterState::Running;
    };
    const Watched watched = watchRun(*run, options);
    if (watched.end == Watched::End::Silent) return failCancel(watched.look.connectionProblem, 1);
    if (watched.end == Watched::End::Seen) return tellEnded(command, watched.look);
    printMessage("left", "the job was asked to end; “rillwright jobs” tells whether it did");
    return 1;
}

}  // namespace rw::cli
