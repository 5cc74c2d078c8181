// A run: a plan being executed in the background. Start it, look at it, stop it; nothing here ever waits
// for rows. After a failure it may be tried again (RunOptions::restart): it is one run all the same.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/output_files.h"
#include "core/base/status.h"
#include "core/base/time.h"
#include "core/pipeline/restart_strategy.h"
#include "core/runtime/metrics/metrics.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/stepping/until.h"
#include "core/runtime/tap.h"
#include "core/stream/live_view.h"
#include "core/stream/state_snapshot.h"

namespace rw {

class AlertBoard;
class CheckpointStore;
class Connections;
class SpillFolder;
class TapePlayer;
class TapeRecorder;
class WindowWatch;

/// Which checkpoints a run takes.
struct CheckpointOptions {
    /// Of this run alone; null: it takes none. Where no sink is in epochs (Sink::isTransactional) a store
    /// that fails is told of in CheckpointMetrics::trouble; otherwise it fails the run, whose rows could not
    /// be seen.
    std::shared_ptr<CheckpointStore> store{};
    Millis every = 10'000;  ///< from one to the next
    bool required = false;  ///< the run does not start if the store can't be opened, whatever its sinks are
    /// Row counts, rows of taps and rows kept for the panel are in the snapshots (StateSnapshot::seen). They
    /// are those of the barrier where the sources stand still meanwhile; rows whose time comes later
    /// (throttle) wait for it.
    bool seen = false;
    /// From so many bytes of an instance's state on, checkpoints contain it by change (ChangingState).
    std::size_t changesFrom = std::size_t{16} << 20;
    /// From so many bytes of state on a file is named (CheckpointStore::addRuns): to sync a smaller one takes
    /// longer than to write its content with others.
    std::size_t filesFrom = std::size_t{128} << 10;
};

enum class ExecutorKind {
    Pool,  ///< a pool of threads
    /// No thread: the run goes on while one is in Run::wait(), waitFor(), snapshot() or awaitSnapshot(), or
    /// destroys it. The next ready task is picked at random: one seed, one schedule.
    Seeded
};

/// The run's access to the outside world: the time, files, threads. With a simulated clock, files in memory
/// and the seeded executor one seed is one run, and none of it touches the machine. Two values come from
/// outside and decide nothing: how long calls take (NodeMetrics::busySeconds, inCallSeconds) and the memory
/// of the process.

struct RunOptions {
    std::size_t batchRows = 4096;
    ExecutorKind executor = ExecutorKind::Pool;
    std::uint64_t seed = 0;
    std::shared_ptr<Clock> clock{};          ///< null: the system's
    std::shared_ptr<const Files> files{};    ///< that sources read; null: the machine's
    std::shared_ptr<OutputFiles> outputs{};  ///< that sinks write; null: the machine's
    /// That nodes find by their names; null: none is known. While a tape is replayed its sources, and nodes
    /// whose answers are on it, are not asked for any.
    std::shared_ptr<const Connections> connections{};
    /// Where alert nodes show their alerts, and by which they tell others; null: only rows tell of them.
    std::shared_ptr<AlertBoard> alerts{};
    /// Bytes of state that nodes keep in memory which can have the rest in files (BoundNode::spills), all of
    /// them together; 0: any number.
    std::uint64_t stateMemory = 0;
    std::shared_ptr<SpillFolder> spill{};    ///< of this run alone; null: all state stays in memory
    std::size_t channelRows = 65'536;        ///< rows that may wait at an exchange before its producer stops
    /// Rows that a source may give beyond the watermark of the slowest of those that share a node below,
    /// before it waits for them (32 MiB are as much). 0: it never waits.
    std::size_t alignRows = 65'536;
    std::size_t keptRows = 1'000;  ///< late and rejected rows kept for the panel, each
    /// Keys of a node that never forgets any (BoundNode::keepsKeys) from which on a run without end says so.
    std::uint64_t manyKeys = 1'000'000;
    /// Told on the starting thread of each node that is ready, sources and sinks once they are open.
    std::function<void(const NodeId&)> ready{};
    /// Seeded executor: asks for a snapshot after so many steps, for Run::awaitSnapshot(); 0: never. Not with
    /// checkpoints.
    std::uint64_t snapshotAtStep = 0;
    /// Null: from the beginning. Otherwise a snapshot of a run of the same pipeline; let go once no restart
    /// can need it any more.
    std::shared_ptr<const StateSnapshot> restore{};
    CheckpointOptions checkpoints{};
    /// Null: the run is not recorded. Of this run alone; one that resumes from a snapshot, or is restarted,
    /// is not recorded, for its tape would lack the rows before, and says so in TapeMetrics::trouble. One
    /// that rolls (TapeRecorder::rolls) records them all, and is in no metrics.
    std::shared_ptr<TapeRecorder> record{};
    /// Null: the sources are read. Otherwise the tape replaces all of them, and the tables that were
    /// looked up in; none is opened.
    std::shared_ptr<const TapePlayer> replay{};
    /// When a source, a sink or the place of the checkpoints fails in a way that time may mend (ErrorCode::Io
    /// and NotFound), the run resumes from its newest checkpoint, after a while. Without checkpoints it
    /// starts from the beginning, where no row is in place yet. A run that can do neither fails and says why; so
    /// does one that was told to stop. A failed first start is not repeated: its caller waits for it.
    RestartStrategy restart{};
    /// Of the sinks only charts are made. Stand-ins count and drop the rows of the others, whose outputs are not
    /// touched.
    bool onlyCharts = false;
    /// Taps and events of windows are collected from the start, so that a run shorter than a look can be
    /// looked at.
    bool tapAll = false;
    /// As Run::setBreakpoints(), from the first row on.
    std::vector<Breakpoint> breakpoints{};
    /// It is paused from the beginning: no source gives a row before resume() or step().
    bool startsPaused = false;
    /// Asked while starting, from any thread: whether to give the start up. Run::start() then fails with
    /// ErrorCode::Cancelled, and nothing has been written. Seeded: a sink that waits asks it, too, for stop()
    /// can't be called meanwhile.
    std::function<bool()> isCancelled{};
};

/// How a run is stopped. A later stop() may go further than an earlier one, never back.
enum class StopMode {
    Drain,  ///< sources end, open windows fire, outputs are completed and put in place
    /// With checkpoints a last one is taken first, in a bounded time, and rows behind it are given up: they
    /// come again when the run is resumed. Rows that a sink in epochs has staged until the end of the run stay
    /// so. Without, or where no run resumes from a last one (CheckpointStore::wantsLast):
    Now,  ///< sources stop, open windows stay unfired; outputs are completed with the rows so far, and put in
          ///< place. After Drain: work still under way half a second later is dropped
    Discard  ///< as after a failure: outputs that are put in place at the end are not, the old ones stay.
             ///< Rows that can't be taken back (appended, sent, written in place by a live run) stay as well
};

/// Something worth telling that a source or sink said.
struct RunNote {
    NodeId node;  ///< empty: it is of the run
    Text text;
    bool warning = false;  ///< something is wrong; otherwise it is good to know
};

/// All member functions may be called from any thread.
class Run {
 public:
    /// Opens sources and sinks and starts; an error when one can't be opened.
    static Result<std::unique_ptr<Run>> start(std::shared_ptr<const Plan> plan, RunOptions options);
    /// Stops a run that is not finished (StopMode::Discard) and waits for the threads.
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void pause();  ///< sources give nothing more until resume(); work under way goes on
    void resume();
    /// A paused run goes on so far, and is paused again: stepping() says why. At a breakpoint, a firing and
    /// an event time all tasks stand still, with the rows on their wires: the seeded executor does nothing
    /// more behind it, the pool ends the calls that are under way. Meanwhile checkpoints wait. An error when
    /// the run is not paused, and where the step can't be.
    Status step(const Until& until);
    /// Where the run stops, also when it simply goes on; these replace those before. Of one that does not
    /// hold stepping() says why.
    void setBreakpoints(std::vector<Breakpoint> breakpoints);
    SteppingState stepping() const;
    /// Until there are more halts than `halts`, or the run is finished, for so long at most; whether there
    /// are.
    bool awaitHalt(std::uint64_t halts, Millis millis);
    void stop(StopMode mode);

    /// Asks something of a node that can do it (NodeKind::takes); a note tells when it was done, or that the
    /// run ended before. It is done at the next checkpoint, by all instances of the node, so that the state
    /// there is behind it; in a run that takes none, between two batches. A run that is restarted from an
    /// earlier checkpoint does it again. An error when the run is ending, and where the node can't do it in
    /// this run.
    Status ask(const NodeId& node, NodeRequest request);

    /// Closes the windows of a node that end at `until` or before it, without the rows that the watermark
    /// waits for: the sources above the node advance theirs to the end, as idle ones do (event-time rules,
    /// 19), once they give something next; a paused run does so when it goes on. Rows before `until` that
    /// come later are late. The advance is on the tape and in later checkpoints; a run that is tried again
    /// from an earlier one has not got it. An error when the run replays a tape, is ending or waits to be
    /// tried again, and where other nodes make the rows of the node (StreamType::made): their watermark is
    /// behind that of the sources.
    Status closeWindows(const NodeId& node, Instant until);

    /// The state of the run at one point of its sources; the run goes on, a paused one stays paused. Waits
    /// until every node has written its own. An error when the run ends, fails or is stopped meanwhile, and
    /// where it has ended, takes checkpoints, or stands with rows on their wires (step()); where it comes to
    /// stand so meanwhile, this waits until it goes on. RunOptions::restore resumes from it.
    Result<StateSnapshot> snapshot();
    /// The same without asking: the snapshot of RunOptions::snapshotAtStep.
    Result<StateSnapshot> awaitSnapshot();

    RunState state() const;
    bool finished() const;  ///< Finished, Stopped or Failed: nothing runs any more
    void wait();            ///< until finished()
    /// At most so long; whether it is finished(). Seeded: by the run's clock, and a step more.
    bool waitFor(Millis millis);
    Status status() const;  ///< why it failed
    RunMetrics metrics() const;
    const Plan& plan() const;
    /// Every source does: outputs that replace others are put in place at the end.
    bool endsByItself() const;

    /// Recent rows of an output port from now on; the same tap for the same port. Null when there is no such
    /// port.
    std::shared_ptr<Tap> tap(const NodeId& node, int port);
    /// The chart of a chart node; null when it has none. After a restart it is another one, which begins with
    /// the rows of the checkpoint.
    std::shared_ptr<LiveView> view(const NodeId& node) const;
    /// Late and rejected rows with a number above `after`, oldest first.
    std::vector<KeptRow> keptRows(std::uint64_t after = 0) const;
    /// What happens to windows, from now on, while the caller keeps it; an earlier watch may have left
    /// events.
    std::shared_ptr<WindowWatch> watchWindows() const;
    /// The notes of sources and sinks since the last call.
    std::vector<RunNote> takeNotes();

 private:
    class Attempt;     ///< one try
    class Supervisor;  ///< all of them
    explicit Run(std::unique_ptr<Supervisor> supervisor);
    std::unique_ptr<Supervisor> m_supervisor;
};

}  // namespace rw
