#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <vector>

#include "core/base/random.h"
#include "core/runtime/executors/executor.h"

namespace rw {

namespace {

class SeededExecutor final : public Executor {
 public:
    SeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock, AfterStep afterStep)
        : m_seed(seed), m_clock(std::move(clock)), m_afterStep(std::move(afterStep)) {}
    void add(Task&) override { m_ready.reserve(++m_tasks); }
    Status start(std::function<void()> ending) override {
        m_ending = std::move(ending);
        return {};
    }
    void schedule(Task& task) override {
        if (!TaskState::wake(task)) return;
        enqueue(task);
    }
    Status lend(std::shared_ptr<Task> task) override {
        {
            const std::lock_guard lock(m_mutex);
            m_ready.reserve(++m_tasks);
            m_lent.push_back(task);
        }
        schedule(*task);
        return {};
    }
    void scheduleAt(Task& task, std::int64_t steadyMillis) override {
        {
            const std::lock_guard lock(m_mutex);
            m_timers.emplace(steadyMillis, &task);
        }
        m_wake.notify_all();
    }
    bool drive(const std::function<bool()>& enough, std::int64_t steadyMillis) override {
        std::unique_lock lock(m_mutex);
        // Another thread that waits for the run has it in hand.
        while (m_driven && !m_over && m_clock->steadyMillis() < steadyMillis) sleep(lock, steadyMillis);
        if (m_driven) return true;
        m_driven = true;
        while (!m_over && m_clock->steadyMillis() < steadyMillis) {
            lock.unlock();
            const bool stops = enough();
            lock.lock();
            if (stops) break;
            if (m_stopping) {
                end(lock);
            } else if (Task* task = pick()) {
                step(*task, lock);
            } else {
                sleep(lock, steadyMillis);
            }
        }
        m_driven = false;
        m_wake.notify_all();
        return true;
    }
    void end() override {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
    }
    void join() override {}
    std::uint64_t scheduleHash() const override { return m_hash; }
    std::uint64_t steps() const override { return m_steps; }

 private:
    void enqueue(Task& task) {
        {
            const std::lock_guard lock(m_mutex);
            m_ready.push_back(&task);
        }
        m_wake.notify_all();
    }

    /// The next ready task; null when there is none.
    Task* pick() {
        while (!m_timers.empty() && m_timers.begin()->first <= m_clock->steadyMillis()) {
            Task* due = m_timers.begin()->second;
            m_timers.erase(m_timers.begin());
            if (TaskState::wake(*due)) m_ready.push_back(due);
        }
        if (m_ready.empty()) return nullptr;
        const std::size_t picked = splitMix64(m_seed, m_picks++) % m_ready.size();
        std::swap(m_ready[picked], m_ready.back());
        Task* task = m_ready.back();
        m_ready.pop_back();
        return task;
    }

    void step(Task& task, std::unique_lock<std::mutex>& lock) {
        lock.unlock();
        m_hash = splitMix64(m_hash ^ task.number);
        TaskState::begin(task);
        const Step made = task.step();
        if (TaskState::endStep(task, made)) enqueue(task);
        if (made == Step::Done) letGo(task);
        const std::uint64_t steps = ++m_steps;
        if (m_afterStep) m_afterStep(steps);
        lock.lock();
    }

    /// Of one that was lent.
    void letGo(const Task& task) {
        std::vector<std::shared_ptr<Task>> gone;  // is destroyed without the lock
        const std::lock_guard lock(m_mutex);
        const auto lent =
            std::find_if(m_lent.begin(), m_lent.end(), [&](const auto& one) { return one.get() == &task; });
        if (lent == m_lent.end()) return;
        gone.push_back(std::move(*lent));
        m_lent.erase(lent);
        --m_tasks;
    }

    /// Until a call from outside, a timer that is due, or `steadyMillis`.
    void sleep(std::unique_lock<std::mutex>& lock, std::int64_t steadyMillis) {
        if (!m_timers.empty()) steadyMillis = std::min(steadyMillis, m_timers.begin()->first);
        if (steadyMillis == kForEver) return m_wake.wait(lock);
        const std::int64_t wait = steadyMillis - m_clock->steadyMillis();
        if (wait <= 0 || m_clock->skipTo(steadyMillis)) return;
        m_wake.wait_for(lock, std::chrono::milliseconds(wait));
    }

    void end(std::unique_lock<std::mutex>& lock) {
        lock.unlock();
        m_ending();
        lock.lock();
        m_over = true;
    }

    const std::uint64_t m_seed;
    std::uint64_t m_picks = 0;
    const std::shared_ptr<Clock> m_clock;
    const AfterStep m_afterStep;
    std::function<void()> m_ending;
    std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_wake;
    std::size_t m_tasks = 0;
    std::vector<std::shared_ptr<Task>> m_lent;
    std::vector<Task*> m_ready;  ///< has room for all tasks: queueing one can't fail
    std::multimap<std::int64_t, Task*> m_timers;
    bool m_driven = false;    ///< a thread is in drive()
    bool m_stopping = false;  ///< no step any more
    bool m_over = false;      ///< m_ending was called
    std::atomic<std::uint64_t> m_hash{0}, m_steps{0};
};

}  // namespace

std::unique_ptr<Executor> makeSeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock,
                                             AfterStep afterStep) {
    return std::make_unique<SeededExecutor>(seed, std::move(clock), std::move(afterStep));
}

}  // namespace rw
