#include "app/cli/run_checkpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "app/cli/load.h"
#include "core/base/byte_size.h"
#include "core/data/text.h"
#include "core/pipeline/run_words.h"
#include "core/pipeline/settings_check.h"
#include "core/state/checkpoint_store.h"
#include "core/state/resume_plan.h"

namespace rw::cli {

namespace {

int failCheckpoints(const Status& status, int exit) {
    printMessage("error", english(status.error()));
    return exit;
}

std::string newLine() {
    std::random_device chance;
    return fmt::format("{:08x}{:08x}", chance(), chance());
}

/// Empty: none.
std::string absoluteFolder(const std::string& folder) {
    std::error_code ignored;
    return folder.empty() ? std::string() : std::filesystem::absolute(folder, ignored).native();
}

/// In a folder that was named they are called after the pipeline's file alone. A pipeline that was moved, and
/// its folder with it, goes on; another one of that name is kept off.
bool belongToAnother(const CheckpointPlace& place, const std::string& file) {
    if (!place.alone) return false;
    const std::string other = pipelineFileAt(place);
    std::error_code ignored;
    if (other.empty() || other == file || !std::filesystem::exists(other, ignored) ||
        std::filesystem::equivalent(other, file, ignored))
        return false;
    printMessage("error", fmt::format("“{}” has checkpoints of “{}”. Pipelines of one name need folders of "
                                      "their own: give another one with --checkpoint-dir",
                                      place.path, other));
    return true;
}

void printForecast(const Forecast& forecast) {
    for (const auto& [id, node] : forecast.nodes) {
        if (node.fate == StateFate::NoState || (node.fate == StateFate::Keeps && node.why.empty())) continue;
        std::string line = id + ": " + english(stateFateText(node.fate));
        if (!node.why.empty()) line += ". " + english(node.why);
        if (!node.fix.empty()) line += " " + english(node.fix);
        printMessage("resume", line);
    }
}

/// Whether the run may go on; what is lost was printed.
bool mayResume(const RunCommand& command, const ResumePlan& plan) {
    if (plan.found.edited) printForecast(plan.found.forecast);
    if (!plan.possible()) {
        printMessage("error",
                     "the run can't go on with the edited pipeline. Take the edit back, or run it "
                     "without --resume");
        return false;
    }
    for (const SavedCheckpoint& saved : plan.leftBehind)
        printMessage("resume",
                     fmt::format("savepoint “{}” (checkpoint {}) is left behind: what came up to it is "
                                 "taken back, and nobody can go on from it any more",
                                 saved.name, saved.number));
    if (!plan.losesAnything() || command.allowLostState) return true;
    printMessage("error", "going on loses what is listed above. --allow-lost-state agrees to that");
    return false;
}

void tellFrom(const SavedCheckpoint& from) {
    std::string at;
    appendTimestamp(at, from.taken);
    const std::string what = from.name.empty()
                                 ? fmt::format("checkpoint {}", from.number)
                                 : fmt::format("savepoint “{}” (checkpoint {})", from.name, from.number);
    printMessage("resuming",
                 fmt::format("from {}, taken {} ago ({} UTC), {} of state", what,
                             agoText(systemClock()->now() - from.taken), at, byteSizeText(from.bytes)));
}

/// Reads what the run goes on from. An exit status where it does not run.
std::optional<int> setUpResume(const RunCommand& command, const Pipeline& pipeline,
                               CheckpointStoreOptions& store, RunOptions& options) {
    auto loaded = loadCheckpoint(store.place, command.savepoint);
    if (!loaded.ok()) return failCheckpoints(loaded.status(), 1);
    if (!*loaded) {
        printMessage("resuming", "there is no checkpoint yet: the run begins at its start");
        // A file that was renamed or moved is another pipeline: what it wrote would be written again.
        for (const std::string& other : otherOwners(store.place))
            printMessage("warning", fmt::format("“{}” has checkpoints of “{}”. If that is what this file was "
                                                "called before, give it that name again",
                                                store.place.path, other));
        return std::nullopt;
    }
    const LoadedCheckpoint& checkpoint = **loaded;
    for (const Text& text : checkpoint.passedOver) {
        printMessage("warning",
                     english(text) + fmt::format(" The one before, {}, is used.", checkpoint.about.number));
    }
    if (checkpoint.about.kind == CheckpointKind::Finished) {
        printMessage("done",
                     "the last run ended well: there is nothing to go on from. Without --resume it "
                     "runs again");
        return 0;
    }
    const ValidateOptions validating = validateOptions(command.pipeline);
    const auto saved = savedCheckpoints(store.place);
    if (!saved.ok() && !checkpoint.fileDamaged) return failCheckpoints(saved.status(), 1);
    Result<ResumePlan> goingOn = planResume(checkpoint, {store.pipeline, {pipeline, validating}, catalogue()},
                                            saved.ok() ? *saved : std::vector<SavedCheckpoint>());
    if (!goingOn.ok()) return failCheckpoints(goingOn.status(), 2);
    if (!mayResume(command, *goingOn)) return 2;
    if (checkpoint.fileDamaged) {
        const Result<std::string> aside = putDamagedAside(store.place);
        if (!aside.ok()) return failCheckpoints(aside.status(), 1);
        printMessage("warning", "the damaged file is kept as " + *aside);
    }
    store.line = checkpoint.about.line;
    store.from = checkpoint.about.number;
    options.restore = std::make_shared<const StateSnapshot>(std::move(goingOn->found.snapshot));
    store.fromState = options.restore;
    tellFrom(checkpoint.about);
    return std::nullopt;
}

}  // namespace

std::string agoText(Millis ago) {
    const Millis seconds = std::max<Millis>(ago, 0) / 1000;
    if (seconds < 120) return fmt::format("{} s", seconds);
    if (seconds < 120 * 60) return fmt::format("{} min", seconds / 60);
    if (seconds < 48 * 3600) return fmt::format("{} h", seconds / 3600);
    return fmt::format("{} days", seconds / 86'400);
}

CheckpointPlace checkpointPlace(const Plan& plan, const PipelineOptions& pipeline,
                                const std::string& folder) {
    return placeWithCheckpoints(runningNodes(plan), validateOptions(pipeline).file, absoluteFolder(folder));
}

std::optional<int> setUpCheckpoints(const RunCommand& command, const Plan& plan, RunOptions& options) {
    const bool resumes = command.resume || !command.savepoint.empty();
    const bool asked = resumes || !command.checkpointFolder.empty() || command.checkpointEvery > 0;
    if (command.allowLostState && !resumes) {
        printMessage("error",
                     "--allow-lost-state is for a run that goes on: write --resume or --savepoint too");
        return 2;
    }
    if (command.checkpointEvery == 0 && resumes) {
        printMessage("error",
                     "a run that goes on from a checkpoint takes some: leave --checkpoint-every 0s away");
        return 2;
    }
    Millis every =
        command.checkpointEvery >= 0 ? command.checkpointEvery : checkpointEveryOf(plan.pipeline.settings);
    if (every == 0 && asked && command.checkpointEvery != 0) every = kCheckpointEvery;
    // A tape ends by itself.
    const bool ends = plan.bounded() || !command.replayFile.empty();
    if (every == 0 || (!asked && ends)) return std::nullopt;
    const std::optional<Loaded> loaded = load(command.pipeline);
    if (!loaded) return 2;
    CheckpointStoreOptions store;
    store.place = resumes ? checkpointPlace(plan, command.pipeline, command.checkpointFolder)
                          : rw::checkpointPlace(runningNodes(plan), validateOptions(command.pipeline).file,
                                                absoluteFolder(command.checkpointFolder));
    if (belongToAnother(store.place, validateOptions(command.pipeline).file)) return 2;
    store.pipeline = checkpointedPipeline(loaded->pipeline, validateOptions(command.pipeline), catalogue());
    store.line = newLine();
    store.keep =
        command.checkpointsKept > 0 ? command.checkpointsKept : checkpointsKeptOf(plan.pipeline.settings);
    if (resumes) {
        const auto status = setUpResume(command, loaded->pipeline, store, options);
        if (status) return status;
    }
    options.checkpoints = {makeCheckpointStore(std::move(store)), every, asked};
    return std::nullopt;
}

RestartStrategy restartStrategy(const RunCommand& command, const Plan& plan, const RunOptions& options) {
    if (!command.restart.empty()) {
        // The words were checked when they were read.
        if (const Result<RestartStrategy> asked = parseRestart(command.restart); asked.ok()) return *asked;
    }
    return restartOf(plan.pipeline.settings, options.checkpoints.store != nullptr);
}

void tellHowToResume(const RunCommand& command, const RunMetrics& metrics) {
    const bool over = metrics.state == RunState::Stopped || metrics.state == RunState::Failed;
    if (!over || !metrics.checkpoints.on || metrics.checkpoints.number == 0) return;
    std::string how = "--resume";
    if (!command.checkpointFolder.empty()) how += " --checkpoint-dir " + shellWord(command.checkpointFolder);
    const std::string words = runWords(command.pipeline.file, how, command.pipeline.variables);
    printMessage("resume", fmt::format("{} goes on from checkpoint {}", words, metrics.checkpoints.number));
}

}  // namespace rw::cli
