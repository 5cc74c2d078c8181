// The data that all tasks of a run share. Everything here may be used from any of them.
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/runtime/active_time.h"
#include "core/runtime/alignment.h"
#include "core/runtime/checkpoints/snapshot_coordinator.h"
#include "core/runtime/executors/executor.h"
#include "core/runtime/metrics/counters.h"
#include "core/runtime/metrics/heavy_keys.h"
#include "core/runtime/metrics/state_limit.h"
#include "core/runtime/metrics/wire_rows.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/run.h"
#include "core/runtime/run_record.h"

namespace rw {

class TapeTask;

enum class StopRequest { None, Drain, Now, Discard };  // each goes further than the one before

/// The work that a task had under way when it was told to drop it.
struct PendingWork {
    std::size_t rows = 0;     ///< that waited
    bool unfinished = false;  ///< an operator had more to do
};

inline RunOptions withoutRestore(RunOptions options) {
    options.restore = nullptr;
    return options;
}

struct RunShared {
    RunShared(const Plan& planOfRun, const RunOptions& runOptions, const std::shared_ptr<Clock>& runClock,
              RunRecord& runRecord)
        : plan(planOfRun),
          options(withoutRestore(runOptions)),
          restore(runOptions.restore),
          clock(runClock),
          record(runRecord),
          kept(runRecord.kept),
          arrivals(runRecord.arrivals),
          wireRows(planOfRun.pipeline.wires.size()),
          taps(runRecord.taps),
          state(planOfRun.memoryLimit, counters),
          epochsBefore(restore ? restore->number : 0),
          finishing(restore && restore->ended) {}

    const Plan& plan;
    const RunOptions options;  ///< without `restore`
    /// The state that the run resumes from, while its nodes are made and opened: it is as large as theirs.
    std::shared_ptr<const StateSnapshot> restore;
    const std::shared_ptr<Clock> clock;
    std::unique_ptr<Executor> executor;
    RunRecord& record;
    KeptRows& kept;
    SnapshotCoordinator barriers;
    Alignment alignment;
    ArrivalClock& arrivals;
    WireRows wireRows;                                    ///< as Pipeline::wires
    std::map<NodeId, std::deque<TapSlot>>& taps;          ///< per output port
    std::map<NodeId, std::deque<CounterGroup>> counters;  ///< one group per stage that contains the node
    StateLimit state;
    const Epoch epochsBefore;  ///< of the runs that this one resumes from
    const bool finishing;      ///< it resumes where only the sinks had to commit: nothing else is done
    TapeTask* tape = nullptr;  ///< that records the run; set before the tasks are made
    bool takesCheckpoints = false;  ///< the store is open; written before the run begins
    bool leavesEpochs = false;      ///< the run was stopped to go on: sinks put no last epoch in place
    /// The number that a checkpoint at the barrier under way has.
    Epoch epoch() const { return epochsBefore + barriers.requested(); }
    /// At the end of the run: a barrier may have been on its way.
    Epoch lastEpoch() const { return epoch() + 1; }
    std::map<int, HeavyKeys> heavyKeys;  ///< by stage, where rows are spread by key over several instances
    std::atomic<bool> failed{false};
    std::atomic<bool> paused{false};
    /// The tasks stand still, with the rows on their wires, as a step or a breakpoint wants it. Of a paused
    /// run.
    std::atomic<bool> stands{false};
    std::atomic<bool> ending{false};            ///< stop() was called: nothing waits for a step any more
    std::atomic<bool> started{false};           ///< all nodes were opened
    std::atomic<std::int64_t> pausedMillis{0};  ///< spent in pauses that are over
    ActiveTime active;
    std::atomic<StopRequest> stopRequest{StopRequest::None};
    /// Steady milliseconds after which a stopped run drops its work under way.
    std::atomic<std::int64_t> abandonAt{std::numeric_limits<std::int64_t>::max()};
    /// The run uses the thread that waits for it: while a sink has that, stop() can't be called.
    bool oneThread() const { return options.executor == ExecutorKind::Seeded; }

    /// Whether tasks shall drop their work under way and only pass the ends on.
    bool shouldAbandon() const {
        return stopRequest.load(std::memory_order_relaxed) >= StopRequest::Now &&
               clock->steadyMillis() >= abandonAt;
    }
    /// Notes the work that was dropped when the run was stopped.
    void reportPending(const NodeId& node, const PendingWork& left) const {
        if (left.rows > 0)
            note(node, {RW_TEXT("run", "Stopped before rows under way were taken: %1.").with(left.rows)});
        if (left.unfinished)
            note(node, {RW_TEXT("run", "Stopped while results were being sent: the rest was left.")});
    }
    std::function<void(Status)> fail;  ///< the first error ends the run
    std::function<void(Halt)> halt;    ///< the run is to stand, if it does not by then
    std::function<void()> taskDone;    ///< a task has ended for good
    std::function<void(const NodeId&, std::vector<Text>)> note;
};

}  // namespace rw
