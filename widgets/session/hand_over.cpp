#include "widgets/session/hand_over.h"

#include <algorithm>
#include <utility>

#include "core/launch/recompute.h"
#include "core/launch/run_accesses.h"
#include "core/state/saved_checkpoints.h"

namespace rw::ui {

namespace {

Status endedBefore() {
    return {ErrorCode::NotFound, RW_TEXT("run", "The run ended before the changes could be applied."),
            RW_TEXT("run", "Run the pipeline again.")};
}

/// The newest of the run: its last one, or where there was no time for that the one before. A newer one of
/// another run is an error.
Result<std::shared_ptr<LoadedCheckpoint>> lastOf(const RunCheckpoints& run) {
    RW_TRY_ASSIGN(std::optional<LoadedCheckpoint> found, loadCheckpoint(run.location));
    if (!found || found->about.lineage != run.lineage || found->about.kind == CheckpointKind::Finished)
        return endedBefore();
    return std::make_shared<LoadedCheckpoint>(*std::move(found));
}

Result<std::shared_ptr<const LoadedCheckpoint>> thatOne(const RunCheckpoints& run,
                                                        const SavedCheckpoint& which) {
    RW_TRY_ASSIGN(LoadedCheckpoint found, loadSaved(run.location, which));
    return std::make_shared<const LoadedCheckpoint>(std::move(found));
}

/// What was agreed to still holds. The start asks for it, too, but only after the replay.
Status keepsToAgreed(const StartRequest& request, const std::optional<Permission>& permission) {
    RW_TRY(mayGoOnRecomputed(request.checkpoints, request.pipeline, request.options, *request.catalogue));
    if (!permission) return {};
    const Validated now = validate(request.pipeline, *request.catalogue, request.options);
    if (!now.runnable()) return {};  // there is no plan for a replay: the errors are told then
    return checkAccesses(permission->checked.reached,
                         runAccesses(request.pipeline, *request.catalogue, request.options, now,
                                     permission->checked.onlyCharts));
}

/// Puts the states that are to be recomputed into the checkpoint. First it is checked what was agreed to: the
/// replay may take an hour, and nodes run their code in it.
Status recompute(const RunUnderWay& before, const StartRequest& request,
                 const std::optional<Permission>& permission, const Cancelled& cancelled,
                 LoadedCheckpoint& last) {
    const std::set<NodeId>& nodes = request.checkpoints.recomputes;
    if (nodes.empty() || request.checkpoints.backTo) return {};
    RW_TRY(keepsToAgreed(request, permission));
    RW_TRY_ASSIGN(const TapeFileRef tape, before.input.open());
    ValidateOptions options = request.options;
    if (permission)  // files may be others once more while the tape is read
        keepTo(permission->checked.reached, request.pipeline, request.catalogue, options);
    RecomputeRequest asked{request.pipeline, options, *request.catalogue, nodes, tape, last.snapshot};
    asked.everyColumn = true;  // as every run of the window
    asked.isCancelled = [&] { return *cancelled || (before.givesUp && *before.givesUp); };
    asked.progress = before.progress;
    auto states = recomputedStates(asked);
    if (before.progress) before.progress(1);  // also where it was given up: from here on it is a start
    RW_TRY_ASSIGN(last.recomputed, std::move(states));
    return {};
}

/// Keeps it from now on; an error says why it can't be.
Status keep(const RunCheckpoints& run, const SavedCheckpoint& last, const std::string& name) {
    if (last.kind != CheckpointKind::Running)
        return {ErrorCode::Invalid, RW_TEXT("run", "All input had been read by then.")};
    if (last.pending)
        return {ErrorCode::Invalid, RW_TEXT("run", "Whether an output had committed it is not known.")};
    return nameCheckpoint(run.location, last, name);
}

/// Why a start has no run.
Status reasonOf(const StartedRun& started) {
    if (!started.status.ok()) return started.status;
    const auto error = std::find_if(started.issues.begin(), started.issues.end(),
                                    [](const Issue& issue) { return issue.severity == Severity::Error; });
    if (error == started.issues.end()) return endedBefore();
    return {ErrorCode::Invalid, error->message, error->fix};
}

/// Of a run that has ended, and whose newest checkpoint is there: what to do when the error is mended.
Status thenResume(const Status& status) {
    if (status.ok() || status.error().code == ErrorCode::Cancelled) return status;
    Error error = status.error();
    error.fix = error.fix.empty() ? RW_TEXT("run", "Run from the newest checkpoint.")
                                  : RW_TEXT("run", "%1 Then run from the newest checkpoint.").with(error.fix);
    return Status(std::move(error));
}

/// Of a run that goes on from its newest checkpoint. `trouble`: why that is none of its end.
void noteTrouble(StartedRun& started, const Text& trouble) {
    if (!started.run || trouble.empty()) return;
    started.notes.push_back(
        RW_TEXT("run", "The run goes on from an earlier checkpoint, for no newer one could be taken: %1")
            .with(trouble));
}

}  // namespace

StartedRun handOver(RunUnderWay before, StartRequest request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, const std::function<void(const NodeId&)>& ready) {
    StartedRun started;
    before.run->wait();
    const RunState ended = before.run->state();
    started.status = before.run->status();
    const Text trouble = before.run->metrics().checkpoints.trouble;
    before.run.reset();  // closes its files
    if (ended == RunState::Finished) started.status = endedBefore();
    const Result<std::shared_ptr<LoadedCheckpoint>> last = lastOf(before.checkpoints);
    if (!started.status.ok()) {
        if (last.ok() && ended != RunState::Finished) started.status = thenResume(started.status);
        return started;
    }
    started.status = last.status();
    if (!last.ok()) return started;
    (*last)->closesFirst =
        request.checkpoints.closesFirst;  // where the run resumes as it is, that says nothing
    for (CheckpointChoice* choice : {&request.checkpoints, &before.request.checkpoints}) {
        choice->from = *last;
        choice->location = before.checkpoints.location;
        choice->handsOver = false;
    }
    Status why = recompute(before, request, permission, cancelled, **last);
    if (*cancelled && !why.ok()) {
        started.status = why;
        return started;
    }
    const std::optional<SavedCheckpoint> backTo = request.checkpoints.backTo;
    if (why.ok() && backTo) {
        Result<std::shared_ptr<const LoadedCheckpoint>> found = thatOne(before.checkpoints, *backTo);
        why = found.status();
        if (found.ok()) request.checkpoints.from = *std::move(found);
    }
    if (why.ok()) {
        // Before the start: from then on the run drops what it does not need.
        const std::string& name = request.checkpoints.keepAs;
        const bool keeps = !backTo && !name.empty();
        const Status kept = keeps ? keep(before.checkpoints, (*last)->about, name) : Status();
        started = startRun(request, permission, cancelled, ready);
        if (keeps && started.run) {
            started.lastBefore = (*last)->about;
            started.notKept = kept;
            if (kept.ok()) started.lastBefore->name = name;
        }
        if (!backTo) noteTrouble(started, trouble);
        if (started.run || *cancelled) return started;
        if (keeps && kept.ok()) (void)removeSavepoint(before.checkpoints.location, name);
        why = reasonOf(started);
    } else if (permission) {  // as startRun() has it
        permission->consents.withdraw(permission->checked.subject, permission->checked.reached.accesses);
    }
    StartedRun again = startRun(before.request, before.permission, cancelled, ready);
    if (again.run) {
        again.notApplied = why;
        noteTrouble(again, trouble);
    } else {
        again.status = thenResume(again.status);
    }
    return again;
}

}  // namespace rw::ui
