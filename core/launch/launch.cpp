#include "core/launch/launch.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <utility>

#include "core/launch/checkpoint_locations.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/json/json.h"
#include "core/state/damaged_file.h"
#include "core/tape/rolling/rolling_tape.h"
#include "core/tape/tape_writer.h"

namespace rw {

namespace {

std::string newLineage() {
    std::random_device chance;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", chance(), chance(), chance(), chance());
}

}  // namespace

std::string newRunId() {
    std::random_device chance;  // short enough to be compared by eye
    return fmt::format("{:08x}{:08x}", chance(), chance());
}

Millis checkpointInterval(const Settings& settings, const std::string& file, const Plan& plan,
                          const CheckpointRequest& request) {
    const bool endsByItself = plan.bounded() || request.replays;
    if (file.empty() || (endsByItself && !request.wanted)) return 0;
    if (request.every) return *request.every;
    const Millis asSet = checkpointEveryOf(settings);
    return asSet == 0 && request.evenIfOff ? kCheckpointEvery : asSet;
}

std::optional<LaunchCheckpoints> launchCheckpoints(const LaunchOf& of, const CheckpointRequest& request) {
    const Settings& settings = of.pipeline.settings;
    const std::string& file = of.validating.file;
    LaunchCheckpoints out;
    out.every = checkpointInterval(settings, file, of.plan, request);
    if (out.every == 0) return std::nullopt;
    out.required = request.wanted;
    out.store.location = checkpointLocations(runningNodes(of.plan), file, request.folder).front();
    out.store.pipeline = checkpointedPipeline(of.pipeline, of.validating, of.catalogue);
    out.store.pipeline.everyColumn = of.everyColumn;
    out.store.lineage = newLineage();
    out.store.keep = request.kept.value_or(checkpointsKeptOf(settings));
    return out;
}

Result<ResumePlan> planResume(const LaunchOf& of, const LaunchCheckpoints& checkpoints,
                              const LoadedCheckpoint& checkpoint, const std::vector<SavedCheckpoint>& saved) {
    ValidateOptions known = of.validating;
    known.files = false;  // the plan has looked at them
    return planResume(checkpoint, {checkpoints.store.pipeline, {of.pipeline, known}, of.catalogue}, saved);
}

Result<std::optional<std::string>> resumeFrom(const LoadedCheckpoint& checkpoint,
                                              const CheckpointLocation& location, ResumePlan plan,
                                              LaunchCheckpoints& checkpoints, RunOptions& options) {
    std::optional<std::string> aside;
    if (checkpoint.fileDamaged) {
        RW_TRY_ASSIGN(aside, putDamagedAside(location));
    } else {
        // Pages of older ones, which the run removes, may be broken as well.
        RW_TRY_ASSIGN(aside, putAsideIfBroken(location));
    }
    CheckpointStoreOptions& store = checkpoints.store;
    store.location = location;
    store.lineage = checkpoint.about.lineage;
    store.from = checkpoint.about.number;
    // The state so far may lack some columns.
    store.pipeline.everyColumn = store.pipeline.everyColumn && checkpoint.pipeline.everyColumn;
    options.restore = std::make_shared<const StateSnapshot>(std::move(plan.found.snapshot));
    store.fromState = options.restore;
    return aside;
}

void takeCheckpoints(LaunchCheckpoints checkpoints, RunOptions& options) {
    const Millis every = checkpoints.every;
    const bool required = checkpoints.required;
    options.checkpoints = {makeCheckpointStore(std::move(checkpoints.store)), every, required};
}

void recordTape(const LaunchOf& of, const std::string& path, const std::string& shown, const std::string& id,
                RunOptions& options) {
    std::error_code ignored;
    TapeWriterOptions writing;
    writing.path = std::filesystem::absolute(path, ignored).native();
    writing.shown = shown;
    writing.document = {savePipeline(of.pipeline), of.validating.variables, of.validating.file, id};
    options.record = makeTapeRecorder(std::move(writing));
}

std::shared_ptr<RollingTape> keepInput(const LaunchOf& of, const std::string& parent, const std::string& id,
                                       RunOptions& options) {
    const bool again = std::none_of(of.plan.stages.begin(), of.plan.stages.end(), [](const Stage& stage) {
        const BoundNode& entry = *stage.nodes.front().bound;
        return stage.source && (entry.live || entry.readOnce);
    });
    if (again || !keepsInput(of.pipeline.settings)) return nullptr;
    RollingTapeOptions keeping;
    keeping.parent = parent;
    keeping.document = {savePipeline(of.pipeline), of.validating.variables, of.validating.file, id};
    auto tape = std::make_shared<RollingTape>(std::move(keeping));
    options.record = tape;
    return tape;
}

void setRestart(const Settings& settings, const std::optional<RestartStrategy>& asked, RunOptions& options) {
    if (options.replay) return;
    options.restart = asked ? *asked : restartOf(settings, options.checkpoints.store != nullptr);
}

void setStateMemory(const Plan& plan, RunOptions& options, int place) {
    if (options.stateMemory == 0) options.stateMemory = plan.stateMemory;
    if (options.stateMemory == 0) options.stateMemory = usualStateMemory(plan.memoryLimit, place);
}

}  // namespace rw
