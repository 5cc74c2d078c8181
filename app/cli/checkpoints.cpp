#include <fmt/format.h>

#include <filesystem>

#include "app/cli/commands.h"
#include "app/cli/kept_on_clusters.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/run_checkpoints.h"
#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/data/text.h"
#include "core/pipeline/json/json_layout.h"
#include "core/state/saved_checkpoints.h"

namespace rw::cli {

namespace {

const char* kindWord(const SavedCheckpoint& saved) {
    if (saved.kind == CheckpointKind::Finished) return "ended-well";
    if (!saved.readable) return "newer-version";
    if (saved.behind) return "left-behind";
    return saved.name.empty() ? "checkpoint" : "savepoint";
}

std::string takenText(const SavedCheckpoint& saved) {
    std::string text;
    appendTimestamp(text, saved.taken);
    return text;
}

Json savedJson(const std::vector<SavedCheckpoint>& all) {
    Json out = Json::array();
    for (const SavedCheckpoint& saved : all) {
        out.push_back({{"number", saved.number},
                       {"kind", kindWord(saved)},
                       {"name", saved.name.empty() ? Json() : Json(saved.name)},
                       {"taken", takenText(saved)},
                       {"bytes", saved.bytes}});
    }
    return out;
}

std::string savedLines(const std::vector<SavedCheckpoint>& all) {
    if (all.empty()) return "no checkpoint\n";
    std::string out;
    for (const SavedCheckpoint& saved : all) {
        out += fmt::format("{:>8}  {:<13}  {} UTC, {} ago  {:>10}  {}\n", saved.number, kindWord(saved),
                           takenText(saved), english(figures::age(systemClock()->now() - saved.taken)),
                           byteSizeText(saved.bytes), printableLine(saved.name));
    }
    return out;
}

/// `saved` gets the name, and a checkpoint that has it loses it. One with another name keeps that.
Status keepAs(const CheckpointLocation& location, const SavedCheckpoint& saved, const std::string& name,
              const std::vector<SavedCheckpoint>& all) {
    if (!saved.name.empty() && saved.name != name) {
        return {ErrorCode::Invalid,
                RW_TEXT("checkpoint", "The newest checkpoint is the savepoint “%1”.").with(saved.name),
                RW_TEXT("checkpoint", "Use that one, or wait until there is a newer checkpoint.")};
    }
    RW_TRY(nameCheckpoint(location, saved, name));
    for (const SavedCheckpoint& before : all) {
        if (before.name != name || before.id == saved.id) continue;
        printMessage("savepoint",
                     fmt::format("“{}” was checkpoint {}, which is kept no longer", name, before.number));
    }
    return {};
}

/// The newest that can be resumed gets the name.
Status saveNewest(const CheckpointLocation& location, const std::string& name) {
    RW_TRY_ASSIGN(const std::vector<SavedCheckpoint> all, savedCheckpoints(location));
    for (const SavedCheckpoint& saved : all) {
        if (saved.kind == CheckpointKind::Running && saved.readable && !saved.behind)
            return keepAs(location, saved, name, all);
    }
    return {ErrorCode::NotFound, RW_TEXT("checkpoint", "There is no checkpoint to be kept."),
            RW_TEXT("checkpoint", "Take one first: a run without end does, others with --checkpoint-every.")};
}

}  // namespace

int checkpoints(const CheckpointsCommand& command, const WithQt& withQt) {
    // The list has the checkpoints of runs here alone.
    const std::vector<Deployment> jobs = withQt.jobsOf(
        std::filesystem::path(validateOptions(command.pipeline).file).lexically_normal().string());
    // A user who keeps or removes one knows the pipeline's runs.
    PipelineOptions asked = command.pipeline;
    asked.trusted = asked.trusted || !command.save.empty() || !command.remove.empty();
    const std::shared_ptr<const Plan> planned = planToLookAt(asked);
    if (!planned) return 2;
    const CheckpointLocation location = checkpointLocation(*planned, asked, command.folder);
    Status done;
    if (!command.save.empty()) done = saveNewest(location, command.save);
    if (!command.remove.empty()) done = removeSavepoint(location, command.remove);
    const CheckpointLook look = checkpointLook(asked, command.folder);
    const auto all =
        done.ok() ? savedCheckpoints(location, {look}) : Result<std::vector<SavedCheckpoint>>(done);
    if (all.ok()) done = writeOut(command.json ? indented(savedJson(*all)) + "\n" : savedLines(*all));
    if (all.ok() && done.ok() && !command.json) tellKept(jobs);
    if (!all.ok() || !done.ok()) {
        printMessage("error", english(all.ok() ? done.error() : all.error()));
        return 1;
    }
    return 0;
}

}  // namespace rw::cli
