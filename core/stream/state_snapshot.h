// The state of a whole run at one point of its sources.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/pipeline/pipeline.h"
#include "core/store/saved_run.h"

namespace rw {

/// Numbers the output that is put in place at once, from 1, without gaps: by the end of a run, or by a
/// checkpoint, whose number it is then. A run without checkpoints has one.
using Epoch = std::uint64_t;

/// Metrics and kept rows of a run at a snapshot, besides its charts; core/runtime has their type.
struct SeenOfRun {
    virtual ~SeenOfRun() = default;
    std::size_t bytes = 0;  ///< about
};

/// Bytes as StateWriter gives them. A run of the same pipeline, with any parallelism, batch size and
/// executor, resumes from it (RunOptions::restore). Plain data.
struct StateSnapshot {
    /// An operator: the node's id, and which of the stages that the node stands in.
    struct OperatorId {
        NodeId node;
        int stage = 0;
        auto operator<=>(const OperatorId&) const = default;
    };
    /// One an instance that wrote any; none: all have ended. An operator that is missing is new, or had ended
    /// before a checkpoint that was on a disk, where an operator without states is not kept: it is told once
    /// more that it ends, and gives nothing of no rows.
    std::map<OperatorId, std::vector<std::string>> states;
    /// The keyed state of an instance that is written by change (ChangingState), beside the rest in `states`.
    /// Only on its way to a store (CheckpointStore::takesChanges): in a snapshot that is read all is in
    /// `states`.
    struct Changes {
        int instance = 0;
        std::size_t state = 0;  ///< number of the rest in `states`
        bool whole = false;     ///< no earlier part belongs to the state
        bool mayNameRuns = false;  ///< as that of the snapshot, of this instance
        /// Names that CheckpointStore::add() gave, in order.
        std::vector<std::string> parts{};
        std::uint64_t bytes = 0;  ///< of all parts, earlier ones too, and of files
        /// The files that the state still needs: parts that name others (CheckpointStore::addRuns) are left
        /// out.
        std::set<std::string> runs{};
    };
    /// States are of a form in which they may name files (ChangingState::mayNameRuns).
    bool mayNameRuns = false;
    std::map<OperatorId, std::vector<Changes>> changes{};
    /// The files that states name (StateReader::files()) in place of their content, in a snapshot that is
    /// read.
    SavedRuns runs{};
    /// When the first of the runs began: CURRENT_TIMESTAMP stays, for rows that are taken back must be the
    /// same as when they came.
    Instant began = 0;
    Epoch number = 0;  ///< of the checkpoint that it is; 0: it is none
    /// The run was over: all input had been taken, and only the sinks had still to commit. Holds the states
    /// of sinks alone, and of sources that acknowledge; a run that resumes from it lets them do that, and
    /// nothing else.
    bool ended = false;
    /// The sink that decides (Sink::decides) had prepared it, and whether it has committed it is not known:
    /// a run that resumes from it asks first.
    bool pending = false;
    /// It was taken of another pipeline and fitted to this one: nodes without an entry start without state.
    bool edited = false;
    /// Sources whose event time is another column now: their watermark starts from the beginning.
    std::set<NodeId> timesAnew{};
    /// Counts and kept rows that a run which resumes from it begins with; null: none.
    std::shared_ptr<const SeenOfRun> seen{};
};

}  // namespace rw
