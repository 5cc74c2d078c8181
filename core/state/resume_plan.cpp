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

const SavedCheckpoint* newestResumable(const std::vector<SavedCheckpoint>& saved) {
    if (saved.empty() || saved.front().kind == CheckpointKind::Finished) return nullptr;
    return &saved.front();
}

Result<ResumePlan> planResume(const LoadedCheckpoint& checkpoint, const PipelineNow& now) {
    ResumePlan plan;
    RW_TRY_ASSIGN(plan.found, resumable(checkpoint, now.text, now.pipeline, now.catalogue));
    return plan;
}

}  // namespace rw
