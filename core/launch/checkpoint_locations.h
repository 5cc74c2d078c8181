// Where the checkpoints of a pipeline are kept, and looked for.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/running_node.h"
#include "core/state/saved_checkpoints.h"

namespace rw {

/// Where they may be: in `folder` alone, where one is given; else in each database that the pipeline writes,
/// in the order of its nodes, and in the user's data folder, which comes first where a sink decides
/// (BoundNode::decidesWith). A run from the beginning keeps its own in the first. `file` is the pipeline's;
/// all paths are absolute. Never empty.
std::vector<CheckpointLocation> checkpointLocations(const std::vector<RunningNode>& nodes,
                                                    const std::string& file, const std::string& folder = {});

struct FoundCheckpoints {
    CheckpointLocation location{};
    std::vector<SavedCheckpoint> saved{};  ///< as savedCheckpoints()
    Status failure{};                      ///< why they can't be read
};

/// Looks for those of a pipeline in all of checkpointLocations(): an edit may have put another database
/// first, or brought the first one. Where several locations have some, those of the newest count; where none
/// has any, the first location. A location that can't be read is told, unless one before it has some. Looks
/// at disks: see savedCheckpoints().
FoundCheckpoints findCheckpoints(const std::vector<CheckpointLocation>& locations,
                                 CheckpointLook look = CheckpointLook::Recover);

/// In a folder that was named, checkpoints are called after the pipeline's file alone: the file of another
/// pipeline whose checkpoints are there; empty: there is none. A pipeline that was moved, and its folder with
/// it, is the same one. Looks at disks.
std::string otherPipelineAt(const CheckpointLocation& location, const std::string& file);

}  // namespace rw
