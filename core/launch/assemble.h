// A run put together of all that is asked of it, for the command line and the window alike.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/launch/launch.h"
#include "core/launch/replay.h"
#include "core/launch/run_accesses.h"
#include "core/state/saved_checkpoints.h"
#include "core/stream/alerts/alert_board.h"

namespace rw {

/// The checkpoint that a run resumes from.
struct GoingOn {
    std::shared_ptr<const LoadedCheckpoint> from{};
    CheckpointLocation location{};         ///< of `from`
    std::vector<SavedCheckpoint> saved{};  ///< all that there are there
    /// Asked once it is known what is kept and what is lost, before anything is written. An error: the run
    /// does not resume from it.
    std::function<Status(const ResumePlan&, const LaunchCheckpoints&)> agree{};
};

/// The alerts of a run.
struct AlertRequest {
    /// People are told, as the rules say. Not in a replay: its alerts were told when they happened.
    bool tell = false;
    std::string pipeline{};  ///< its name, for those who are told
    /// Puts texts into the language of those who are told, on any thread; empty: English.
    std::function<std::string(const Text&)> say{};
    /// Silences that still hold, of an earlier run of this pipeline.
    std::vector<AlertBoard::Silence> silences{};
};

/// What a run is asked for besides its pipeline.
struct RunRequest {
    /// The accesses that somebody agreed to, or need not be asked about: the run accesses nothing else. Null:
    /// nobody is asked.
    const RunAccesses* agreed = nullptr;
    bool onlyCharts = false;  ///< as runAccesses() takes it
    std::shared_ptr<const Connections> connections{};
    CheckpointRequest checkpoints{};
    /// Called where the run takes checkpoints, and looks at those that there are; nothing: it begins at its
    /// start. Null: the same. The file may be one that a sink writes: it is to be read as the second argument
    /// says, so that it is the one that was agreed to.
    std::function<Result<std::optional<GoingOn>>(const LaunchCheckpoints&, const CheckpointReading&)> goOn{};
    std::string record{};  ///< file that the run is recorded into; empty: it is not
    /// As keepInput(), where the run is neither recorded nor a replay; empty: it keeps none.
    std::string keepInputIn{};
    std::optional<ReplayRequest> replay{};
    AlertRequest alerts{};
    std::optional<RestartStrategy> restart{};  ///< in place of the pipeline's setting
    /// For state beyond RunOptions::stateMemory; empty: beside the checkpoints.
    std::string stateFolder{};
};

/// Where the checkpoints of a run are.
struct RunCheckpoints {
    CheckpointLocation location{};
    std::string lineage{};  ///< CheckpointStore::lineage()
    Millis every = 0;
    CheckpointedPipeline pipeline{};  ///< that they are of
};

/// The result of assembling a run, besides RunOptions.
struct AssembledRun {
    std::string id = newRunId();  ///< its tape has it, and results that are kept of it
    std::optional<Replay> replay{};
    std::shared_ptr<RollingTape> kept{};  ///< its newest input; null: it keeps none
    /// Of the run, also of a replay; never null. When the run is over it is to be asked to finish().
    std::shared_ptr<AlertBoard> alerts{};
    std::optional<RunCheckpoints> checkpoints{};  ///< none: it takes none
    std::optional<SavedCheckpoint> from{};        ///< that it resumes from
    std::optional<std::string> aside{};           ///< new path of a damaged file that was put aside
};

/// Sets `options`, in the order in which that has to be: what may be accessed, the tape, the checkpoints of a
/// run that is no replay, the memory for state where nobody has set it, and last what a failure means. An
/// error, also of those who were asked: the run is not to be started, and nothing was written. Any thread;
/// looks at disks.
Result<AssembledRun> assembleRun(const LaunchOf& of, const RunRequest& asked, RunOptions& options);

/// Starts it. A replay that can't be restored from the moment before the one asked for begins at the start of
/// its tape: what can't be restored is not shown without what was before it. `run.replay` is that then.
Result<std::unique_ptr<Run>> startAssembled(std::shared_ptr<const Plan> plan, const RunRequest& asked,
                                            RunOptions options, AssembledRun& run);

}  // namespace rw
