#include "widgets/session/start_checkpoints.h"

#include <algorithm>
#include <utility>

#include "core/data/text.h"
#include "core/launch/checkpoint_locations.h"
#include "core/pipeline/running_node.h"

namespace rw::ui {

namespace {

Text takenAt(const SavedCheckpoint& saved) {
    std::string at;
    appendTimestamp(at, saved.taken);
    return RW_TEXT("checkpoint", "The run resumes from %1, taken at %2 UTC.").with(checkpointName(saved), at);
}

/// A damaged file tells of none.
std::vector<SavedCheckpoint> savedOrNone(const CheckpointLocation& location, const CheckpointReading& how) {
    Result<std::vector<SavedCheckpoint>> saved = savedCheckpoints(location, how);
    return saved.ok() ? *std::move(saved) : std::vector<SavedCheckpoint>();
}

/// Another program, or another window, may have resumed from it and left it behind.
Status stillThere(const CheckpointChoice& choice, const CheckpointReading& how) {
    const SavedCheckpoint& from = choice.from->about;
    RW_TRY_ASSIGN(const std::vector<SavedCheckpoint> all, savedCheckpoints(choice.location, how));
    const bool there = std::any_of(all.begin(), all.end(), [&from](const SavedCheckpoint& saved) {
        return saved.lineage == from.lineage && saved.number == from.number && !saved.behind;
    });
    if (there) return {};
    return {ErrorCode::NotFound,
            RW_TEXT("checkpoint", "Checkpoint %1 is not there any more.").with(from.number),
            RW_TEXT("checkpoint", "Take a newer one.")};
}

/// The document may have been edited since the question was answered.
Status changedMeanwhile() {
    return {ErrorCode::Invalid,
            RW_TEXT("checkpoint", "The pipeline was changed while the run was being started."),
            RW_TEXT("checkpoint", "Resume it again: what would be lost is listed first.")};
}

Status isPossible(const CheckpointChoice& choice, const ResumePlan& plan) {
    if (plan.possible()) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("checkpoint", "The pipeline as it is now can't resume from %1.")
                .with(checkpointName(choice.from->about)),
            RW_TEXT("checkpoint", "Take the edit back, or run it from its beginning.")};
}

Status mayGoOn(const CheckpointChoice& choice, const ResumePlan& plan, const std::string& now,
               const std::vector<CheckpointLocation>& locations) {
    RW_TRY(isPossible(choice, plan));
    const bool elsewhere = std::find(locations.begin(), locations.end(), choice.location) == locations.end();
    return elsewhere || (plan.losesAnything() && choice.agreed != now) ? changedMeanwhile() : Status();
}

}  // namespace

void askForCheckpoints(const CheckpointChoice& choice, const LaunchOf& of, RunRequest& request) {
    const bool resumes = choice.from != nullptr;
    request.checkpoints.wanted = resumes || choice.always;
    request.checkpoints.evenIfOff = resumes;
    if (!resumes) return;
    request.goOn = [&choice, &of](const LaunchCheckpoints&,
                                  const CheckpointReading& how) -> Result<std::optional<GoingOn>> {
        if (!choice.from->fileDamaged) RW_TRY(stillThere(choice, how));
        GoingOn going{choice.from, choice.location, savedOrNone(choice.location, how), {}};
        going.agree = [&choice, &of](const ResumePlan& plan, const LaunchCheckpoints& checkpoints) {
            return mayGoOn(choice, plan, checkpoints.store.pipeline.text,
                           checkpointLocations(runningNodes(of.plan), of.validating.file));
        };
        return std::optional(std::move(going));
    };
}

Status mayGoOnRecomputed(const CheckpointChoice& choice, const Pipeline& pipeline,
                         const ValidateOptions& options, const Catalogue& catalogue) {
    const CheckpointedPipeline now = checkpointedPipeline(pipeline, options, catalogue);
    ValidateOptions known = options;
    known.files = false;
    RW_TRY_ASSIGN(ResumePlan plan, planResume(*choice.from, {now, {pipeline, known}, catalogue}));
    RW_TRY(isPossible(choice, plan));
    plan.found.recomputed = choice.recomputes;
    return plan.losesAnything() && choice.agreed != now.text ? changedMeanwhile() : Status();
}

Result<std::vector<Text>> wentOn(const CheckpointChoice& choice, const AssembledRun& run) {
    const bool resumes = choice.from && !run.replay;
    if (resumes && !run.from) return changedMeanwhile();  // it takes none any more
    std::vector<Text> notes;
    if (resumes) notes = choice.from->passedOver;
    if (run.aside)
        notes.push_back(RW_TEXT("checkpoint", "The damaged file is kept as “%1”.").with(*run.aside));
    if (resumes) notes.push_back(takenAt(*run.from));
    return notes;
}

std::vector<Access> continuedOutputs(const CheckpointChoice& choice, const Pipeline& now,
                                     const std::vector<Access>& accesses, const Catalogue& catalogue) {
    if (!choice.from || choice.from->snapshot.pending) return {};
    const CheckpointedPipeline& then = choice.from->pipeline;
    const Result<Pipeline> before = asPipeline(then);
    if (!before.ok()) return {};
    ValidateOptions options;
    options.folder = then.folder;
    options.file = then.file;
    options.variables = then.variables;
    options.files = false;  // they may be gone
    const Validated validated = validate(*before, catalogue, options);
    const std::vector<RunningNode> nodes = runningNodes(*before, validated, catalogue);
    if (nodes.empty() || endsByItself(nodes)) return {};
    const std::vector<Access> written = accessesOf(*before, catalogue, options, validated);
    std::vector<Access> continued;
    for (const Access& access : accesses) {
        const Node *old = before->find(access.node), *node = now.find(access.node);
        if (access.kind != Access::Kind::Writes || old == nullptr || node == nullptr) continue;
        const bool same = old->type == node->type && old->params == node->params;
        const auto wasWritten = [&access](const Access& one) { return one.identity() == access.identity(); };
        if (same && std::any_of(written.begin(), written.end(), wasWritten)) continued.push_back(access);
    }
    return continued;
}

ExaminedCheckpoint examineCheckpoint(const std::optional<SavedCheckpoint>& which,
                                     const CheckpointLocation& location, const CheckpointReading& how,
                                     const Pipeline& pipeline, const ValidateOptions& options,
                                     const Catalogue& catalogue) {
    ExaminedCheckpoint out;
    out.location = location;
    out.now = checkpointedPipeline(pipeline, options, catalogue);
    Result<std::optional<LoadedCheckpoint>> loaded = std::optional<LoadedCheckpoint>();
    if (which) {
        Result<LoadedCheckpoint> that = loadSaved(location, *which, how);
        if (that.ok()) {
            loaded = std::optional<LoadedCheckpoint>(*std::move(that));
        } else {
            loaded = that.status();
        }
    } else {
        loaded = loadCheckpoint(location, {}, how);
    }
    if (!loaded.ok()) {
        out.failure = loaded.status();
        return out;
    }
    if (!*loaded) return out;
    out.checkpoint = std::make_shared<const LoadedCheckpoint>(**std::move(loaded));
    if (out.checkpoint->about.kind == CheckpointKind::Finished) return out;
    ValidateOptions known = options;
    known.files = false;  // a disk that has nothing to do with it is not waited for
    Result<ResumePlan> plan =
        planResume(*out.checkpoint, {out.now, {pipeline, known}, catalogue}, savedOrNone(location, how));
    if (!plan.ok()) {
        out.failure = plan.status();
        return out;
    }
    out.plan = *std::move(plan);
    out.plan.found.snapshot = {};  // as large as the state, and read again by the start
    return out;
}

Text checkpointName(const SavedCheckpoint& saved) {
    if (saved.name.empty()) return RW_TEXT("checkpoint", "checkpoint %1").with(saved.number);
    return RW_TEXT("checkpoint", "savepoint “%1” (checkpoint %2)").with(saved.name, saved.number);
}

}  // namespace rw::ui
