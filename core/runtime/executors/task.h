// Tasks are steps: a bounded piece of work at a time, so that a small pool of threads can run any number of
// them.
#pragma once
#include <atomic>
#include <cstdint>

#include "core/base/status.h"

namespace rw {

enum class Step {
    Again,  ///< there is more to do at once
    Wait,   ///< nothing to do until the task is scheduled
    Done    ///< never to be run again
};

/// One thread at a time runs a task's steps; the executor sees to that.
class Task {
 public:
    virtual ~Task() = default;
    /// A step. An exception in it (memory that ran out, a library) ends the task and is passed to failed().
    Step step() noexcept;

    bool blocking = false;  ///< may wait for the outside world: gets a thread of its own
    bool feedsOthers =
        false;  ///< a source: runs when nothing nearer to the sinks is ready, so that queues stay short
    bool feedsNobody = false;  ///< a sink: where cores are few, sources leave it one
    std::uint32_t number = 0;  ///< for the schedule's hash

 protected:
    virtual Step work() = 0;
    /// The last step threw `status`. Nothing of the task runs any more.
    virtual void failed(const Status& status) = 0;

 private:
    friend class TaskState;
    friend class TaskQueue;
    enum class State : std::uint8_t { Idle, Queued, Running, RunningAgain, Done };
    std::atomic<State> m_state{State::Idle};
    Task* m_nextQueued = nullptr;
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

/// Tasks in line. Takes no memory, so that queueing can't fail; a task stands in one queue at a time.
class TaskQueue {
 public:
    bool empty() const { return !m_first; }
    void push(Task& task);
    Task& pop();

 private:
    Task* m_first = nullptr;
    Task* m_last = nullptr;
};

/// The exception that is being handled, as a Status. For the edges where exceptions stop.
Status statusOfException() noexcept;

}  // namespace rw
