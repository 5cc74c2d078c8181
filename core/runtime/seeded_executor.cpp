#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "core/runtime/executor.h"

namespace rw {

namespace {

/// splitmix64: small, fast and the same everywhere, so that a seed means one schedule on every machine.
std::uint64_t mix(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

class SeededExecutor final : public Executor {
 public:
    SeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock)
        : m_random(seed), m_clock(std::move(clock)) {}
    ~SeededExecutor() override { stop(); }

    void add(Task&) override {}
    void start() override {
        m_thread = std::thread([this] { work(); });
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
                m_wake.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>(wait, 1)));
            }
        }
        const std::size_t pick = mix(m_random) % m_ready.size();
        std::swap(m_ready[pick], m_ready.back());
        Task* task = m_ready.back();
        m_ready.pop_back();
        return task;
    }

    void work() {
        while (Task* task = next()) {
            std::uint64_t state = m_hash.load() ^ task->number;
            m_hash = mix(state);
            TaskState::begin(*task);
            if (TaskState::endStep(*task, task->step())) enqueue(*task);
        }
    }

    std::uint64_t m_random;
    const std::shared_ptr<Clock> m_clock;
    std::thread m_thread;
    std::mutex m_mutex;  ///< guards what follows
    std::condition_variable m_wake;
    std::vector<Task*> m_ready;
    std::multimap<std::int64_t, Task*> m_timers;
    bool m_stopping = false;
    std::atomic<std::uint64_t> m_hash{0};
};

}  // namespace

std::unique_ptr<Executor> makeSeededExecutor(std::uint64_t seed, std::shared_ptr<Clock> clock) {
    return std::make_unique<SeededExecutor>(seed, std::move(clock));
}

}  // namespace rw
