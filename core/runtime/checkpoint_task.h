// Takes the checkpoints of a run: asks for barriers, gathers the states written at them, writes these to the
// store, and lets the sinks commit. It has a thread of its own, because the disk may block it.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>

#include "core/runtime/executors/alarm.h"
#include "core/runtime/metrics/metrics.h"
#include "core/runtime/run_shared.h"
#include "core/runtime/task_graph.h"
#include "core/stream/checkpoint_store.h"

namespace rw {

class CheckpointTask final : public Task {
 public:
    /// `wakeWaiting`: lets those look for a barrier that wait for something else than rows or room.
    CheckpointTask(RunShared& shared, TaskGraph& graph, std::function<void()> wakeWaiting);

    /// The sources have been paused: one more checkpoint is taken, and none after it. Then a step of this
    /// task calls `then`, once; also where the barrier has not passed within `patience`, or can't. Any
    /// thread, once.
    void takeLast(Millis patience, std::function<void()> then);

    // The end of the run, once no step runs any more.
    /// All sinks have prepared their last epoch: that is the decision, unless a sink has it.
    Status writeEnd();
    /// That sink has committed.
    Status decideEnd();
    /// The checkpoint is durable: sources that acknowledge are told.
    Status tellSources();
    /// All sinks have committed.
    Status finish();

    // Any thread.
    void measure(RunMetrics& out) const;
    /// The number of the newest that is whole; 0: there is none.
    std::uint64_t newest() const;

 private:
    Step work() override;
    void failed(const Status& status) override { m_shared.fail(status); }
    bool begin(bool last);
    /// Writes the parts of states that have come for the barrier under way.
    void writeParts();
    Status addPart(const SnapshotCoordinator::Part& of, std::string_view bytes);
    /// Adds the files that stand one behind the other from `next` on, of one instance.
    Status addRuns(std::span<const SnapshotCoordinator::Part> parts, std::size_t& next);
    Status addContent(const SnapshotCoordinator::Part& of, std::span<const NamedRun> runs);
    /// Since when the store writes, as waitText() tells; -1: it has written.
    void setWritten(std::int64_t since);
    /// The barrier has been on its way for long: says which node it waits for, and that it came by.
    void tellWait();
    void tellPassed();
    Text waitText() const;
    /// The barrier has passed everywhere.
    void take();
    Result<CheckpointSize> write(StateSnapshot& snapshot);
    Status writeEndOrThrow();
    /// The checkpoint was written, and waits for the sink that decides.
    void letDecide();
    /// The checkpoint is durable: sinks commit, and sources are told.
    void complete();
    bool waitsForDecision() const { return m_written && m_decided < m_written->snapshot.number; }
    /// The barrier or the decision is not there yet: when to look again. Nothing: it was the last, and has
    /// had its time.
    std::optional<Step> await(bool last, std::int64_t now);
    /// `barrier`: the one that it was taken at; 0: it is the last, behind all rows.
    void tell(const StateSnapshot& snapshot, const CheckpointSize& size, std::uint64_t barrier);
    CountedRows countedAt(std::uint64_t barrier) const;
    void tellTrouble(Text trouble);
    Step waitUntil(std::int64_t steadyMillis);
    Step endLast();

    RunShared& m_shared;
    TaskGraph& m_graph;
    const std::function<void()> m_wakeWaiting;
    bool m_pending = false;                ///< a barrier is on its way
    bool m_isLast = false;                 ///< … and it is the last
    std::int64_t m_nextAt, m_beganAt = 0;  ///< steady milliseconds
    std::int64_t m_lookAt = 0;             ///< … at which it is asked whom the barrier waits for
    Instant m_began = 0;                   ///< wall time
    std::set<NodeId> m_told, m_toldNow;    ///< that a barrier waits for them; of the one under way
    std::uint64_t m_keptBefore = 0;        ///< KeptRows::newest() when it was called for
    /// A checkpoint in the store that is to be decided.
    struct Written {
        StateSnapshot snapshot;
        CheckpointSize size;
        std::uint64_t barrier;
    };
    std::optional<Written> m_written;
    /// Names of parts that the store has, of each instance; the first error of one that it has not.
    std::map<std::pair<StateSnapshot::OperatorId, int>, std::vector<std::string>> m_parts;
    Status m_partStatus{};
    std::map<NodeId, std::uint64_t> m_partBytes;
    std::atomic<Epoch> m_decided{0};  ///< the sink that decides has committed it
    Alarm m_alarm;
    std::atomic<bool> m_lastAsked{false};

    mutable std::mutex m_mutex;  ///< guards the members below
    std::function<void()> m_then;
    std::int64_t m_lastUntil = 0;
    Millis m_lastPatience = 0;
    CheckpointMetrics m_metrics;
    std::int64_t m_writtenSince = -1;            ///< steady milliseconds; -1: none is being written
    Instant m_waitsSince = 0;                    ///< m_began, of the one that is under way
    std::map<NodeId, std::uint64_t> m_bytes;     ///< of each node in the newest
    std::map<NodeId, std::uint64_t> m_newBytes;  ///< … that were not in the one before
};

}  // namespace rw
