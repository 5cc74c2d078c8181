#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/random.h"
#include "core/runtime/executor.h"

namespace rw {

namespace {

class SeededExecutor final : public Executor {
 public:
    SeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock, AfterStep afterStep)
        : m_seed(seed), m_clock(std::move(clock)), m_afterStep(std::move(afterStep)) {}
    ~SeededExecutor() override { stop(); }

    void add(Task&) override { m_ready.reserve(++m_tasks); }
    Status start() override {
        try {
            m_thread = std::thread([this] { work(); });
            return {};
        } catch (const std::exception& error) {
            return {ErrorCode::Io, RW_TEXT("run", "A thread could not be started: %1.").with(error.what()),
                    RW_TEXT("run", "Allow the program more threads and memory.")};
        }
    }
    void schedule(Task& task) override {
        if (!TaskState::wake(task)) return;
        enqueue(task);
    }
    void scheduleAt(Task& task, std::int64_t steadyMillis) override {
        {
            const std::lock_guard lock(m_mutex);
            m_timers.emplace(steadyMillis, &task);
        }
        m_wake.notify_one();
    }
    void stop() override {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_one();
        if (m_thread.joinable()) m_thread.join();
    }
    std::uint64_t scheduleHash() const override { return m_hash; }
    std::uint64_t steps() const override { return m_steps; }

 private:
    void enqueue(Task& task) {
        {
            const std::lock_guard lock(m_mutex);
            m_ready.push_back(&task);
        }
        m_wake.notify_one();
    }

    Task* next() {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (m_stopping) return nullptr;
            while (!m_timers.empty() && m_timers.begin()->first <= m_clock->steadyMillis()) {
                Task* due = m_timers.begin()->second;
                m_timers.erase(m_timers.begin());
                if (TaskState::wake(*due)) m_ready.push_back(due);
            }
            if (!m_ready.empty()) break;
            if (m_timers.empty()) {
                m_wake.wait(lock);
            } else {
                const std::int64_t wait = m_timers.begin()->first - m_clock->steadyMillis();
                if (m_clock->skipTo(m_timers.begin()->first)) continue;
                m_wake.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>(wait, 1)));
            }
        }
        const std::size_t pick = splitMix64(m_seed, m_picks++) % m_ready.size();
        std::swap(m_ready[pick], m_ready.back());
        Task* task = m_ready.back();
        m_ready.pop_back();
        return task;
    }

    void work() {
        while (Task* task = next()) {
            m_hash = splitMix64(m_hash ^ task->number);
            TaskState::begin(*task);
            if (TaskState::endStep(*task, task->step())) enqueue(*task);
            const std::uint64_t steps = ++m_steps;
            if (m_afterStep) m_afterStep(steps);
        }
    }

    const std::uint64_t m_seed;
    std::uint64_t m_picks = 0;
    const std::shared_ptr<Clock> m_clock;
    const AfterStep m_afterStep;
    std::thread m_thread;
    std::mutex m_mutex;  ///< guards what follows
    std::condition_variable m_wake;
    std::size_t m_tasks = 0;
    std::vector<Task*> m_ready;  ///< has room for all tasks: queueing one can't fail
    std::multimap<std::int64_t, Task*> m_timers;
    bool m_stopping = false;
    std::atomic<std::uint64_t> m_hash{0}, m_steps{0};
};

}  // namespace

std::unique_ptr<Executor> makeSeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock,
                                             AfterStep afterStep) {
    return std::make_unique<SeededExecutor>(seed, std::move(clock), std::move(afterStep));
}

}  // namespace rw
