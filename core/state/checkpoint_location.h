// Where the checkpoints of a pipeline are.
#pragma once
#include <string>

namespace rw {

struct CheckpointLocation {
    std::string path{};   ///< of the SQLite file
    std::string owner{};  ///< whose checkpoints in it
    bool alone = false;   ///< nothing but checkpoints is in the file
    bool operator==(const CheckpointLocation&) const = default;
};

/// The part of the file that a run claims (OutputFiles::claim) for as long as it takes checkpoints there.
std::string claimedBy(const CheckpointLocation& location);

/// Where the paths of files begin that sources keep beside the checkpoints (MakeContext::journals): `.NAME`
/// of the checkpoints' file and whose they are.
std::string journalsBeside(const CheckpointLocation& location);

/// In a database that a sink writes. They are found again when pipeline and database were moved together.
/// Both paths are absolute.
CheckpointLocation locationInDatabase(const std::string& database, const std::string& pipelineFile);

/// In a file of their own in `folder`, called after the pipeline's file: pipelines of one name need folders
/// of their own.
CheckpointLocation locationInFolder(const std::string& folder, const std::string& pipelineFile);

/// In a file of their own in the user's data folder: $XDG_DATA_HOME/rillwright/checkpoints, or below
/// ~/.local/share. Called after the pipeline's file, of a long name its beginning, and its folder.
CheckpointLocation locationAtHome(const std::string& pipelineFile);

}  // namespace rw
