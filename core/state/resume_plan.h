// What a run goes on from, and what that comes to.
#pragma once
#include <vector>

#include "core/state/resumable.h"

namespace rw {

/// The checkpoint that a run goes on from when nobody names one: of savedCheckpoints(). Null: there is none,
/// or the last run has ended well.
const SavedCheckpoint* newestResumable(const std::vector<SavedCheckpoint>& saved);

/// A pipeline as it is now. Refers to things that outlive the call.
struct PipelineNow {
    const CheckpointedPipeline& text;  ///< what the checkpoints of its run will say
    ForecastOf pipeline;
    const Catalogue& catalogue;
};

/// What it comes to when the pipeline goes on from a checkpoint.
struct ResumePlan {
    Resumable found{};
    /// Savepoints behind the checkpoint, which nobody can go on from any more then.
    std::vector<SavedCheckpoint> leftBehind{};
    /// False: some node can't go on, Resumable::forecast says which.
    bool possible() const { return found.forecast.possible(); }
    /// A person has to agree first.
    bool losesAnything() const { return found.forecast.anythingLost || !leftBehind.empty(); }
};

/// As resumable(). `saved`: all that there are, savedCheckpoints(). Not of one that says that its run ended
/// well: there is nothing to go on from.
Result<ResumePlan> planResume(const LoadedCheckpoint& checkpoint, const PipelineNow& now,
                              const std::vector<SavedCheckpoint>& saved = {});

}  // namespace rw
