// The checkpoint that a run resumes from, with the pipeline as it is now, and the effects of that.
#pragma once
#include <set>
#include <vector>

#include "core/forecast/forecast.h"
#include "core/state/saved_checkpoints.h"

namespace rw {

/// The checkpoint that a run resumes from when none is named: of savedCheckpoints(). Null: there is none,
/// or the last run has ended well.
const SavedCheckpoint* newestResumable(const std::vector<SavedCheckpoint>& saved);

struct Resumable {
    StateSnapshot snapshot{};  ///< RunOptions::restore
    bool edited = false;       ///< the pipeline is another than that of the checkpoint
    /// Where it is possible: the forecast for each node. With anythingLost the user has to agree first.
    Forecast forecast{};
    std::set<NodeId> closed{};  ///< nodes whose open windows give their results first
    std::set<NodeId> recomputed{};  ///< nodes that go on with LoadedCheckpoint::recomputed
};

/// Fits a checkpoint to a pipeline: states go by the ids of nodes today, those that an edit has changed in
/// part are carried over (core/state/carried), and those that it has made meaningless are left out. `now` is
/// the record for the checkpoints of the run to come, of `edited`. An error where the forecast gives one, or
/// a state that is carried over is broken; where some node can't resume, the forecast says which
/// (Forecast::possible).
Result<Resumable> resumable(const LoadedCheckpoint& checkpoint, const CheckpointedPipeline& now,
                            ForecastOf edited, const Catalogue& catalogue);

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
    bool losesAnything() const;
};

/// As resumable(). `saved`: all that there are, savedCheckpoints(). Not for a checkpoint of a run that ended
/// well: it can't be resumed.
Result<ResumePlan> planResume(const LoadedCheckpoint& checkpoint, const PipelineNow& now,
                              const std::vector<SavedCheckpoint>& saved = {});

}  // namespace rw
