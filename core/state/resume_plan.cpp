#include "core/state/resume_plan.h"

namespace rw {

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
        const bool later = each.lineage == checkpoint.about.lineage && each.number > checkpoint.about.number;
        if (later && !each.name.empty() && !each.behind) plan.leftBehind.push_back(each);
    }
    return plan;
}

}  // namespace rw
