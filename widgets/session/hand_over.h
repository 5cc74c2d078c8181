// An edit applied to a run that goes on: the run ends with a last checkpoint, and the edited pipeline resumes from
// it. On worker threads, like the rest of a start (run_start.h).
#pragma once
#include <functional>

#include "widgets/session/kept_inputs.h"
#include "widgets/session/run_start.h"

namespace rw::ui {

/// The run that goes on, with all that it takes to resume it as it is.
struct RunUnderWay {
    std::shared_ptr<Run> run{};  ///< the last one that has it; told to stop (StopMode::Now) by now
    RunCheckpoints checkpoints{};
    StartRequest request{};  ///< of its pipeline; its choice is set here
    std::optional<Permission> permission{};
    // Where states are recomputed:
    RunInput input{};
    Cancelled givesUp{};                     ///< nothing is to be recomputed, nor changed; null: never
    std::function<void(double)> progress{};  ///< the part that is done; on the worker's thread, often
};

/// Waits until the run has ended, and starts `request` from its last checkpoint, with
/// `request.checkpoints.agreed`. Where that can't be started, the run resumes unchanged from the same
/// checkpoint, and StartedRun::notApplied says why. States that are to be recomputed
/// (`request.checkpoints.recomputes`) are, before the start, and after a check of what was agreed to; where
/// they can't be, or it is given up, likewise. With `request.checkpoints.backTo` it is started from that
/// checkpoint: what came since is taken back, and comes again; where a sink or a source can't, that is a
/// start that fails. A run that failed or ended meanwhile is not resumed: the status is its own then.
/// Otherwise as startRun().
StartedRun handOver(RunUnderWay before, StartRequest request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, const std::function<void(const NodeId&)>& ready);

}  // namespace rw::ui
