// Which checkpoints a run of the window takes and which it resumes from: core/launch, as on the command line.
// All of this looks at disks, on the worker threads of a start.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/launch/assemble.h"
#include "core/pipeline/access.h"

namespace rw::ui {

/// What a person, or an edit, asks of the checkpoints of a run.
struct CheckpointChoice {
    bool always = false;  ///< also where the run ends by itself
    /// The one that it resumes from, as it was read; null: it begins at its start.
    std::shared_ptr<const LoadedCheckpoint> from{};
    CheckpointLocation location{};  ///< of `from`
    /// CheckpointedPipeline::text for which it was agreed that something is lost; empty: for none.
    std::string agreed{};
    /// `from` is to be taken first, by the run that is under way, and has its pipeline only (hand_over.h).
    bool handsOver = false;
    /// With handsOver: `from` is this one, of before an edit was applied, and not the last one.
    std::optional<SavedCheckpoint> backTo{};
    /// With handsOver: LoadedCheckpoint::closesFirst.
    std::set<NodeId> closesFirst{};
    /// With handsOver: nodes whose states are recomputed from the tape of the run (core/launch/recompute.h).
    std::set<NodeId> recomputes{};
    /// With handsOver: the name under which the last checkpoint is kept, to go back to it; empty: none.
    std::string keepAs{};
};

/// Asks for the checkpoints of a run, and that it resumes from `choice.from`, where it can and loses nothing
/// that was not agreed to. `choice` and `of` are to outlive the request.
void askForCheckpoints(const CheckpointChoice& choice, const LaunchOf& of, RunRequest& request);
/// Whether it would resume from `choice.from` with this pipeline, once the states of `choice.recomputes` are
/// there: an error, which that start would give. Any thread.
Status mayGoOnRecomputed(const CheckpointChoice& choice, const Pipeline& pipeline,
                         const ValidateOptions& options, const Catalogue& catalogue);
/// The messages for a person about how it resumed from `choice.from`, and about a damaged file. An error
/// where it did not resume.
Result<std::vector<Text>> wentOn(const CheckpointChoice& choice, const AssembledRun& run);

/// The outputs among `accesses` that a run which resumes from `choice.from` only adds to: the run of the
/// checkpoint has replaced what was there before, and the sinks remove no rows of others. `now`: the pipeline
/// with the nodes of its subflows. None of a run that ends by itself, which replaces outputs at its end.
std::vector<Access> continuedOutputs(const CheckpointChoice& choice, const Pipeline& now,
                                     const std::vector<Access>& accesses, const Catalogue& catalogue);

/// A checkpoint and the effects of resuming from it.
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
                                     const CheckpointLocation& location, const CheckpointReading& how,
                                     const Pipeline& pipeline, const ValidateOptions& options,
                                     const Catalogue& catalogue);

/// “checkpoint 10”, “savepoint “before” (checkpoint 10)”: for messages of core.
Text checkpointName(const SavedCheckpoint& saved);

}  // namespace rw::ui
