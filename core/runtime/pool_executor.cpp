#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <queue>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/runtime/executor.h"

namespace rw {

namespace {

/// A thread of its own for a task that may wait for the outside world.
class BlockingLane {
 public:
    /// `working` is told when it begins to work, and when it has nothing to do any more.
    void run(Task& task, const std::function<void(bool works)>& working) {
        for (;;) {
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [&] { return m_ready || m_stopping; });
                if (m_stopping) return;
                m_ready = false;
            }
            working(true);
            for (bool again = true; again && !m_stopping;) {
                TaskState::begin(task);
                again = TaskState::endStep(task, task.step());
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

class PoolExecutor final : public Executor {
 public:
    PoolExecutor(int threads, std::shared_ptr<Clock> clock, int cores)
        : m_threadCount(threads), m_cores(cores), m_clock(std::move(clock)) {}
    ~PoolExecutor() override {
        end();
        join();
        joinWorkers();  // where m_closer was not started
    }

    void add(Task& task) override {
        if (task.blocking) m_lanes.emplace(&task, std::make_unique<BlockingLane>());
    }

    Status start(std::function<void()> ending) override {
        const std::size_t wanted = static_cast<std::size_t>(m_threadCount) + m_lanes.size() + 2;
        try {
            m_threads.reserve(wanted);
            for (int i = 0; i < m_threadCount; ++i) m_threads.emplace_back([this] { work(); });
            for (auto& [task, lane] : m_lanes) {
                m_threads.emplace_back([this, laneOf = lane.get(), owned = task] {
                    laneOf->run(*owned, [this, owned](bool works) {
                        if (owned->feedsNobody) sinkWorks(works);
                    });
                });
            }
            m_threads.emplace_back([this] { keepTime(); });
            m_closer = std::thread([this, called = std::move(ending)] { close(called); });
            return {};
        } catch (const std::exception& error) {
            end();
            joinWorkers();
            return {ErrorCode::Io,
                    RW_TEXT("run", "%1 threads could not be started: %2.").with(wanted, error.what()),
                    RW_TEXT("run", "Lower the parallelism, or allow the program more threads and memory.")};
        }
    }

    void sideBySide(std::span<const std::function<void()>> calls) override {
        std::vector<std::exception_ptr> thrown(calls.size());
        std::atomic<std::size_t> next{0};
        const auto callSome = [&] {
            for (std::size_t i = next++; i < calls.size(); i = next++) {
                try {
                    calls[i]();
                } catch (...) {
                    thrown[i] = std::current_exception();
                }
            }
        };
        std::vector<std::thread> helpers;
        const std::size_t wanted = std::min(calls.size(), static_cast<std::size_t>(m_threadCount));
        try {
            while (helpers.size() + 1 < wanted) helpers.emplace_back(callSome);
        } catch (const std::exception&) {
            // With fewer threads it takes longer; start() says that there are none to be had.
        }
        callSome();
        for (std::thread& helper : helpers) helper.join();
        for (const std::exception_ptr& each : thrown) {
            if (each) std::rethrow_exception(each);
        }
    }

    void schedule(Task& task) override {
        if (!TaskState::wake(task)) return;
        enqueue(task);
    }

    void scheduleAt(Task& task, std::int64_t steadyMillis) override {
        {
            const std::lock_guard lock(m_timerMutex);
            m_timers.push({steadyMillis, &task});
        }
        m_timerWake.notify_one();
    }

    bool drive(const std::function<bool()>&, std::int64_t) override { return false; }

    void end() override {
        {
            const std::scoped_lock lock(m_mutex, m_timerMutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_timerWake.notify_all();
        m_ends.notify_all();
        for (auto& [task, lane] : m_lanes) lane->stop();
    }

    void join() override {
        if (m_closer.joinable()) m_closer.join();
    }

 private:
    struct Timer {
        std::int64_t at;
        Task* task;
        bool operator<(const Timer& other) const { return at > other.at; }  // the earliest is the queue's top
    };

    TaskQueue& queueOf(const Task& task) { return task.feedsOthers ? m_sources : m_ready; }

    void enqueue(Task& task) {
        if (task.blocking) {
            m_lanes.at(&task)->wake();
            return;
        }
        {
            const std::lock_guard lock(m_mutex);
            queueOf(task).push(task);
        }
        m_wake.notify_one();
    }

    void work() {
        // A task that has more to do goes on at once a few times: its data is still in the cache.
        constexpr int kStepsAtOnce = 8;
        Task* ran = nullptr;
        bool again = false;
        while (Task* task = next(ran, again)) {
            again = true;
            for (int i = 0; i < kStepsAtOnce && again; ++i) {
                TaskState::begin(*task);
                again = TaskState::endStep(*task, task->step());
            }
            ran = task;
        }
    }

    /// What a worker is to run after `ran` (null: it begins), which goes back into its queue where it has
    /// more to do. Null: no more.
    Task* next(Task* ran, bool again) {
        Task* task = nullptr;
        bool more = false;
        {
            std::unique_lock lock(m_mutex);
            if (ran && ran->feedsOthers) --m_sourcesAtWork;
            if (again) queueOf(*ran).push(*ran);
            m_wake.wait(lock, [&] { return m_stopping || mayTake(); });
            if (m_stopping) return nullptr;
            task = &(m_ready.empty() ? m_sources : m_ready).pop();
            if (task->feedsOthers) ++m_sourcesAtWork;
            more = ran && mayTake();
        }
        if (more) m_wake.notify_one();
        return task;
    }

    /// A sink that works keeps a core: what shares one with it makes all others wait.
    bool mayTake() const {
        if (!m_ready.empty() || m_sources.empty()) return !m_ready.empty();
        return m_sinksAtWork == 0 || m_sourcesAtWork == 0 || m_sourcesAtWork + m_sinksAtWork < m_cores;
    }

    void sinkWorks(bool works) {
        bool another = false;
        {
            const std::lock_guard lock(m_mutex);
            m_sinksAtWork += works ? 1 : -1;
            another = !works && mayTake();
        }
        if (another) m_wake.notify_all();
    }

    void close(const std::function<void()>& ending) {
        {
            std::unique_lock lock(m_mutex);
            m_ends.wait(lock, [&] { return m_stopping; });
        }
        joinWorkers();
        ending();
    }

    void joinWorkers() {
        for (std::thread& thread : m_threads) thread.join();
        m_threads.clear();
    }

    void keepTime() {
        std::unique_lock lock(m_timerMutex);
        while (!m_stopping) {
            if (m_timers.empty()) {
                m_timerWake.wait(lock);
                continue;
            }
            const std::int64_t wait = m_timers.top().at - m_clock->steadyMillis();
            if (wait > 0) {
                m_timerWake.wait_for(lock, std::chrono::milliseconds(wait));
                continue;
            }
            Task* task = m_timers.top().task;
            m_timers.pop();
            lock.unlock();
            schedule(*task);
            lock.lock();
        }
    }

    const int m_threadCount, m_cores;
    const std::shared_ptr<Clock> m_clock;
    std::vector<std::thread> m_threads;  ///< joined by m_closer, where that was started
    std::thread m_closer;
    std::unordered_map<Task*, std::unique_ptr<BlockingLane>> m_lanes;

    std::mutex m_mutex;  ///< guards what follows
    std::condition_variable m_wake, m_ends;
    TaskQueue m_ready, m_sources;
    int m_sourcesAtWork = 0, m_sinksAtWork = 0;  ///< of the sinks those with a thread of their own

    std::mutex m_timerMutex;  ///< guards m_timers
    std::condition_variable m_timerWake;
    std::priority_queue<Timer> m_timers;
    bool m_stopping = false;  ///< written under both mutexes
};

}  // namespace

std::unique_ptr<Executor> makePoolExecutor(int threads, std::shared_ptr<Clock> clock, int cores) {
    return std::make_unique<PoolExecutor>(
        threads, std::move(clock), cores > 0 ? cores : static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace rw
