// The part of a run's start on worker threads, where disks may hold it up: it never touches the window.
//
// A start has two steps: checkStart() finds the accesses of the run and those that the user must agree to,
// startRun() plans it and sets it going. RunSession calls both and handles the results.
#pragma once
#include <QString>
#include <QtGlobal>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/needed_secrets.h"
#include "core/launch/files_read.h"
#include "core/launch/run_accesses.h"
#include "core/pipeline/validate.h"
#include "core/runtime/run.h"
#include "core/tape/rolling/rolling_tape.h"
#include "core/tape/tape_file.h"
#include "core/tape/tape_moments.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/session/start_checkpoints.h"

namespace rw::ui {

/// The tape of one run.
struct TapeRequest {
    std::string record{};  ///< file that the run is recorded into; empty: it is not
    std::string keepIn{};  ///< RunRequest::keepInputIn
    std::string replay{};  ///< file that stands in for the sources; empty: they are read
    double speed = 0;      ///< as TapePace
    /// Event time at which the replay is held. It resumes from the newest checkpoint before that, and writes
    /// nothing: it only shows the rows of that time.
    std::optional<Instant> until{};
    std::shared_ptr<TapeMoments> moments{};  ///< of the replays before; null: there are none
    TapeFileRef opened{};                    ///< the tape as it was read when it was chosen; null: it was not
};

/// A document as it was when its run was asked for; copies, for any thread.
struct StartRequest {
    Pipeline pipeline{};
    ValidateOptions options{};
    std::shared_ptr<const Catalogue> catalogue{};
    CheckpointChoice checkpoints{};
    TapeRequest tape{};
    std::shared_ptr<const Connections> connections{};
    AlertRequest alerts{};      ///< nobody is told in a replay, whatever it says
    std::vector<Breakpoint> breakpoints{};
    bool startsPaused = false;  ///< RunOptions::startsPaused
    bool keptSilences = false;  ///< those of `alerts` are the ones that were kept (silence_store.h)
};

/// The result of checkStart().
struct CheckedStart {
    quint64 version = 0;  ///< of the document
    RunSubject subject{};
    bool onlyCharts = false;   ///< the run makes no sinks but charts: other outputs need no consent
    RunAccesses reached{};     ///< known only of one that is runnable
    ConsentRequest request{};  ///< the accesses to agree to; empty: none
    bool runnable = false;     ///< it has no errors
    QString replays{};         ///< path of its tape; empty: it reads its sources
    TapeFileRef tape{};        ///< of a replay that writes outputs
    Status tapeFailed{};       ///< why it can't be replayed: then nothing is to be started
    std::vector<NeededSecret> needed{};  ///< of one that is runnable; none without StartRequest::connections
    std::vector<NeededSecret> unheld{};  ///< those to be typed first; filled by whoever asks for them
    ConsentRequest agreed{};             ///< to which the person said yes just now
};

/// Looks at the files that the run would read and write. `checked` says which document it is of, and whether
/// the run writes outputs. `agreed` is the user's consent of just now, and is kept first. Any thread.
CheckedStart checkStart(const StartRequest& request, const Consents& consents, CheckedStart checked,
                        const ConsentRequest& agreed);

/// Of a start: it is not wanted any more. Set by the GUI thread, looked at by the worker.
using Cancelled = std::shared_ptr<std::atomic<bool>>;

/// Why a run may begin: the checks, and the record of its outputs.
struct Permission {
    Consents consents;
    CheckedStart checked;
};

/// The result of startRun(): a run, or issues of the pipeline, or the status of a start that failed.
struct StartedRun {
    std::shared_ptr<Run> run{};  ///< the last one that has it waits for the engine's threads
    std::string id{};            ///< AssembledRun::id
    std::shared_ptr<RunOutputs> outputs{};
    std::shared_ptr<AlertBoard> alerts{};         ///< of `run`
    std::shared_ptr<RollingTape> kept{};          ///< its newest input; null: it keeps none
    std::shared_ptr<const FilesRead> filesRead{};  ///< as they were before it began; null: of a replay
    std::optional<RunCheckpoints> checkpoints{};  ///< none: the run takes none
    std::optional<SavedCheckpoint> from{};        ///< that it resumes from; none: it begins at its start
    /// Why it is the pipeline of the run before that goes on, and not the edited one; only of handOver().
    Status notApplied{};
    /// The last checkpoint of the run before, where it was to be kept (CheckpointChoice::keepAs); only of
    /// handOver().
    std::optional<SavedCheckpoint> lastBefore{};
    Status notKept{};                             ///< why that one is not kept
    std::vector<Text> notes{};                    ///< notes for the user on how it begins
    Text incompleteTape{};                        ///< a warning: Replay::incomplete
    std::vector<Issue> issues{};
    Status status{};
    std::shared_ptr<TapePace> pace{};        ///< of a replay
    std::shared_ptr<TapeMoments> moments{};  ///< the same: for those that follow it
};

/// The folder in which relative paths start. That of an unsaved pipeline is made; that of a saved one may
/// have been moved, and a run does not put an empty one in its place. Any thread.
Status provideFolder(const ValidateOptions& options);

/// Plans the pipeline and starts it. Without `permission` there is neither a question nor a record. `ready`
/// is called on the engine's threads, once for each node. Any thread; blocks until the run has begun.
StartedRun startRun(const StartRequest& request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, std::function<void(const NodeId&)> ready);

/// The changes of a run that is over to its outputs.
OutputsWritten writtenBy(const Run& run);

}  // namespace rw::ui
