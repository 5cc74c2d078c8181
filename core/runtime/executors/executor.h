// Runs tasks: on a pool of threads, or on the thread that waits for the run, which picks at random from a seed.
// No other file of the engine starts a thread.
#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>

#include "core/base/time.h"
#include "core/runtime/executors/task.h"

namespace rw {

/// schedule() and scheduleAt() may be called from any thread, also from steps.
class Executor {
 public:
    virtual ~Executor() = default;
    /// Before start(): makes the task known. It must outlive stop().
    virtual void add(Task& task) = 0;
    /// Tasks may have been scheduled before; the seeded executor then is a function of its seed. `ending`
    /// is called once, after end(), when no task runs any more. An error when threads can't be started; then
    /// none is running, and `ending` is not called.
    virtual Status start(std::function<void()> ending) = 0;
    /// Before start(): makes all calls and returns when they have ended. No call touches data of another. In
    /// parallel where there are threads for it, else in their order. An exception of a call is thrown on, that
    /// of the first in their order.
    virtual void sideBySide(std::span<const std::function<void()>> calls) {
        for (const auto& call : calls) call();
    }
    static constexpr std::int64_t kForEver = std::numeric_limits<std::int64_t>::max();
    /// Timers count in nanoseconds, callers may wait for ages: a timer is set for no more than this from now
    /// on, and then set again.
    static constexpr std::int64_t kLongestWaitMillis = 3'600'000;
    /// Runs tasks on the calling thread until `enough`, asked before every step, or until `steadyMillis` of
    /// the clock (kForEver: never). False at once where they run on threads of the executor. Not from a step.
    virtual bool drive(const std::function<bool()>& enough, std::int64_t steadyMillis) = 0;
    /// The task has something to do.
    virtual void schedule(Task& task) = 0;
    /// The same, at `steadyMillis` of the clock or soon after.
    virtual void scheduleAt(Task& task, std::int64_t steadyMillis) = 0;
    /// Runs a task that was not added, on a thread of its own where there are threads, until it is done; it
    /// may wait for the outside world. A step that has not come back soon after end() is left to its thread,
    /// which keeps the task: it touches nothing that ends with the run. From a step. An error when no thread
    /// can be started.
    virtual Status lend(std::shared_ptr<Task> task) = 0;
    /// So long lent tasks have after end() to come back.
    static constexpr Millis kLeaveMillis = 500;
    /// Whether tasks that are lent have a thread of their own, on which they may wait.
    virtual bool hasThreads() const { return false; }
    /// Runs a task that was not added to its end, and waits for that as for lent tasks after end(); where
    /// there are threads, on one of its own. Whether it has come to its end; if not, it is left to its thread
    /// as lend() says. At any time, but not from a step. An error when no thread can be started.
    virtual Result<bool> lendToEnd(std::shared_ptr<Task> task) {
        while (task->step() != Step::Done) {
        }
        return true;
    }
    /// Lets running steps end and runs nothing more. Never waits.
    virtual void end() = 0;
    /// After `ending` was called: waits for the threads.
    virtual void join() = 0;
    virtual std::uint64_t scheduleHash() const { return 0; }
    virtual std::uint64_t steps() const { return 0; }  ///< of the seeded executor so far
};

/// Told after every step of the seeded executor, on the thread that drives it, how many there were.
using AfterStep = std::function<void(std::uint64_t steps)>;

/// With sinks at work no more sources work beside each other than there are `cores` left (0: of those of the
/// machine), and one.
std::unique_ptr<Executor> makePoolExecutor(int threads, std::shared_ptr<Clock> clock, int cores = 0);
/// Everything on the one thread that is in drive(), `ending` too, tasks in an order that `seed` decides.
std::unique_ptr<Executor> makeSeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock,
                                             AfterStep afterStep = {});

}  // namespace rw
