#include <filesystem>
#include <optional>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/metrics_file.h"
#include "app/cli/run_alerts.h"
#include "app/cli/run_checkpoints.h"
#include "app/cli/run_loop.h"
#include "app/cli/run_report.h"
#include "app/cli/run_tape.h"
#include "app/cli/secrets/ask_secrets.h"
#include "app/cli/signals.h"
#include "core/connect/files/file_output.h"
#include "core/diagnose/diagnose.h"
#include "core/launch/assemble.h"

namespace rw::cli {

namespace {

/// The words were checked when they were read.
std::optional<RestartStrategy> restartAsked(const RunCommand& command) {
    if (command.restart.empty()) return std::nullopt;
    const Result<RestartStrategy> asked = parseRestart(command.restart);
    return asked.ok() ? std::optional(*asked) : std::nullopt;
}

/// Puts the run together, and says what there is to say of it. An exit status where it is not to be started,
/// and why was printed.
std::optional<int> setUp(const RunCommand& command, const ToRun& ready, RunOptions& options,
                         std::optional<RunCheckpoints>& checkpoints, std::shared_ptr<AlertBoard>& alerts) {
    const LaunchOf of{ready.pipeline, ready.validating, catalogue(), *ready.plan};
    RunRequest request;
    RefusedStart refused;
    if (const auto status = askForCheckpoints(command, of, request, refused)) return status;
    request.connections = ready.connections;
    request.record = command.recordFile;
    if (!command.replayFile.empty()) request.replay = ReplayRequest{command.replayFile, command.speed};
    request.restart = restartAsked(command);
    request.stateFolder = command.stateFolder;
    request.alerts.tell = true;
    request.alerts.pipeline = std::filesystem::path(ready.validating.file).stem().native();
    const Result<AssembledRun> run = assembleRun(of, request, options);
    if (!run.ok()) {
        if (!refused.told) printMessage("error", english(run.error()));
        return refused.exit;
    }
    tellWhatItGoesOnFrom(*run);
    if (run->replay) tellOfReplay(command, *run->replay);
    checkpoints = run->checkpoints;
    alerts = run->alerts;
    return std::nullopt;
}

}  // namespace

int run(const RunCommand& command, const WithQt& withQt) {
    outliveFullDisks();
    const std::optional<ToRun> ready = toRun(
        command.pipeline, command.parallelism, withQt.secrets,
        {command.metricsFile, command.chartsFolder, {}, command.recordFile}, !command.replayFile.empty());
    if (!ready) return 2;
    // Said before a run that may take hours, not after it.
    if (const Status folder = checkOutputFolder(command.metricsFile); !folder.ok()) {
        printMessage("error", english(folder.error()));
        return 2;
    }
    if (!askForSecrets(*ready->plan, ready->connections, !command.replayFile.empty())) return 2;
    const Pipeline& pipeline = ready->plan->pipeline;
    const auto findings = [&pipeline](const RunMetrics& metrics) {
        return diagnose(evidenceOf(pipeline, metrics));
    };
    RunOptions options = command.run;
    std::optional<RunCheckpoints> checkpoints;
    std::shared_ptr<AlertBoard> alerts;
    if (const auto status = setUp(command, *ready, options, checkpoints, alerts)) return *status;
    const RunEnd end = runToEnd(ready->plan, std::move(options), command.duration, findings);
    const std::unique_ptr<Run>& run = end.run;
    finishAlerts(*alerts);
    if (!run) return end.cancelled ? 0 : 1;
    if (checkpoints) tellHowToResume(command, *checkpoints, run->metrics());
    tellOfTape(command, *run);
    // How far a run came that failed is worth knowing too.
    Status status;
    if (!command.metricsFile.empty()) {
        const RunMetrics metrics = run->metrics();
        const Evidence evidence = evidenceOf(pipeline, metrics);
        status = writeMetrics(evidence, diagnose(evidence), run->keptRows(), command.metricsFile);
    }
    if (status.ok() && !command.chartsFolder.empty()) status = withQt.writeCharts(*run, command.chartsFolder);
    if (!status.ok()) printMessage("error", english(status.error()));
    return status.ok() && run->status().ok() ? 0 : 1;
}

}  // namespace rw::cli
