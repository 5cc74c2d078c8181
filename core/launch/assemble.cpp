#include "core/launch/assemble.h"

#include <utility>

#include "core/connect/alerts/alert_outbox.h"
#include "core/launch/state_folder.h"
#include "core/state/damaged_file.h"
#include "core/stream/checkpoint_store.h"

namespace rw {

namespace {

/// Links may lead elsewhere since somebody was asked.
Status keepToAgreed(const LaunchOf& of, const RunRequest& asked, RunOptions& options) {
    const Validated now = validate(of.pipeline, of.catalogue, of.validating);
    RW_TRY(checkAccesses(*asked.agreed,
                         runAccesses(of.pipeline, of.catalogue, of.validating, now, asked.onlyCharts)));
    keepTo(*asked.agreed, options);  // and may once more until the files are opened
    return {};
}

Status goOnFrom(GoingOn going, const LaunchOf& of, LaunchCheckpoints& checkpoints, AssembledRun& run,
                RunOptions& options) {
    RW_TRY_ASSIGN(ResumePlan plan, planResume(of, checkpoints, *going.from, going.saved));
    RW_TRY(going.agree(plan, checkpoints));
    RW_TRY_ASSIGN(run.aside, resumeFrom(*going.from, going.location, std::move(plan), checkpoints, options));
    run.from = going.from->about;
    return {};
}

Status setUpCheckpoints(const LaunchOf& of, const RunRequest& asked, AssembledRun& run, RunOptions& options) {
    std::optional<LaunchCheckpoints> checkpoints = launchCheckpoints(of, asked.checkpoints);
    if (!checkpoints) return {};
    std::optional<GoingOn> going;
    if (asked.goOn) {
        RW_TRY_ASSIGN(going, asked.goOn(*checkpoints, {CheckpointLook::Recover, options.outputs}));
    }
    if (going) {
        RW_TRY(goOnFrom(*std::move(going), of, *checkpoints, run, options));
    } else {
        // A damaged file takes no checkpoints of this run.
        RW_TRY_ASSIGN(run.aside, putAsideIfBroken(checkpoints->store.location));
    }
    run.checkpoints = RunCheckpoints{checkpoints->store.location, checkpoints->store.lineage, checkpoints->every,
                                     checkpoints->store.pipeline};
    takeCheckpoints(*std::move(checkpoints), options);
    return {};
}

/// Has alerts told by connections and the desktop. What was told is noted beside the checkpoints, where there
/// are some: a run that resumes comes to the same alerts again.
void tellOthers(const RunRequest& asked, const RunOptions& options) {
    AlertOutboxOptions telling;
    telling.pipeline = asked.alerts.pipeline;
    telling.connections = asked.connections;
    telling.say = asked.alerts.say;
    const auto& store = options.checkpoints.store;
    const std::string beside = store ? store->journals() : std::string();
    if (!beside.empty()) telling.ledger = beside + "-alerts";
    options.alerts->setCarrier(std::make_shared<AlertOutbox>(std::move(telling), options.alerts));
}

}  // namespace

Result<AssembledRun> assembleRun(const LaunchOf& of, const RunRequest& asked, RunOptions& options) {
    AssembledRun run;
    if (asked.agreed) RW_TRY(keepToAgreed(of, asked, options));
    options.connections = asked.connections;
    run.alerts = options.alerts = std::make_shared<AlertBoard>();
    run.alerts->setSilences(asked.alerts.silences);
    if (!asked.record.empty()) recordTape(of, asked.record, asked.record, run.id, options);
    if (asked.record.empty() && !asked.replay && !asked.keepInputIn.empty())
        run.kept = keepInput(of, asked.keepInputIn, run.id, options);
    if (asked.replay) {
        RW_TRY_ASSIGN(run.replay, replayTape(*asked.replay, of.plan, options));
    } else {
        // The checkpoints of a pipeline are those of its own sources.
        RW_TRY(setUpCheckpoints(of, asked, run, options));
    }
    RW_TRY(openStateFolder(of, asked.stateFolder, run, options));
    if (asked.alerts.tell && !asked.replay) tellOthers(asked, options);
    setRestart(of.pipeline.settings, asked.restart, options);
    return run;
}

Result<std::unique_ptr<Run>> startAssembled(std::shared_ptr<const Plan> plan, const RunRequest& asked,
                                            RunOptions options, AssembledRun& run) {
    auto started = Run::start(plan, options);
    const bool fromMoment = run.replay && options.restore;
    if (started.ok() || !fromMoment || started.error().code == ErrorCode::Cancelled) return started;
    ReplayRequest fromStart = *asked.replay;
    fromStart.moments = nullptr;
    options.restore = nullptr;
    RW_TRY_ASSIGN(run.replay, replayTape(fromStart, *plan, options));
    return Run::start(std::move(plan), std::move(options));
}

}  // namespace rw
