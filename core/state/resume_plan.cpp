#include "core/state/resume_plan.h"

namespace rw {

CheckpointPlace checkpointPlace(const std::vector<RunningNode>& nodes, const std::string& file,
                                const std::string& folder) {
    if (!folder.empty()) return placeInFolder(folder, file);
    for (const RunningNode& node : nodes) {
        const std::string& database = node.bound->keepsCheckpoints;
        if (!database.empty()) return placeInDatabase(database, file);
    }
    return placeAtHome(file);
}

CheckpointPlace placeWithCheckpoints(const std::vector<RunningNode>& nodes, const std::string& file,
                                     const std::string& folder) {
    const auto hasAny = [](const CheckpointPlace& place) {
        const auto saved = savedCheckpoints(place);
        // What can't be read is told by whoever reads it: it is not passed by for another.
        return !saved.ok() || !saved->empty();
    };
    CheckpointPlace first = checkpointPlace(nodes, file, folder);
    if (!folder.empty() || hasAny(first)) return first;
    for (const RunningNode& node : nodes) {
        const std::string& database = node.bound->keepsCheckpoints;
        if (database.empty()) continue;
        CheckpointPlace other = placeInDatabase(database, file);
        if (other.path != first.path && hasAny(other)) return other;
    }
    CheckpointPlace home = placeAtHome(file);
    return home.path != first.path && hasAny(home) ? home : first;
}

const SavedCheckpoint* newestResumable(const std::vector<SavedCheckpoint>& saved) {
    if (saved.empty() || saved.front().behind || saved.front().kind == CheckpointKind::Finished)
        return nullptr;
    return &saved.front();
}

Result<ResumePlan> planResume(const LoadedCheckpoint& checkpoint, const PipelineNow& now,
                              const std::vector<SavedCheckpoint>& saved) {
    ResumePlan plan;
    RW_TRY_ASSIGN(plan.found, resumable(checkpoint, now.text, now.pipeline, now.catalogue));
    if (plan.found.snapshot.ended) return plan;  // all that is left to do is to commit
    for (const SavedCheckpoint& each : saved) {
        const bool later = each.line == checkpoint.about.line && each.number > checkpoint.about.number;
        if (later && !each.name.empty() && !each.behind) plan.leftBehind.push_back(each);
    }
    return plan;
}

}  // namespace rw
