// Who runs tasks: a pool of threads, or one thread that picks at random from a seed.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/time.h"
#include "core/runtime/task.h"

namespace rw {

/// schedule() and scheduleAt() may be called from any thread, also from steps.
class Executor {
 public:
    virtual ~Executor() = default;
    /// Before start(): makes the task known. It must outlive stop().
    virtual void add(Task& task) = 0;
    /// Tasks may have been scheduled before; the seeded executor then is a function of its seed. An error
    /// when threads can't be started; then none is running.
    virtual Status start() = 0;
    /// The task has something to do.
    virtual void schedule(Task& task) = 0;
    /// The same, at `steadyMillis` of the clock or soon after.
    virtual void scheduleAt(Task& task, std::int64_t steadyMillis) = 0;
    /// Lets running steps end, runs nothing more, joins the threads. Not from a step.
    virtual void stop() = 0;
    virtual std::uint64_t scheduleHash() const { return 0; }
    virtual std::uint64_t steps() const { return 0; }  ///< of the seeded executor so far
};

/// Told after every step of the seeded executor, on its thread, how many there were.
using AfterStep = std::function<void(std::uint64_t steps)>;

std::unique_ptr<Executor> makePoolExecutor(int threads, std::shared_ptr<Clock> clock);
/// Everything on one thread, tasks in an order that `seed` decides.
std::unique_ptr<Executor> makeSeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock,
                                             AfterStep afterStep = {});

}  // namespace rw
