// Putting a run together, for the command line and the window alike. Each step sets a part of RunOptions.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/pipeline/restart_strategy.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/run.h"
#include "core/state/checkpoint_store.h"
#include "core/state/resume_plan.h"

namespace rw {

class RollingTape;

/// The pipeline that is to be run. Refers to things that outlive the call.
struct LaunchOf {
    const Pipeline& pipeline;  ///< as in its file
    const ValidateOptions& validating;
    const Catalogue& catalogue;
    const Plan& plan;
    bool everyColumn = false;  ///< the plan prunes none (PlanOptions::pruneColumns)
};

/// The options for the checkpoints of a run.
struct CheckpointRequest {
    std::optional<Millis> every{};  ///< overrides the pipeline's setting; 0: it takes none
    std::optional<int> kept{};      ///< overrides the pipeline's setting
    std::string folder{};           ///< as checkpointLocations()
    /// Checkpoints were asked for: they are also taken where the run ends by itself, and it does not start
    /// where none can be taken.
    bool wanted = false;
    bool evenIfOff = false;  ///< also where the pipeline's setting turns them off
    bool replays = false;    ///< a tape ends by itself
};

/// The checkpoints of a run that is being put together.
struct LaunchCheckpoints {
    Millis every = 0;
    bool required = false;
    CheckpointStoreOptions store{};
};

/// Whether a run takes checkpoints, and how often; 0: it takes none. It has to have a file, by which they are
/// found again, and not to end by itself unless it is asked to.
Millis checkpointInterval(const Settings& settings, const std::string& file, const Plan& plan,
                          const CheckpointRequest& request);

/// Those of a run from the beginning, in the first of its locations and of a new lineage; nothing: it
/// takes none. Reads the files of subflows.
std::optional<LaunchCheckpoints> launchCheckpoints(const LaunchOf& of, const CheckpointRequest& request);

/// The effects of resuming the run from `checkpoint`; `saved` as planResume() takes it.
Result<ResumePlan> planResume(const LaunchOf& of, const LaunchCheckpoints& checkpoints,
                              const LoadedCheckpoint& checkpoint, const std::vector<SavedCheckpoint>& saved);

/// Makes the run resume from `checkpoint`, which is at `location`, by `plan`, once the user has agreed where
/// that is needed. A damaged file is put aside first; its new path, else nothing. Writes nothing besides.
Result<std::optional<std::string>> resumeFrom(const LoadedCheckpoint& checkpoint,
                                              const CheckpointLocation& location, ResumePlan plan,
                                              LaunchCheckpoints& checkpoints, RunOptions& options);

/// Gives the run its store.
void takeCheckpoints(LaunchCheckpoints checkpoints, RunOptions& options);

/// A name for a run that no other one has.
std::string newRunId();

/// Has the run `id` recorded in a new file; `shown` is its path as people know it.
void recordTape(const LaunchOf& of, const std::string& path, const std::string& shown, const std::string& id,
                RunOptions& options);

/// Has the run `id` keep the newest of its input in a folder of its own below `parent`, where it has a source
/// that can't be read again and the pipeline may. Null: it does not. Writes nothing before the run begins.
std::shared_ptr<RollingTape> keepInput(const LaunchOf& of, const std::string& parent, const std::string& id,
                                       RunOptions& options);

/// Sets how the run handles a failure of a source or a sink: `asked`, else the settings. After the checkpoints
/// and the tape are set: a failure on a tape that is replayed is not retried, for it fails again.
void setRestart(const Settings& settings, const std::optional<RestartStrategy>& asked, RunOptions& options);

/// Sets how much state stays in memory where `options` do not say it: as the pipeline says, else
/// usualStateMemory() of the run that has this place.
void setStateMemory(const Plan& plan, RunOptions& options, int place = 1);

}  // namespace rw
