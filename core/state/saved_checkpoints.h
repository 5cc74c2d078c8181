// The checkpoints of a pipeline as they are on disk, for lists of them between runs.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/output_files.h"
#include "core/state/checkpoint_location.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/checkpointed_pipeline.h"

namespace rw {

struct SavedCheckpoint {
    Epoch number = 0;
    std::string name{};     ///< of a savepoint; else empty
    std::string lineage{};  ///< CheckpointStore::lineage()
    CheckpointKind kind = CheckpointKind::Running;
    Instant taken = 0;        ///< wall time
    std::uint64_t bytes = 0;  ///< of the state
    bool readable = true;     ///< false: a newer program wrote it
    /// A run resumed from an older one: rows in between were taken back, and this one is never resumed.
    bool behind = false;
    bool pending = false;  ///< StateSnapshot::pending
    std::int64_t id = 0;   ///< of its row
};

/// A whole one, read and checked.
struct LoadedCheckpoint {
    SavedCheckpoint about{};
    StateSnapshot snapshot{};  ///< empty where it says that the run has finished
    CheckpointedPipeline pipeline{};
    /// Newer ones that could not be used, and why; newest first.
    std::vector<Text> passedOver{};
    /// Nodes whose open windows are to be closed first, where an edit lets them begin empty
    /// (NodeForecast::closable): the wish of the person who resumes from it.
    std::set<NodeId> closesFirst{};
    /// States that were recomputed for the edited pipeline (core/launch/recompute.h), by its nodes: where it
    /// lets these begin empty, or they are new, they go on with them.
    std::map<StateSnapshot::OperatorId, std::vector<std::string>> recomputed{};
    /// The file itself is cut or broken: it was read as far as it goes, and can't be written any more.
    bool fileDamaged = false;
};

/// How a file may be changed so that it can be read.
enum class CheckpointLook {
    Recover,  ///< a program that was killed may have left a journal: it is played back
    Only      ///< not at all: of a pipeline without consent, a journal may change or delete any file
};

/// How checkpoints are read.
struct CheckpointReading {
    CheckpointLook look = CheckpointLook::Recover;
    std::shared_ptr<OutputFiles> files{};  ///< where they are; null: the machine's
};

/// Newest first, those that were left behind last; none where there is no such file, or none of this owner in
/// it. An error where the file can't be read. Waits half a second at most for a program that has it locked.
Result<std::vector<SavedCheckpoint>> savedCheckpoints(const CheckpointLocation& location,
                                                      const CheckpointReading& how = {});

/// Whose other checkpoints lie in the same file (CheckpointLocation::owner), in order; none where it can't be
/// read.
std::vector<std::string> otherOwners(const CheckpointLocation& location);

/// The file of the pipeline that the newest checkpoint with a state is of; empty: there is none, or it can't
/// be read.
std::string pipelineFileAt(const CheckpointLocation& location);

/// The pipeline of a checkpoint, without its state.
struct PipelineAtCheckpoint {
    SavedCheckpoint about{};
    CheckpointedPipeline pipeline{};
};
/// Of the newest with a state, and none that lies behind; nothing: there is none. As fast with a large state:
/// that is not looked at. An error where a newer program wrote it, or it can't be read.
Result<std::optional<PipelineAtCheckpoint>> newestPipeline(const CheckpointLocation& location,
                                                           const CheckpointReading& how = {});

/// The newest that is whole, or the savepoint `name` (ErrorCode::NotFound where there is none); nothing where
/// there is no checkpoint. An error where one of a newer program is the newest, where none is whole, and of
/// one that lies behind (SavedCheckpoint::behind).
Result<std::optional<LoadedCheckpoint>> loadCheckpoint(const CheckpointLocation& location,
                                                       const std::string& name = {},
                                                       const CheckpointReading& how = {});

/// That one of savedCheckpoints(), whatever is newer. ErrorCode::NotFound: it is gone.
Result<LoadedCheckpoint> loadSaved(const CheckpointLocation& location, const SavedCheckpoint& saved,
                                   const CheckpointReading& how = {});

/// Bytes of state of each node in it. ErrorCode::NotFound: it is gone.
Result<std::map<NodeId, std::uint64_t>> savedSizes(const CheckpointLocation& location,
                                                   const SavedCheckpoint& saved,
                                                   const CheckpointReading& how = {});

/// Makes a savepoint of that one of savedCheckpoints(), which is kept until it is removed; a savepoint of
/// that name before it becomes a checkpoint like others. ErrorCode::NotFound: it is gone.
Status nameCheckpoint(const CheckpointLocation& location, const SavedCheckpoint& checkpoint,
                      const std::string& name);
/// The newest of all becomes a checkpoint like others: a run that goes on counts on it. ErrorCode::NotFound:
/// there is none of that name.
Status removeSavepoint(const CheckpointLocation& location, const std::string& name);
/// Removes that one of savedCheckpoints(), a savepoint or not; the newest of all loses its name first, as
/// removeSavepoint() does. ErrorCode::NotFound: it is gone. ErrorCode::Invalid: it has no name, and a run
/// looks after it, here or in another program.
Status removeSaved(const CheckpointLocation& location, const SavedCheckpoint& saved);

}  // namespace rw
