// The checkpoints of a run from the command line: where they are, which the run resumes from, and the messages
// about it.
#pragma once
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "core/runtime/run.h"
#include "core/state/checkpoint_location.h"
#include "core/state/saved_checkpoints.h"

namespace rw::cli {

/// Where the checkpoints of a pipeline are: findCheckpoints(), in `folder` where it is not empty. Without
/// --trusted no database outside the folder of the pipeline is looked into.
CheckpointLocation checkpointLocation(const Plan& plan, const PipelineOptions& pipeline,
                                      const std::string& folder);

/// How they may be changed for it: without --trusted not at all.
CheckpointLook checkpointLook(const PipelineOptions& pipeline, const std::string& folder);

/// Gives the run its store, and the state to resume from. An exit status where there is nothing to be run: the
/// last run had ended well, or it can't resume and the reason was printed.
std::optional<int> setUpCheckpoints(const RunCommand& command, const Plan& plan, RunOptions& options);

/// After a run that was stopped or failed: how to go on.
void tellHowToResume(const RunCommand& command, const RunMetrics& metrics);

}  // namespace rw::cli
