// Tasks are steps: a bounded piece of work at a time, so that a small pool of threads can run any number of
// them.
#pragma once
#include <atomic>
#include <cstdint>

namespace rw {

enum class Step {
    Again,  ///< there is more to do at once
    Wait,   ///< nothing to do until somebody schedules the task
    Done    ///< never to be run again
};

/// One thread at a time runs a task's steps; the executor sees to that.
class Task {
 public:
    virtual ~Task() = default;
    virtual Step step() = 0;

    bool blocking = false;  ///< may wait for the outside world: gets a thread of its own
    bool feedsOthers =
        false;  ///< a source: runs when nothing nearer to the sinks is ready, so that queues stay short
    std::uint32_t number = 0;  ///< for the schedule's hash

 private:
    friend class TaskState;
    enum class State : std::uint8_t { Idle, Queued, Running, RunningAgain, Done };
    std::atomic<State> m_state{State::Idle};
};

/// The life of a task between being scheduled and being idle, without lost wake-ups. For executors.
class TaskState {
 public:
    /// Whether the caller must queue the task: it was idle. A running task will be run once more instead.
    static bool wake(Task& task);
    static void begin(Task& task);
    /// After a step: whether the task is to be queued again.
    static bool endStep(Task& task, Step step);
};

}  // namespace rw
