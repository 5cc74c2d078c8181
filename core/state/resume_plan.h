// The checkpoint that a run resumes from, and the effects of that.
#pragma once
#include <vector>

#include "core/state/resumable.h"

namespace rw {

/// The checkpoint that a run resumes from when none is named: of savedCheckpoints(). Null: there is none,
/// or the last run has ended well.
const SavedCheckpoint* newestResumable(const std::vector<SavedCheckpoint>& saved);

/// A pipeline as it is now. Refers to things that outlive the call.
struct PipelineNow {
    const CheckpointedPipeline& text;  ///< the record for the checkpoints of its run
    ForecastOf pipeline;
    const Catalogue& catalogue;
};

/// The effects of resuming a pipeline from a checkpoint.
struct ResumePlan {
    Resumable found{};
    /// Savepoints behind the checkpoint, which can't be resumed any more then.
    std::vector<SavedCheckpoint> leftBehind{};
    /// False: some node can't go on, Resumable::forecast says which.
    bool possible() const { return found.forecast.possible(); }
    /// A person has to agree first.
    bool losesAnything() const { return found.forecast.anythingLost || !leftBehind.empty(); }
};

/// As resumable(). `saved`: all that there are, savedCheckpoints(). Not for a checkpoint of a run that ended
/// well: it can't be resumed.
Result<ResumePlan> planResume(const LoadedCheckpoint& checkpoint, const PipelineNow& now,
                              const std::vector<SavedCheckpoint>& saved = {});

}  // namespace rw
