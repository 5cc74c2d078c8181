// Where a run keeps state that does not fit into the memory that it may take.
#pragma once
#include <string>

#include "core/launch/assemble.h"

namespace rw {

/// Gives a run with RunOptions::stateMemory a folder of its own (RunOptions::spill): in `folder`, or where
/// that is empty beside its checkpoints, else in the user's data folder. Called after the pipeline's file;
/// another run of the pipeline at the same time has the next name. An error where the folder is there, or
/// `folder` was given, and no file can be made in it. What runs of the pipeline that were killed have left in
/// any of these places is removed, also by a run that keeps all state in memory. Looks at disks.
Status openStateFolder(const LaunchOf& of, const std::string& folder, const AssembledRun& run,
                       RunOptions& options);

}  // namespace rw
