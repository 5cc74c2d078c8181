// The states of nodes of an edited pipeline at the last checkpoint of a run, made of all that came into it.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"
#include "core/runtime/run.h"
#include "core/stream/state_snapshot.h"
#include "core/tape/tape_file.h"

namespace rw {

/// Refers to things that outlive the call.
struct RecomputeRequest {
    const Pipeline& pipeline;  ///< the edited one, as in its file
    const ValidateOptions& validating;
    const Catalogue& catalogue;
    const std::set<NodeId>& nodes;  ///< RecomputeForecast::nodes, or all of them that the pipeline has
    const TapeFileRef& tape;        ///< of the run
    const StateSnapshot& at;        ///< a checkpoint of the run, behind which nothing came
    bool everyColumn = false;       ///< as LaunchOf::everyColumn, of the run to come
    int parallelism = 0;            ///< as PlanOptions::parallelism
    ExecutorKind executor = ExecutorKind::Pool;
    std::function<bool()> isCancelled{};     ///< asked on the calling thread, often; empty: it is not
    std::function<void(double)> progress{};  ///< the part that is done, up to 1; on that thread
};

/// LoadedCheckpoint::recomputed.
using RecomputedStates = std::map<StateSnapshot::OperatorId, std::vector<std::string>>;

/// Whether the tape has all that came into its run, from the start to the end; an error says what it lacks.
Status coversRun(const TapeFile& tape);

/// Replays the tape by the nodes and all that is above them, writes nothing, and takes the states at its end,
/// where windows that are open stay open; none of a run that was over (StateSnapshot::ended). The sources of
/// `pipeline` above the nodes are those of the run. Nobody is asked for anything: answers and tables are on
/// the tape. Blocks until it is done; reads the disk. An error where the tape does not cover the run, is of
/// another one, or ends elsewhere than at the checkpoint, where rows wait for answers above the nodes, where
/// nodes that were edited got answers or files that are on the tape, and where the replay fails;
/// ErrorCode::Cancelled.
Result<RecomputedStates> recomputedStates(const RecomputeRequest& asked);

}  // namespace rw
