// All attempts of a run: starts it, and after a failure that time may mend waits and resumes from the newest
// checkpoint. Mostly there is one attempt, and it only passes calls on.
#pragma once
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

#include "core/runtime/restart_backoff.h"
#include "core/runtime/run_lifecycle.h"
#include "core/runtime/run_record.h"
#include "core/stream/checkpoint_store.h"

namespace rw {

/// Any thread, but for start(). Ending an attempt, waiting and beginning the next one are steps of a task on
/// an executor of its own, so that callers that look at the run never wait for a disk. Without a restart
/// strategy there is no such executor.
class Run::Supervisor final : private Task {
 public:
    Supervisor(std::shared_ptr<const Plan> plan, RunOptions options);
    ~Supervisor() override;

    /// Nothing runs when it is an error.
    Status start();
    void pause();
    void resume();
    Status step(const Until& until);
    bool awaitHalt(std::uint64_t halts, Millis millis);
    void stop(StopMode mode);
    Status ask(const NodeId& node, NodeRequest request) const;
    Status closeWindows(const NodeId& node, Instant until) const;
    Result<StateSnapshot> snapshot();
    Result<StateSnapshot> awaitSnapshot();
    /// As Run::Attempt.
    bool waitFor(Millis millis);

    RunState state() const;
    bool finished() const;
    Status status() const;
    RunMetrics metrics() const;
    std::shared_ptr<LiveView> view(const NodeId& node) const;
    const Plan& plan() const { return *m_plan; }
    RunRecord& record() { return m_record; }

 private:
    Step work() override;
    void failed(const Status& status) override { (void)conclude(RunState::Failed, status); }
    Step afterAttempt(std::shared_ptr<Attempt> over);
    /// Keeps the data that people look at and lets go of files and memory.
    void letGo(std::shared_ptr<Attempt> over);
    Step waitForNext(const Status& failure);
    Step tryAgain();
    /// Sets what the next attempt resumes from; false: the run has finished all the same.
    Result<bool> prepareNext(RunOptions& options);
    Step afterFailedStart(const Status& failure);
    /// The run was told to stop between two attempts.
    Step concludeStopped();
    Step conclude(RunState state, Status status);

    /// The failure with the reason why the run is not restarted; nothing: it may be.
    std::optional<Status> refused(const Attempt& over, const Status& failure) const;
    Status gaveUp(const Status& failure) const;
    std::string titleOf(const NodeId& node) const;
    void note(const NodeId& node, Text text, bool warning = false);
    std::shared_ptr<Attempt> newAttempt(const RunOptions& options);
    Status startFirst(const RunOptions& options);
    /// The checkpoint that the first attempt was to resume from did not count: uses the one before it.
    Status giveUp(RunOptions& options);
    std::shared_ptr<Attempt> current() const;
    bool supervises() const { return m_executor != nullptr; }
    RunState stateLocked() const;
    void drive(std::int64_t steadyMillis);

    const std::shared_ptr<const Plan> m_plan;
    const std::shared_ptr<Clock> m_clock;
    const RunOptions
        m_first;  ///< of the first attempt; RunRecord::restore() has the state that it resumes from
    RunRecord m_record;
    std::atomic<bool> m_stops{false};  ///< stop() was called: no attempt begins any more
    std::mutex m_driving;              ///< seeded: one thread at a time has the run in hand

    std::atomic<bool> m_started{false};  ///< start() was a success

    // Of the steps
    RestartBackoff m_backoff;
    std::shared_ptr<CheckpointStore> m_store;  ///< of the newest attempt
    bool m_takesCheckpoints = false;           ///< the newest attempt that started did
    std::int64_t m_tryAt = 0;                  ///< steady milliseconds
    Status m_failure;                          ///< the newest

    mutable std::mutex m_mutex;  ///< guards the members below
    mutable std::condition_variable m_changed;
    std::shared_ptr<Attempt> m_attempt;  ///< null: between two
    StopMode m_stopMode = StopMode::Drain;
    bool m_paused = false;
    bool m_over = false;
    RunState m_state = RunState::Failed;  ///< once it is over
    Status m_status;
    RestartMetrics m_restart;
    RunMetrics m_between;                                 ///< of the attempt before, while there is none
    std::map<NodeId, std::shared_ptr<LiveView>> m_views;  ///< the same
    double m_secondsBefore = 0;                           ///< the newest attempt, waits included
    std::int64_t m_waitsSince = 0, m_waitsUntil = 0;      ///< steady milliseconds; the newest wait
    std::unique_ptr<Executor> m_executor;                 ///< null: no restarts. Goes first
};

}  // namespace rw
