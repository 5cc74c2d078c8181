// Makes the store of a run's checkpoints.
#pragma once
#include <memory>
#include <string>

#include "core/pipeline/checks/settings_check.h"
#include "core/state/checkpoint_location.h"
#include "core/state/checkpointed_pipeline.h"
#include "core/stream/checkpoint_store.h"

namespace rw {

struct CheckpointStoreOptions {
    CheckpointLocation location{};
    CheckpointedPipeline pipeline{};
    /// CheckpointStore::lineage(): that of the checkpoint that the run resumes from, else a new
    /// one.
    std::string lineage{};
    /// The checkpoint of that lineage that the run resumes from; 0: none. From begun() on it is the newest:
    /// sinks take back the output of later ones, so none of those may be resumed any more. A run that does not
    /// come so far leaves all as it was.
    Epoch from = 0;
    /// The state of that checkpoint, for a file that has it no more (a damaged one was put aside, another run
    /// has written since). begun() writes it, so that a run that is killed before its first checkpoint can be
    /// resumed, and then releases it. Null: the file has it.
    std::shared_ptr<const StateSnapshot> fromState{};
    int keep = kCheckpointsKept;  ///< checkpoints without a name; at least 1
};

/// A store in an SQLite file. The first write() of a lineage drops the unnamed checkpoints of other lineages of
/// this owner: they can't be resumed any more, for the sinks have started from the beginning.
std::unique_ptr<CheckpointStore> makeCheckpointStore(CheckpointStoreOptions options);

}  // namespace rw
