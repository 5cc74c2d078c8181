// The checkpoints of a run from the command line: where they are, which the run resumes from, and the messages
// about it.
#pragma once
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "core/launch/assemble.h"
#include "core/runtime/run.h"
#include "core/state/checkpoint_location.h"
#include "core/state/saved_checkpoints.h"

namespace rw::cli {

/// Why a run is not started.
struct RefusedStart {
    int exit = 2;
    bool told = false;  ///< the reason was printed
};

/// Where the checkpoints of a pipeline are: findCheckpoints(), in `folder` where it is not empty. Without
/// --trusted no database outside the folder of the pipeline is looked into.
CheckpointLocation checkpointLocation(const Plan& plan, const PipelineOptions& pipeline,
                                      const std::string& folder);

/// How they may be changed for it: without --trusted not at all.
CheckpointLook checkpointLook(const PipelineOptions& pipeline, const std::string& folder);

/// Asks for the checkpoints of the run, and for what it resumes from, as the words say. An exit status where
/// the words contradict each other. RunRequest::goOn sets `exit`, where that is not the usual status of an
/// error, and `told` where the error was printed; it refers to `command` and to what `of` refers to.
std::optional<int> askForCheckpoints(const RunCommand& command, const LaunchOf& of, RunRequest& request,
                                     RefusedStart& refused);
/// After a run was put together: from what it goes on.
void tellWhatItGoesOnFrom(const AssembledRun& run);

/// After a run that was stopped or failed: how to go on, where its checkpoint is still there.
void tellHowToResume(const RunCommand& command, const RunCheckpoints& checkpoints, const RunMetrics& metrics);

}  // namespace rw::cli
