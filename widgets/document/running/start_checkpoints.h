// Which checkpoints a run of the window takes and what it goes on from: core/launch, as on the command line.
// What is here looks at disks, on the worker threads of a start.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/launch/launch.h"

namespace rw::ui {

/// Where the checkpoints of a run are.
struct RunCheckpoints {
    CheckpointLocation location{};
    std::string lineage{};  ///< CheckpointStore::lineage()
    Millis every = 0;
};

/// What a person wants of the checkpoints of a run.
struct CheckpointWish {
    bool always = false;  ///< also where the run ends by itself
    /// What it goes on from, as it was read; null: it begins at its start.
    std::shared_ptr<const LoadedCheckpoint> from{};
    CheckpointLocation location{};  ///< of `from`
    /// CheckpointedPipeline::text for which it was agreed that something is lost; empty: for none.
    std::string agreed{};
};

/// What a start has found out.
struct StartCheckpoints {
    std::optional<RunCheckpoints> taken{};  ///< none: the run takes no checkpoints
    std::vector<Text> notes{};              ///< what a person should know
};

/// Gives the run its store, and what it goes on from. An error where it can't go on from `wish.from`, or
/// would lose something that was not agreed to: nothing has been written then. Looks at disks, any thread.
Result<StartCheckpoints> setUpCheckpoints(const CheckpointWish& wish, const LaunchOf& of,
                                          RunOptions& options);

/// A checkpoint and what going on from it would come to.
struct ExaminedCheckpoint {
    std::shared_ptr<const LoadedCheckpoint> checkpoint{};  ///< null: there is none
    CheckpointLocation location{};
    CheckpointedPipeline now{};
    ResumePlan plan{};  ///< without the snapshot
    Status failure{};   ///< why nothing is known
    /// Nothing has to be asked.
    bool plain() const { return plan.possible() && !plan.losesAnything(); }
};

/// Reads the newest, or `which`, and compares. Looks at disks and may take seconds; any thread.
ExaminedCheckpoint examineCheckpoint(const std::optional<SavedCheckpoint>& which,
                                     const CheckpointLocation& location, const Pipeline& pipeline,
                                     const ValidateOptions& options, const Catalogue& catalogue);

/// “checkpoint 10”, “savepoint “before” (checkpoint 10)”: in what core has to say.
Text checkpointName(const SavedCheckpoint& saved);

}  // namespace rw::ui
