#include "app/cli/run_checkpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <vector>

#include "app/cli/load.h"
#include "core/base/byte_size.h"
#include "core/data/text.h"
#include "core/pipeline/json.h"
#include "core/pipeline/settings_check.h"
#include "core/state/checkpoint_store.h"
#include "core/state/resumable.h"

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

/// The nodes of a plan by their ids; those that stand in several stages once.
std::map<NodeId, const PlannedNode*> nodesOf(const Plan& plan) {
    std::map<NodeId, const PlannedNode*> nodes;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) nodes.emplace(node.node, &node);
    }
    return nodes;
}

/// Sinks that replace what they wrote before with what comes behind the checkpoint.
std::vector<NodeId> sinksThatBeginAnew(const Plan& plan) {
    std::vector<NodeId> sinks;
    for (const auto& [id, node] : nodesOf(plan)) {
        const bool writes = node->kind->group == NodeGroup::Sink && !node->kind->chart;
        if (writes && node->bound->keepsCheckpoints.empty()) sinks.push_back(id);
    }
    return sinks;
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
bool mayResume(const RunCommand& command, const Plan& plan, const Resumable& found) {
    if (found.edited) printForecast(found.forecast);
    if (!found.forecast.possible()) {
        printMessage("error",
                     "the run can't go on with the edited pipeline. Take the edit back, or run it "
                     "without --resume");
        return false;
    }
    bool lost = found.forecast.anythingLost;
    if (!found.snapshot.ended) {
        for (const NodeId& sink : sinksThatBeginAnew(plan)) {
            printMessage("resume", sink + ": begins anew: what it wrote before the checkpoint is replaced");
            lost = true;
        }
    }
    if (!lost || command.allowLostState) return true;
    printMessage("error", "going on loses what is listed above. --allow-lost-state agrees to that");
    return false;
}

/// A file that was cut can be read as far as it goes, but not be written.
Status putAside(const CheckpointPlace& place) {
    if (!place.alone) {
        return {ErrorCode::Io, RW_TEXT("checkpoint", "“%1” is damaged, and sinks write it.").with(place.path),
                RW_TEXT("checkpoint",
                        "Put a copy from before in its place, or start the run anew with "
                        "another file.")};
    }
    std::error_code error;
    for (const char* ending : {"", "-wal", "-shm"}) {
        const std::string file = place.path + ending;
        if (!std::filesystem::exists(file, error)) continue;
        std::filesystem::rename(file, place.path + ".damaged" + ending, error);
        if (error) return unwritable(error, file);
    }
    printMessage("warning", "the damaged file is kept as " + place.path + ".damaged");
    return {};
}

CheckpointedPipeline pipelineOf(const RunCommand& command, const Pipeline& pipeline) {
    const ValidateOptions validating = validateOptions(command.pipeline);
    return {savePipeline(pipeline), command.pipeline.variables, validating.folder, validating.file};
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
std::optional<int> setUpResume(const RunCommand& command, const Plan& plan, const Pipeline& pipeline,
                               CheckpointStoreOptions& store, RunOptions& options) {
    auto loaded = loadCheckpoint(store.place, command.savepoint);
    if (!loaded.ok()) return failCheckpoints(loaded.status(), 1);
    if (!*loaded) {
        printMessage("resuming", "there is no checkpoint yet: the run begins at its start");
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
    Result<Resumable> found = resumable(checkpoint, store.pipeline, {pipeline, validating}, catalogue());
    if (!found.ok()) return failCheckpoints(found.status(), 2);
    if (!mayResume(command, plan, *found)) return 2;
    if (checkpoint.fileDamaged) {
        if (const Status aside = putAside(store.place); !aside.ok()) return failCheckpoints(aside, 1);
    }
    store.line = checkpoint.about.line;
    store.from = checkpoint.about.number;
    options.restore = std::make_shared<const StateSnapshot>(std::move(found->snapshot));
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
    const std::string file = validateOptions(pipeline).file;
    std::error_code ignored;
    if (!folder.empty()) return placeInFolder(std::filesystem::absolute(folder, ignored).native(), file);
    const auto nodes = nodesOf(plan);
    for (const Node& node : plan.pipeline.nodes) {
        const auto planned = nodes.find(node.id);
        if (planned == nodes.end() || planned->second->bound->keepsCheckpoints.empty()) continue;
        const std::string& database = planned->second->bound->keepsCheckpoints;
        return placeInDatabase(std::filesystem::absolute(database, ignored).native(), file);
    }
    return placeAtHome(file);
}

std::optional<int> setUpCheckpoints(const RunCommand& command, const Plan& plan, RunOptions& options) {
    const bool resumes = command.resume || !command.savepoint.empty();
    const bool asked = resumes || !command.checkpointFolder.empty() || command.checkpointEvery > 0;
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
    store.place = checkpointPlace(plan, command.pipeline, command.checkpointFolder);
    store.pipeline = pipelineOf(command, loaded->pipeline);
    store.line = newLine();
    if (resumes) {
        const auto status = setUpResume(command, plan, loaded->pipeline, store, options);
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
    std::string words = "rillwright run " + command.pipeline.file + " --resume";
    if (!command.checkpointFolder.empty()) words += " --checkpoint-dir " + command.checkpointFolder;
    printMessage("resume", fmt::format("{} goes on from checkpoint {}", words, metrics.checkpoints.number));
}

}  // namespace rw::cli
