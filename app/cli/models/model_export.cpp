#include "app/cli/models/model_export.h"

#include <fmt/format.h>

#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/run_checkpoints.h"
#include "core/base/byte_size.h"
#include "core/connect/files/file_output.h"
#include "core/nodes/learning/learnt_file.h"
#include "core/runtime/planning/plan.h"
#include "core/state/saved_checkpoints.h"

namespace rw::cli {

namespace {

/// The checkpoint, with a state in it.
Result<LoadedCheckpoint> checkpointOf(const CheckpointLocation& location, const ModelExportCommand& command) {
    const CheckpointLook look = checkpointLook(command.pipeline, command.folder);
    RW_TRY_ASSIGN(auto found, loadCheckpoint(location, command.savepoint, {look}));
    if (!found) {
        return Status(ErrorCode::NotFound, RW_TEXT("cli", "There is no checkpoint with a model."),
                      RW_TEXT("cli",
                              "Run the pipeline with checkpoints first: a run without end takes them, others "
                              "do with --checkpoint-every."));
    }
    if (found->about.kind != CheckpointKind::Finished) return *std::move(found);
    return Status(
        ErrorCode::NotFound,
        RW_TEXT("cli", "The last run has ended, and its state was dropped with its last checkpoint."),
        RW_TEXT("cli",
                "Let the node save its models at the end: “Save model to” (save_model). Or keep a savepoint "
                "while it runs (checkpoints FILE --save NAME), and export from that."));
}

/// The pipeline that ran, whatever its file has now.
Result<std::shared_ptr<const Plan>> planOf(const CheckpointedPipeline& pipeline) {
    RW_TRY_ASSIGN(const Pipeline then, asPipeline(pipeline));
    PlanOptions options;
    options.validate.folder = pipeline.folder;
    options.validate.file = pipeline.file;
    options.validate.variables = pipeline.variables;
    options.validate.files = false;  // they may be gone
    Planned planned = makePlan(then, catalogue(), options);
    if (planned.plan) return std::move(planned.plan);
    return Status(ErrorCode::Invalid,
                  RW_TEXT("cli", "The pipeline of the checkpoint can't be planned by this program."),
                  RW_TEXT("cli", "Run it again with this program, and export from that run."));
}

const PlannedNode* nodeOf(const Plan& plan, const NodeId& id) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (node.node == id) return &node;
        }
    }
    return nullptr;
}

Result<std::string> exported(const CheckpointLocation& location, const ModelExportCommand& command) {
    RW_TRY_ASSIGN(const LoadedCheckpoint checkpoint, checkpointOf(location, command));
    RW_TRY_ASSIGN(const std::shared_ptr<const Plan> plan, planOf(checkpoint.pipeline));
    const PlannedNode* const node = nodeOf(*plan, command.node);
    if (node == nullptr) {
        return Status(
            ErrorCode::NotFound,
            RW_TEXT("cli", "The pipeline of the checkpoint has no node “%1”.").with(command.node),
            RW_TEXT("cli", "Name the node by its id in the file; one in a subflow as outer/inner."));
    }
    const auto states = checkpoint.snapshot.states.find(node->operatorId);
    const std::vector<std::string> none;
    const std::string about =
        fmt::format("{} “{}”, checkpoint {}", node->kind->type, node->node, checkpoint.about.number);
    return learntDocument(*node->bound, states == checkpoint.snapshot.states.end() ? none : states->second,
                          about);
}

Status writeModel(const std::string& text, const std::string& path) {
    if (path.empty() || path == "-") return writeOut(text, RW_TEXT("cli", "Name a file with --out."));
    FileOutput file(path, FileOutput::Placing::Staged);
    RW_TRY(file.open());
    file.buffer() += text;
    return file.close();
}

}  // namespace

int modelExport(const ModelExportCommand& command) {
    const std::shared_ptr<const Plan> planned = planToLookAt(command.pipeline);
    if (!planned) return 2;
    const CheckpointLocation location = checkpointLocation(*planned, command.pipeline, command.folder);
    const Result<std::string> text = exported(location, command);
    const Status done = text.ok() ? writeModel(*text, command.out) : text.status();
    if (!done.ok()) printMessage("error", english(done.error()));
    return done.ok() ? 0 : 1;
}

}  // namespace rw::cli
