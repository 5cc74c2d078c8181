// The state of a thread of the pool, as the pool sees it: whether its task may wait for the outside world, and
// whether it does.
#pragma once
#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <ctime>
#include <functional>
#include <mutex>

#include "core/runtime/executors/task.h"

namespace rw {

/// Whether a thread works or waits for the outside world, by the time that the processor gave it. Guarded by
/// the mutex of the pool, but for begin().
class ThreadLook {
 public:
    /// On the thread itself, before it is looked at.
    void begin() {
        m_known = ::pthread_getcpuclockid(::pthread_self(), &m_clock) == 0;
        m_begun = true;
    }
    /// It has begun something new.
    void working(bool works) {
        m_works = works;
        m_since = -1;
    }
    bool works() const { return m_works; }
    /// Whether it is in the same work as at the last look, and has hardly had the processor since. A thread
    /// that wants it gets more than that, however many others there are.
    bool waits(std::int64_t now) {
        constexpr std::int64_t kHardly = 32;  // one part of so many
        timespec used{};
        if (!m_works || !m_begun || !m_known || ::clock_gettime(m_clock, &used) != 0) return false;
        const std::int64_t cpu = std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
        const bool waits = m_since >= 0 && (cpu - m_cpu) * kHardly < now - m_since;
        m_since = now;
        m_cpu = cpu;
        return waits;
    }

 private:
    clockid_t m_clock{};
    bool m_known = false;
    std::atomic<bool> m_begun{false};
    bool m_works = false;
    std::int64_t m_since = -1, m_cpu = 0;  ///< nanoseconds, of the last look; -1: none since it began
};

/// A thread of its own for a task that may wait for the outside world.
class BlockingLane {
 public:
    ThreadLook look;
    bool counts = false;  ///< among the sinks at work; guarded by the mutex of the pool

    /// `working` is told when it begins to work, and when it has nothing to do any more.
    void run(Task& task, const std::function<void(bool works)>& working) {
        look.begin();
        for (bool over = false; !over;) {
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [&] { return m_ready || m_stopping; });
                if (m_stopping) return;
                m_ready = false;
            }
            working(true);
            for (bool again = true; again && !m_stopping;) {
                TaskState::begin(task);
                const Step made = task.step();
                again = TaskState::endStep(task, made);
                over = made == Step::Done;
            }
            working(false);
        }
    }
    void wake() {
        {
            const std::lock_guard lock(m_mutex);
            m_ready = true;
        }
        m_wake.notify_one();
    }
    void stop() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_one();
    }

 private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ready = false;
    std::atomic<bool> m_stopping{false};
};

}  // namespace rw
