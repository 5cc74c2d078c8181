#include "widgets/session/apply_receipt.h"

#include <algorithm>
#include <utility>

#include "core/launch/checkpoint_locations.h"
#include "core/pipeline/running_node.h"

namespace rw::ui {

namespace {

/// A run looks for its checkpoints where its pipeline has them.
Status staysWithCheckpoints(const RunCheckpoints& run, const StartRequest& edited,
                            const ValidateOptions& options) {
    const Validated validated = validate(edited.pipeline, *edited.catalogue, options);
    const auto locations = checkpointLocations(
        runningNodes(edited.pipeline, validated, *edited.catalogue), options.file);
    if (std::find(locations.begin(), locations.end(), run.location) != locations.end()) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("checkpoint", "With the changes, the checkpoints of the pipeline are in another place than those "
                                  "of the run."),
            RW_TEXT("checkpoint", "Take the change of the output or of the file back, or apply the changes from the "
                                  "beginning.")};
}

Status weigh(const RunCheckpoints& run, const StartRequest& edited, const RunInput& input,
             ApplyReceipt& out) {
    ValidateOptions known = edited.options;
    known.files = false;  // nobody has agreed yet
    RW_TRY(staysWithCheckpoints(run, edited, known));
    out.now = checkpointedPipeline(edited.pipeline, edited.options, *edited.catalogue);
    LoadedCheckpoint last;
    last.pipeline = run.pipeline;
    RW_TRY_ASSIGN(ResumePlan plan,
                  planResume(last, {out.now, {edited.pipeline, known}, *edited.catalogue}));
    out.forecast = std::move(plan.found.forecast);
    RW_TRY_ASSIGN(const Pipeline before, asPipeline(run.pipeline));
    if (plan.found.edited) {
        ValidateOptions then;
        then.folder = run.pipeline.folder;
        then.file = run.pipeline.file;
        then.variables = run.pipeline.variables;
        then.files = false;
        RW_TRY_ASSIGN(out.outputs, outputForecasts({before, then}, {edited.pipeline, known},
                                                   *edited.catalogue, out.forecast));
        RW_TRY_ASSIGN(out.recompute, recomputable({before, then}, {edited.pipeline, known}, *edited.catalogue,
                                                  out.forecast));
        out.noTape = input.lacks();
        out.inputBytes = input.bytes();
    }
    RW_TRY_ASSIGN(const Pipeline after, asPipeline(out.now));
    out.changes = differencesBetween(before, after);
    return {};
}

}  // namespace

std::set<NodeId> ApplyReceipt::closable() const {
    std::set<NodeId> out;
    for (const auto& [id, node] : forecast.nodes) {
        if (node.closable && !forecast.isSubflow(id)) out.insert(id);
    }
    return out;
}

ApplyReceipt weighApply(const RunCheckpoints& run, const StartRequest& edited, const RunInput& input) {
    ApplyReceipt receipt;
    receipt.obstacle = weigh(run, edited, input, receipt);
    return receipt;
}

CheckpointChoice handOverChoice(const RunCheckpoints& run, std::string agreed) {
    auto last = std::make_shared<LoadedCheckpoint>();
    last->pipeline = run.pipeline;
    CheckpointChoice choice;
    choice.from = std::move(last);
    choice.location = run.location;
    choice.agreed = std::move(agreed);
    choice.handsOver = true;
    choice.keepAs = kBeforeEdit;
    return choice;
}

}  // namespace rw::ui
