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
    if (plan.found.snapshot.ended) return plan;  // all that is left to do is to commit
    for (const RunningNode& node : now.nodes) {
        const bool writes = node.kind->group == NodeGroup::Sink && !node.kind->chart;
        if (writes && node.bound->keepsCheckpoints.empty()) plan.beginAnew.push_back(node.id);
    }
    return plan;
}

}  // namespace rw
