// Resuming from a checkpoint with the pipeline as it is now.
#pragma once
#include "core/forecast/forecast.h"
#include "core/state/saved_checkpoints.h"

namespace rw {

struct Resumable {
    StateSnapshot snapshot{};  ///< RunOptions::restore
    bool edited = false;       ///< the pipeline is another than that of the checkpoint
    /// Where it is possible: the forecast for each node. With anythingLost the user has to agree first.
    Forecast forecast{};
};

/// Fits a checkpoint to a pipeline: states go by the ids of nodes today, and those that an edit has made
/// meaningless are left out. `now` is the record for the checkpoints of the run to come, of `edited`. An error
/// where the forecast gives one; where some node can't resume, the forecast says which (Forecast::possible).
Result<Resumable> resumable(const LoadedCheckpoint& checkpoint, const CheckpointedPipeline& now,
                            ForecastOf edited, const Catalogue& catalogue);

}  // namespace rw
