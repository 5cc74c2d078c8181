// What a start of a run does on worker threads, where disks may hold it up: no part of it touches the window.
//
// A start has two steps: checkStart() finds out what the run would access and what a person must agree to,
// startRun() plans it and sets it going. RunSession calls both and decides what is done with the results.
#pragma once
#include <QtGlobal>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/launch/run_accesses.h"
#include "core/pipeline/validate.h"
#include "core/runtime/run.h"
#include "core/tape/tape_moments.h"
#include "widgets/document/running/run_consent.h"
#include "widgets/document/running/start_checkpoints.h"

namespace rw::ui {

/// The tape of one run.
struct TapeRequest {
    std::string record{};  ///< file that the run is recorded into; empty: it is not
    std::string replay{};  ///< file that stands in for the sources; empty: they are read
    double speed = 0;      ///< as TapePace
    /// Event time at which the replay is held. It goes on from the newest checkpoint before that, and writes
    /// nothing: it shows what was.
    std::optional<Instant> until{};
    std::shared_ptr<TapeMoments> moments{};  ///< of the replays before; null: there are none
};

/// A document as it was when its run was asked for; copies, for any thread.
struct StartRequest {
    Pipeline pipeline{};
    ValidateOptions options{};
    std::shared_ptr<const Catalogue> catalogue{};
    CheckpointWish checkpoints{};
    TapeRequest tape{};
    std::shared_ptr<const Connections> connections{};
};

/// What checkStart() found out.
struct CheckedStart {
    quint64 version = 0;  ///< of the document
    RunSubject subject{};
    bool onlyCharts = false;   ///< the run makes no sinks but charts: nobody is asked about other outputs
    RunAccesses reached{};     ///< known only of one that is runnable
    ConsentRequest request{};  ///< what must be agreed to; empty: nothing
    bool runnable = false;     ///< it has no errors
};

/// Looks at the files that the run would read and write. `checked` says which document it is of, and whether
/// the run writes outputs. `agreed` is what the person agreed to just now, and is kept first. Any thread.
CheckedStart checkStart(const StartRequest& request, const Consents& consents, CheckedStart checked,
                        const ConsentRequest& agreed);

/// Of a start: it is not wanted any more. Set by the GUI thread, looked at by the worker.
using Cancelled = std::shared_ptr<std::atomic<bool>>;

/// Why a run may begin: what was checked, and who remembers what it writes.
struct Permission {
    Consents consents;
    CheckedStart checked;
};

/// What startRun() gives back: a run, or issues of the pipeline, or the status of a start that failed.
struct StartedRun {
    std::shared_ptr<Run> run{};  ///< the last one that has it waits for the engine's threads
    std::shared_ptr<RunOutputs> outputs{};
    std::optional<RunCheckpoints> checkpoints{};  ///< none: the run takes none
    std::vector<Text> notes{};                    ///< what a person should know of how it begins
    std::vector<Issue> issues{};
    Status status{};
    std::shared_ptr<TapePace> pace{};        ///< of a replay
    std::shared_ptr<TapeMoments> moments{};  ///< the same: for those that follow it
};

/// Plans the pipeline and starts it. Without `permission` nobody is asked and nobody remembers. `ready` is
/// called on the engine's threads, once for each node. Any thread; blocks until the run has begun.
StartedRun startRun(const StartRequest& request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, std::function<void(const NodeId&)> ready);

/// What a run that is over did to its outputs.
OutputsWritten writtenBy(const Run& run);

}  // namespace rw::ui
