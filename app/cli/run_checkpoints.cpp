#include "app/cli/run_checkpoints.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "app/cli/load.h"
#include "app/cli/progress.h"
#include "app/cli/run_tape.h"
#include "app/cli/signals.h"
#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/forecast/recomputed.h"
#include "core/launch/checkpoint_locations.h"
#include "core/launch/recompute.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/run_words.h"

namespace rw::cli {

namespace {

/// Empty: none.
std::string absoluteFolder(const std::string& folder) {
    std::error_code ignored;
    return folder.empty() ? std::string() : std::filesystem::absolute(folder, ignored).native();
}

/// A folder that was named may have those of another pipeline.
bool belongToAnother(const CheckpointLocation& location, const std::string& file) {
    const std::string other = otherPipelineAt(location, file);
    if (other.empty()) return false;
    printMessage("error", fmt::format("“{}” has checkpoints of “{}”. Pipelines of one name need folders of "
                                      "their own: give another one with --checkpoint-dir",
                                      location.path, other));
    return true;
}

void printForecast(const Resumable& found) {
    for (const auto& [id, node] : found.forecast.nodes) {
        if (found.recomputed.contains(id)) {
            printMessage("resume", id + ": " + english(recomputedText()) +
                                       " from the tape, as if the edit had been there from the start");
            continue;
        }
        if (found.closed.contains(id)) {
            printMessage("resume", id +
                                       ": closes its open windows first: their results so far are given, and "
                                       "each row counts once");
            continue;
        }
        if (node.fate == StateFate::NoState || (node.fate == StateFate::Keeps && node.why.empty())) continue;
        std::string line = id + ": " + english(stateFateText(node));
        if (!node.why.empty()) line += ". " + english(node.why);
        if (!node.fix.empty()) line += " " + english(node.fix);
        printMessage("resume", line);
    }
}

/// Whether the run may go on; the lost state was printed.
bool mayResume(const RunCommand& command, const ResumePlan& plan) {
    if (plan.found.edited) printForecast(plan.found);
    if (!plan.possible()) {
        printMessage("error",
                     "the run can't be resumed with the edited pipeline. Undo the edit, or run it "
                     "without --resume");
        return false;
    }
    for (const SavedCheckpoint& saved : plan.leftBehind)
        printMessage("resume",
                     fmt::format("savepoint “{}” (checkpoint {}) is left behind: what came up to it is "
                                 "rolled back, and nobody can resume from it any more",
                                 saved.name, saved.number));
    if (!plan.losesAnything() || command.allowLostState) return true;
    const auto& nodes = plan.found.forecast.nodes;
    const bool closable = std::any_of(nodes.begin(), nodes.end(), [&plan](const auto& each) {
        return each.second.closable && !plan.found.closed.contains(each.first);
    });
    std::string agrees = "resuming loses what is listed above. --allow-lost-state agrees to that";
    if (closable) agrees += ", --close-windows lets open windows give their results so far first";
    printMessage("error", agrees);
    return false;
}

void tellFrom(const SavedCheckpoint& from) {
    std::string at;
    appendTimestamp(at, from.taken);
    const std::string what = from.name.empty()
                                 ? fmt::format("checkpoint {}", from.number)
                                 : fmt::format("savepoint “{}” (checkpoint {})", from.name, from.number);
    printMessage("resuming", fmt::format("from {}, taken {} ago ({} UTC), {} of state", what,
                                         english(figures::age(systemClock()->now() - from.taken)), at,
                                         byteSizeText(from.bytes)));
}

/// There is no checkpoint to resume from.
void tellNone(const CheckpointLocation& location) {
    printMessage("resuming", "there is no checkpoint yet: the run begins at its start");
    // A file that was renamed or moved is another pipeline: its rows would be written again.
    for (const std::string& other : otherOwners(location))
        printMessage("warning", fmt::format("“{}” has checkpoints of “{}”. If that is what this file was "
                                            "called before, give it that name again",
                                            location.path, other));
}

/// The run is not started, and why was printed.
Status refuseStart(RefusedStart& refused, int exit) {
    refused = {exit, true};
    return {ErrorCode::Cancelled, {}};
}

/// Of an edit what can be recomputed, and the pipeline for it; of the rest it is told why not.
struct Recomputing {
    ValidateOptions known{};
    std::set<NodeId> nodes{};
};
Result<Recomputing> whatToRecompute(const LaunchOf& of, const LoadedCheckpoint& loaded) {
    const CheckpointedPipeline& then = loaded.pipeline;
    RW_TRY_ASSIGN(const Pipeline before, asPipeline(then));
    Recomputing out;
    out.known = of.validating;
    ValidateOptions options;
    options.folder = then.folder;
    options.file = then.file;
    options.variables = then.variables;
    options.files = out.known.files = false;
    ForecastRules rules;
    rules.everyColumnKept = then.everyColumn;
    RW_TRY_ASSIGN(const Forecast told,
                  forecast({before, options}, {of.pipeline, out.known}, of.catalogue, rules));
    RW_TRY_ASSIGN(RecomputeForecast may,
                  recomputable({before, options}, {of.pipeline, out.known}, of.catalogue, told));
    for (const auto& [id, why] : may.refused)
        printMessage("resume", id + ": can't be recomputed. " + english(why));
    out.nodes = std::move(may.nodes);
    return out;
}

/// Puts states that were recomputed from the tape into the checkpoint, where an edit would lose them. A
/// signal ends the replay: ErrorCode::Cancelled.
Status recompute(const std::string& path, const LaunchOf& of, const Recomputing& what,
                 LoadedCheckpoint& loaded) {
    RW_TRY_ASSIGN(const TapeFileRef tape, TapeFile::open(path));
    catchSignals();  // from here on somebody asks for them
    printMessage("recomputing",
                 fmt::format("{} from {}, {}", fmt::join(what.nodes, ", "), path, tapeLine(*tape)));
    RecomputeRequest asked{of.pipeline, what.known, of.catalogue, what.nodes, tape, loaded.snapshot};
    asked.everyColumn = of.everyColumn;
    asked.parallelism = of.plan.parallelism;
    RecomputeProgress progress;
    asked.isCancelled = [] { return signalsSoFar() > 0; };
    asked.progress = [&progress](double done) { progress.show(done); };
    RW_TRY_ASSIGN(loaded.recomputed, recomputedStates(asked));
    return {};
}

/// Whether the run may go on with the nodes recomputed; what is lost all the same was printed. Asked before
/// the replay, which may take an hour.
Result<bool> mayRecompute(const RunCommand& command, const LaunchOf& of, const LaunchCheckpoints& taken,
                          const std::vector<SavedCheckpoint>& saved, const std::set<NodeId>& nodes,
                          LoadedCheckpoint& loaded) {
    for (const NodeId& node : nodes) loaded.recomputed[{node, 0}];
    const Result<ResumePlan> plan = planResume(of, taken, loaded, saved);
    loaded.recomputed.clear();
    RW_TRY(plan.status());
    return mayResume(command, *plan);
}

/// Of an edited pipeline, where a tape was given; whether a person has agreed to what is lost all the same.
Result<bool> recomputeFirst(const RunCommand& command, const LaunchOf& of, const LaunchCheckpoints& taken,
                            const std::vector<SavedCheckpoint>& saved, LoadedCheckpoint& loaded,
                            RefusedStart& refused) {
    RW_TRY_ASSIGN(const Recomputing what, whatToRecompute(of, loaded));
    if (what.nodes.empty()) return false;
    refused.exit = 2;  // the pipeline
    RW_TRY_ASSIGN(const bool may, mayRecompute(command, of, taken, saved, what.nodes, loaded));
    if (!may) return refuseStart(refused, 2);
    refused.exit = 1;  // the disk
    const Status made = recompute(command.recomputeTape, of, what, loaded);
    if (made.ok()) return true;
    if (made.error().code != ErrorCode::Cancelled) return made;
    printMessage("stopped", fmt::format("the replay of the tape; the run was not resumed. Checkpoint {} "
                                        "and the outputs are as they were",
                                        loaded.about.number));
    return refuseStart(refused, 0);
}

/// Looks for what the run resumes from.
Result<std::optional<GoingOn>> findGoingOn(const RunCommand& command, const LaunchOf& of,
                                           const LaunchCheckpoints& taken, RefusedStart& refused) {
    const FoundCheckpoints found = findCheckpoints(checkpointLocations(
        runningNodes(of.plan), of.validating.file, absoluteFolder(command.checkpointFolder)));
    if (belongToAnother(found.location, of.validating.file)) return refuseStart(refused, 2);
    refused.exit = 1;  // from here on what fails is the disk
    RW_TRY_ASSIGN(std::optional<LoadedCheckpoint> loaded, loadCheckpoint(found.location, command.savepoint));
    if (!loaded) {
        tellNone(found.location);
        return std::optional<GoingOn>();
    }
    for (const Text& text : loaded->passedOver) {
        printMessage("warning",
                     english(text) + fmt::format(" The one before, {}, is used.", loaded->about.number));
    }
    if (loaded->about.kind == CheckpointKind::Finished) {
        printMessage("done",
                     "the last run ended well: there is nothing to resume from. Without --resume it "
                     "runs again");
        return refuseStart(refused, 0);
    }
    if (!found.failure.ok() && !loaded->fileDamaged) return found.failure;
    if (command.closeWindows) {
        for (const RunningNode& node : runningNodes(of.plan)) loaded->closesFirst.insert(node.id);
    }
    bool agreed = false;
    if (!command.recomputeTape.empty()) {
        RW_TRY_ASSIGN(agreed, recomputeFirst(command, of, taken, found.saved, *loaded, refused));
    }
    refused.exit = 2;  // the pipeline
    GoingOn going{
        std::make_shared<const LoadedCheckpoint>(*std::move(loaded)), found.location, found.saved, {}};
    going.agree = [&command, &refused, agreed](const ResumePlan& plan, const LaunchCheckpoints&) -> Status {
        const bool asAgreed = agreed && plan.possible() && (!plan.losesAnything() || command.allowLostState);
        if (!asAgreed && !mayResume(command, plan)) return refuseStart(refused, 2);
        refused.exit = 1;
        return {};
    };
    return std::optional(std::move(going));
}

/// The files that may be looked at for its checkpoints. A user who names their folder knows them.
FileReach checkpointReach(const PipelineOptions& pipeline, const std::string& folder) {
    Trust trust;
    trust.agreed = pipeline.trusted || !folder.empty();
    return trust.reachFrom(validateOptions(pipeline).folder);
}

/// Somebody removed its file during the run, which failed of that.
bool isGone(const RunCheckpoints& checkpoints, Epoch number) {
    const auto saved = savedCheckpoints(checkpoints.location);
    return saved.ok() && std::none_of(saved->begin(), saved->end(), [&](const SavedCheckpoint& each) {
               return each.lineage == checkpoints.lineage && each.number == number;
           });
}

}  // namespace

CheckpointLook checkpointLook(const PipelineOptions& pipeline, const std::string& folder) {
    return checkpointReach(pipeline, folder).isLimited() ? CheckpointLook::Only : CheckpointLook::Recover;
}

CheckpointLocation checkpointLocation(const Plan& plan, const PipelineOptions& pipeline,
                                      const std::string& folder) {
    const ValidateOptions options = validateOptions(pipeline);
    const auto locations = checkpointLocations(runningNodes(plan), options.file, absoluteFolder(folder));
    const FileReach reach = checkpointReach(pipeline, folder);
    // All but this program's own are databases that the pipeline names.
    std::vector<CheckpointLocation> allowed;
    for (const CheckpointLocation& location : locations) {
        if (location.alone || reach.allows(location.path)) allowed.push_back(location);
    }
    return findCheckpoints(allowed, checkpointLook(pipeline, folder)).location;
}

std::optional<int> askForCheckpoints(const RunCommand& command, const LaunchOf& of, RunRequest& request,
                                     RefusedStart& refused) {
    const bool resumes = command.resume || !command.savepoint.empty();
    const bool asked = resumes || !command.checkpointFolder.empty() || command.checkpointEvery > 0;
    for (const auto& [asks, option] : {std::pair(command.allowLostState, "--allow-lost-state"),
                                       std::pair(command.closeWindows, "--close-windows"),
                                       std::pair(!command.recomputeTape.empty(), "--recompute")}) {
        if (!asks || resumes) continue;
        printMessage(
            "error",
            fmt::format("{} is for a run that is resumed: write --resume or --savepoint too", option));
        return 2;
    }
    if (command.checkpointEvery == 0 && resumes) {
        printMessage("error",
                     "a run that resumes from a checkpoint takes some: leave --checkpoint-every 0s away");
        return 2;
    }
    CheckpointRequest& checkpoints = request.checkpoints;
    if (command.checkpointEvery >= 0) checkpoints.every = command.checkpointEvery;
    if (command.checkpointsKept > 0) checkpoints.kept = command.checkpointsKept;
    checkpoints.folder = absoluteFolder(command.checkpointFolder);
    checkpoints.wanted = checkpoints.evenIfOff = asked;
    request.goOn = [&command, of, &refused, resumes](const LaunchCheckpoints& taken,
                                                     const CheckpointReading&) {
        if (resumes) return findGoingOn(command, of, taken, refused);
        const bool another = belongToAnother(taken.store.location, of.validating.file);
        return another ? Result<std::optional<GoingOn>>(refuseStart(refused, 2)) : std::optional<GoingOn>();
    };
    return std::nullopt;
}

void tellWhatItGoesOnFrom(const AssembledRun& run) {
    if (run.aside) printMessage("warning", "the damaged file is kept as " + *run.aside);
    if (run.from) tellFrom(*run.from);
}

void tellHowToResume(const RunCommand& command, const RunCheckpoints& checkpoints,
                     const RunMetrics& metrics) {
    const bool over = metrics.state == RunState::Stopped || metrics.state == RunState::Failed;
    if (!over || !metrics.checkpoints.on || metrics.checkpoints.number == 0) return;
    if (isGone(checkpoints, metrics.checkpoints.number)) return;
    std::string how = "--resume";
    if (!command.checkpointFolder.empty()) how += " --checkpoint-dir " + shellWord(command.checkpointFolder);
    const std::string words = runWords(command.pipeline.file, how, command.pipeline.variables);
    printMessage("resume", fmt::format("{} resumes from checkpoint {}", words, metrics.checkpoints.number));
}

}  // namespace rw::cli
