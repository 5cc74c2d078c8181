// Where a run keeps state that does not fit into the memory that it may take.
#pragma once
#include <string>

#include "core/launch/assemble.h"

namespace rw {

/// Sets RunOptions::stateMemory where `options` do not say it (setStateMemory()), the less the more runs of
/// this user share the memory of the machine. Gives a run with nodes that can have state in files a folder of
/// its own (RunOptions::spill): in `folder`, or where that is empty beside its checkpoints, else in the
/// user's data folder. Called after the pipeline's file; another run of the pipeline at the same time has the
/// next name. Where somebody asked for files (by the memory, in `options` or the pipeline, or by `folder`),
/// it is an error that the folder is there, or was given, and no file can be made in it; else the run has
/// none then. What runs of the pipeline that were killed have left in any of these places is removed, also by
/// a run that keeps all state in memory. Looks at disks.
Status openStateFolder(const LaunchOf& of, const std::string& folder, const AssembledRun& run,
                       RunOptions& options);

}  // namespace rw
