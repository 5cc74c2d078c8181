// One attempt of a run, as a rule the only one: its states, from start to end, and the causes of its end.
#pragma once
#include <condition_variable>
#include <mutex>

#include "core/runtime/checkpoint_task.h"
#include "core/runtime/run.h"
#include "core/runtime/run_metrics.h"
#include "core/runtime/run_record.h"
#include "core/runtime/tape_task.h"
#include "core/runtime/task_graph.h"

namespace rw {

/// Any thread, but for start().
class Run::Attempt {
 public:
    /// `record` outlives it. `ended`: told once it is finished(), from any thread, and by no attempt that did not
    /// start.
    Attempt(std::shared_ptr<const Plan> plan, RunOptions options, RunRecord& record,
            std::function<void()> ended);
    ~Attempt();

    /// Nothing runs when it is an error.
    Status start();
    void pause();
    void resume();
    Status step(const Until& until);
    /// Seeded: runs until `enough`, or the time is over; false at once where there are threads.
    bool drive(const std::function<bool()>& enough, std::int64_t steadyMillis) {
        return m_shared.executor->drive(enough, steadyMillis);
    }
    void stop(StopMode mode);
    /// The watermarks of these sources advance so far (SourceFeed::advanceTo).
    Status advance(const std::vector<NodeId>& sources, Instant to);
    Result<StateSnapshot> snapshot();
    Result<StateSnapshot> awaitSnapshot();
    /// Whether it ended within so many milliseconds; less than 0: waits for the end.
    bool waitFor(Millis millis);

    RunState state() const;
    bool finished() const;
    Status status() const;
    RunMetrics metrics();
    const TaskGraph& graph() const { return m_graph; }
    bool takesCheckpoints() const { return m_shared.takesCheckpoints; }
    /// start() has failed because the checkpoint that it was to resume from did not count after all.
    bool hasGivenUp() const { return m_graph.hasGivenUp(); }
    /// That a run could resume from; 0: none.
    std::uint64_t newestCheckpoint() const { return m_checkpoints ? m_checkpoints->newest() : 0; }
    /// Once it is finished(): until no thread of it runs any more. By one thread.
    void join() { m_shared.executor->join(); }

 private:
    Status startAll();
    AfterStep snapshotAtStep();
    /// Wakes tasks that may wait for something else than rows or room: they look at the requests of now.
    void wakeWaiting();
    Result<StateSnapshot> gatherSnapshot();
    void startCheckpoints();
    void startTape();
    TapeMetrics tapeMetrics() const;
    /// The end of the run, as the tape records it.
    TapeEnd endOfTape() const;
    /// The run does not wait for a last checkpoint any more. Any thread.
    void stopNow();
    /// Under the mutex.
    void stopLocked(StopRequest wanted);

    // Called by tasks
    void fail(Status status);
    void halt(Halt halt);
    void taskDone();

    // The end
    /// Under the mutex: ends the run if nothing is left to be done, or no output is wanted.
    void endIfDue();
    /// All sinks prepare before one commits; if any can't, or the results are not wanted, all abort. With
    /// checkpoints, one that records this is written in between: it is the decision, and the last.
    void endSinks();
    /// `durable`: the checkpoint that says so was written; a sink that decides on it comes first.
    void commitSinks(bool durable);
    /// No task runs any more: ends the sinks and sets the final status of the run.
    void close();

    void endPause();
    // Under the mutex.
    void pauseLocked();
    /// Of a paused run. Whether it does: a breakpoint that it came to before may be next.
    bool goOnLocked(bool sourcesStand);
    void wakeAll();
    Instant watermarkOf(const NodeId& node) const;
    bool finishedLocked() const;
    /// The mutex, once `holds`, which is asked under it.
    template <class Holds>
    std::unique_lock<std::mutex> waitUntil(Holds holds);

    const std::shared_ptr<const Plan> m_plan;
    const std::shared_ptr<Clock> m_clock;
    RunShared m_shared;
    TaskGraph m_graph;
    RunMeter m_meter;
    const std::function<void()> m_ended;

    std::unique_ptr<CheckpointTask> m_checkpoints;  ///< null: the run takes none
    std::unique_ptr<TapeTask> m_tape;               ///< null: the run is not recorded

    std::mutex m_snapshotMutex;  ///< one snapshot at a time
    mutable std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_changed;
    RunState m_state = RunState::Starting;
    Status m_status;
    std::size_t m_remaining = 0;  ///< tasks that have not ended
    std::int64_t m_startedAt = 0, m_endedAt = -1, m_pausedAt = 0, m_pausedMillis = 0;

    bool m_stopsAfterCheckpoint = false;  ///< stop() asked for the last one

    bool m_running = false;  ///< the executor was started
};

}  // namespace rw
