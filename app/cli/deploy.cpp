#include <fmt/format.h>

#include <cstdio>

#include "app/cli/allowed_connections.h"
#include "app/cli/cluster_progress.h"
#include "app/cli/cluster_watch.h"
#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/secrets/ask_secrets.h"
#include "app/cli/secrets/hidden_line.h"
#include "app/cli/signals.h"
#include "app/cli/target_lookup.h"
#include "app/cli/verdicts.h"
#include "core/base/table_text.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/unheld_secrets.h"
#include "core/connect/connections/connection_file.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

constexpr Millis kEndLook = 100;  ///< between two looks at a run that ends

/// The content of --json at the end.
struct DeployStory {
    std::string target{}, job{};
    ClusterState state = ClusterState::Refused;
    Pipeline pipeline{};
    Translation verdicts{};
    std::vector<Issue> issues{};
    Status failure{};
};

Json storyJson(const DeployStory& story) {
    Json all = Json::object();
    all["job"] = story.job.empty() ? Json() : Json(story.job);
    all["target"] = story.target;
    all["state"] = stateWord(story.state);
    all.update(verdictsJson(story.pipeline, story.verdicts));
    all["issues"] = Json::array();
    for (const Issue& issue : story.issues) all["issues"].push_back(issueJson(issue));
    all["error"] = story.failure.ok() ? Json() : Json(english(story.failure.error()));
    return all;
}

int failDeploy(const Status& status, int exit) {
    printMessage("error", english(status.error()));
    return exit;
}

/// Prints the object, if there is to be one; gives the exit status.
int endDeploy(const DeployCommand& command, const DeployStory& story, int exit) {
    if (!command.json) return exit;
    const Status told = writeOut(indented(storyJson(story)) + "\n");
    return told.ok() ? exit : failDeploy(told, exit == 0 ? 1 : exit);
}

/// To deploy a pipeline is to consent to it.
bool isTrusted(const DeployCommand& command) {
    return command.pipeline.trusted || !command.dryRun;
}

/// Prints the issues. `options` as they are afterwards allow no more looks at files.
Validated checked(const Loaded& loaded, const DeployCommand& command, ValidateOptions& options) {
    PipelineOptions asked = command.pipeline;
    asked.trusted = isTrusted(command);
    return look(loaded.pipeline, asked, options);
}

/// Why nothing is sent; success: it may be.
Status checkProgram(const ClusterRequest& request, DeployStory& story) {
    const Status status = backendOf(request.target.engine).checkProgram(request, story.verdicts);
    printVerdicts(story.pipeline, story.verdicts);
    return status;
}

/// Asks the person at the terminal, where there is one, for what nothing holds; without a terminal the
/// message of the run says what it lacks. False: one was not typed, and nothing is to be sent.
bool askForUnheld(ClusterRequest& request, const Validated& validated) {
    if (!isAttended()) return true;
    request.connections = connectionsIn(connectionsPath(), request.secrets);
    std::vector<NeededSecret> needed = neededSecrets(request.pipeline, *request.catalogue, request.validate,
                                                     validated, *request.connections);
    return askForTyped(unheldSecrets(request.target, request.secrets, std::move(needed), request.connections),
                       request.checkOnly ? "not checked" : "not deployed");
}

/// How the job can be ended from here.
std::string howToCancel(const std::string& job) {
    return "rillwright cancel " + job;
}

int tellLeft(const ClusterStatus& look) {
    if (!look.job.empty()) {
        printMessage("left", "the job goes on. To end it: " + howToCancel(look.job));
    } else if (isOver(look.state)) {
        printMessage("stopped", "nothing was given in");
    } else {
        printMessage("left",
                     "the job was just being given in; “rillwright jobs” tells whether the cluster has it");
    }
    return 1;
}

/// A run that ends with this program is ended here, so that its checkpoint is whole.
int tellEnded(ClusterRun& run) {
    run.stop({});
    while (!isOver(run.look().state)) systemClock()->sleep(kEndLook);
    const std::string checkpoint = run.look().savepoint;
    printMessage("stopped", checkpoint.empty() ? "nothing was begun" : "to resume: --savepoint " + checkpoint);
    return 1;
}

int tellSilent(const ClusterStatus& look) {
    printMessage("error", english(look.connectionProblem.error()));
    if (!look.job.empty())
        printMessage("left",
                     "the job may go on. To end it, once the cluster answers: " + howToCancel(look.job));
    return 1;
}

int tellSeen(const DeployCommand& command, const ClusterStatus& look) {
    switch (look.state) {
        case ClusterState::Finished:
            printMessage("done", command.dryRun ? "the cluster would take it; nothing was started"
                                                : "all sources ended");
            return 0;
        case ClusterState::Refused:
            printIssues(look.issues);
            return 2;
        case ClusterState::Failed:
            printMessage("error", english(look.failure.error()));
            if (!look.savepoint.empty()) printMessage("kept", "to resume: --savepoint " + look.savepoint);
            if (!look.keptCheckpoint.empty())
                printMessage("kept", "to resume: --savepoint " + look.keptCheckpoint);
            return 1;
        case ClusterState::Stopped:
            printMessage("stopped", look.savepoint.empty()
                                        ? "the job was cancelled"
                                        : "the job ended with a savepoint: " + look.savepoint);
            if (!look.keptCheckpoint.empty())
                printMessage("kept", "to resume: --savepoint " + look.keptCheckpoint);
            return 1;
        case ClusterState::Gone:
            printMessage("error", "the cluster does not know the job any more. Did it start anew?");
            return 1;
        case ClusterState::Restarting:
            printMessage("error",
                         "the job fails and is started again and again" +
                             (look.failure.ok() ? std::string(".") : ": " + english(look.failure.error())) +
                             " To end it: " + howToCancel(look.job));
            return 1;
        default:
            printMessage("done", "the job runs. To end it: " + howToCancel(look.job));
            return 0;
    }
}

}  // namespace

int deploy(const DeployCommand& command) {
    const Result<Target> target = targetToRunOn(command.target);
    if (!target.ok()) return failDeploy(target.status(), 2);
    std::string text;
    const std::optional<Loaded> loaded = load(command.pipeline, &text);
    if (!loaded) return 2;
    printIssues(loaded->warnings);
    ValidateOptions validating = validateOptions(command.pipeline);
    validating.files = target->folder.empty();  // else they lie where only the cluster can look
    const Validated validated = checked(*loaded, command, validating);
    DeployStory story;
    story.target = target->name;
    story.pipeline = loaded->pipeline;
    story.issues = validated.issues;
    if (!checkRunnable(validated)) return endDeploy(command, story, 2);
    if (!connectionsAllowed(loaded->pipeline, validating, validated, text, command.pipeline))
        return endDeploy(command, story, 2);
    ClusterRequest request;
    request.target = *target;
    request.secrets = secretSource();
    request.catalogue = std::shared_ptr<const Catalogue>(std::shared_ptr<const Catalogue>(), &catalogue());
    request.pipeline = loaded->pipeline;
    request.validate = validating;
    request.savepoint = command.savepoint;
    request.allowLostState = command.allowLostState;
    request.outputs = command.outputs;
    request.checkOnly = command.dryRun;
    request.trust.agreed = isTrusted(command);
    request.charts = false;  // there is no window to show them
    story.failure = checkProgram(request, story);
    if (!story.failure.ok()) {
        printMessage("error", english(story.failure.error()));
        return endDeploy(command, story, 2);
    }
    if (!askForUnheld(request, validated)) {
        story.failure = {ErrorCode::Cancelled, RW_TEXT("secrets", "A secret that is needed was not typed.")};
        return endDeploy(command, story, 2);
    }
    catchSignals();  // until here there is nothing that would have to end in order
    const std::unique_ptr<ClusterRun> run = runOnTarget(std::move(request));

    WatchOptions options;
    Status told;
    if (!command.json)
        options.onJob = [&told](const std::string& job) { told = writeOut(printable(job) + "\n"); };
    const bool ours = !outlivesUs(target->engine);  // it ends with this program
    if (command.wait || command.dryRun || ours) {
        options.silentAtMost = -1;
    } else {
        options.enough = [](const ClusterStatus& look) {
            return look.state == ClusterState::Running || look.state == ClusterState::Restarting;
        };
    }
    const Watched watched = watchRun(*run, options);
    const ClusterStatus& look = watched.look;
    int exit = 0;
    if (watched.end == Watched::End::Left) {
        exit = ours ? tellEnded(*run) : tellLeft(look);
    } else {
        exit = watched.end == Watched::End::Silent ? tellSilent(look) : tellSeen(command, look);
    }
    if (!told.ok()) exit = failDeploy(told, exit == 0 ? 1 : exit);
    story.job = look.job;
    story.state = look.state;
    story.failure = watched.end == Watched::End::Silent ? look.connectionProblem : look.failure;
    story.issues.insert(story.issues.end(), look.issues.begin(), look.issues.end());
    return endDeploy(command, story, exit);
}

}  // namespace rw::cli
