#include <algorithm>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <queue>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/base/figures.h"
#include "core/runtime/executors/blocking_lane.h"
#include "core/runtime/executors/executor.h"
#include "core/runtime/metrics/stopwatch.h"

namespace rw {

namespace {

/// A task that was lent, and its thread, which may outlive the pool.
struct LentTask {
    explicit LentTask(std::shared_ptr<Task> lent) : task(std::move(lent)) {}

    const std::shared_ptr<Task> task;
    BlockingLane lane;
    std::thread thread;  ///< the pool's own

    void run() {
        lane.run(*task, [](bool) {});
        {
            const std::lock_guard lock(m_mutex);
            m_over = true;
        }
        m_ends.notify_all();
    }
    bool over() const {
        const std::lock_guard lock(m_mutex);
        return m_over;
    }
    /// Waits until so many nanoseconds of the stopwatch for the thread, then leaves it with the step that
    /// runs, its last. Whether it has ended.
    bool leave(std::int64_t nanos) {
        std::unique_lock lock(m_mutex);
        const std::int64_t wait = std::max<std::int64_t>(nanos - stopwatchNanos(), 0);
        const bool ended = m_ends.wait_for(lock, std::chrono::nanoseconds(wait), [this] { return m_over; });
        lock.unlock();
        lane.stop();
        if (ended) {
            thread.join();
        } else {
            thread.detach();
        }
        return ended;
    }

 private:
    mutable std::mutex m_mutex;
    std::condition_variable m_ends;
    bool m_over = false;
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
            {
                const std::lock_guard lock(m_mutex);
                for (int i = 0; i < m_threadCount; ++i) startWorker();
            }
            for (auto& [task, lane] : m_lanes) {
                m_threads.emplace_back([this, laneOf = lane.get(), owned = task] {
                    laneOf->run(*owned, [this, laneOf, owned](bool works) {
                        if (owned->feedsNobody) sinkWorks(*laneOf, works);
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
                    figures::counted(static_cast<std::uint64_t>(wanted),
                                     RW_TEXT("run", "1 thread could not be started: %1."),
                                     RW_TEXT("run", "%1 threads could not be started: %2."))
                        .with(error.what()),
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

    Status lend(std::shared_ptr<Task> task) override {
        task->blocking = true;
        std::vector<std::shared_ptr<LentTask>> over;
        auto lent = std::make_shared<LentTask>(task);
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping) return {};
            std::erase_if(m_lent, [&over](const auto& one) {
                const bool ended = one.second->over();
                if (ended) over.push_back(one.second);
                return ended;
            });
            RW_TRY(startLent(lent));
            m_lent.emplace(task.get(), lent);
        }
        for (const auto& one : over) one->thread.join();
        schedule(*task);
        return {};
    }

    bool hasThreads() const override { return true; }

    Result<bool> lendToEnd(std::shared_ptr<Task> task) override {
        const auto lent = std::make_shared<LentTask>(std::move(task));
        const Status started = startLent(lent);
        if (!started.ok()) return started;
        (void)TaskState::wake(*lent->task);
        lent->lane.wake();
        return lent->leave(stopwatchNanos() + kLeaveNanos);
    }

    void end() override {
        {
            const std::scoped_lock lock(m_mutex, m_timerMutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_timerWake.notify_all();
        m_ends.notify_all();
        for (auto& [task, lane] : m_lanes) lane->stop();
        const std::lock_guard lock(m_mutex);
        for (auto& [task, lent] : m_lent) lent->lane.stop();
    }

    void join() override {
        if (m_closer.joinable()) m_closer.join();
    }

 private:
    static constexpr std::int64_t kLookMillis = 100;
    static constexpr std::int64_t kLeaveNanos = kLeaveMillis * 1'000'000;
    /// More than that wait for the outside world only where something is badly wrong.
    static constexpr std::size_t kMostWorkers = 256;

    struct Worker {
        std::thread thread{};
        ThreadLook look{};
        Task* task = nullptr;  ///< that it is at work on
        bool waits = false;    ///< in it, for the outside world
        bool ended = false;
    };
    struct Timer {
        std::int64_t at;
        Task* task;
        bool operator<(const Timer& other) const { return at > other.at; }  // the earliest is the queue's top
    };

    static Status startLent(const std::shared_ptr<LentTask>& lent) {
        try {
            lent->thread = std::thread([lent] { lent->run(); });
            return {};
        } catch (const std::exception& error) {
            return {ErrorCode::Io, RW_TEXT("run", "A thread could not be started: %1.").with(error.what()),
                    RW_TEXT("run", "Allow the program more threads and memory.")};
        }
    }

    TaskQueue& queueOf(const Task& task) { return task.feedsOthers ? m_sources : m_ready; }

    void enqueue(Task& task) {
        if (const auto lane = m_lanes.find(&task); task.blocking && lane != m_lanes.end()) {
            lane->second->wake();
            return;
        }
        if (task.blocking) {
            const std::lock_guard lock(m_mutex);
            if (const auto lent = m_lent.find(&task); lent != m_lent.end()) lent->second->lane.wake();
            return;
        }
        {
            const std::lock_guard lock(m_mutex);
            queueOf(task).push(task);
        }
        m_wake.notify_one();
    }

    /// Under m_mutex.
    void startWorker() {
        Worker& worker = m_workers.emplace_back();
        try {
            worker.thread = std::thread([this, &worker] { work(worker); });
        } catch (...) {
            m_workers.pop_back();
            throw;
        }
        ++m_awake;
    }

    void work(Worker& self) {
        // A task that has more to do goes on at once a few times: its data is still in the cache.
        constexpr int kStepsAtOnce = 8;
        self.look.begin();
        bool again = false;
        while (Task* task = next(self, again)) {
            again = true;
            for (int i = 0; i < kStepsAtOnce && again; ++i) {
                TaskState::begin(*task);
                again = TaskState::endStep(*task, task->step());
            }
        }
    }

    /// The next task of a worker after its task (null: it begins), which goes back into its queue where it has
    /// more to do. Null: no more.
    Task* next(Worker& self, bool again) {
        Task* task = nullptr;
        bool more = false;
        {
            std::unique_lock lock(m_mutex);
            Task* const ran = self.task;
            if (ran) leave(self);
            if (again) queueOf(*ran).push(*ran);
            // Another one was started while this one waited.
            self.ended = m_awake > m_threadCount;
            if (self.ended) {
                --m_awake;
                more = mayTake();
            } else {
                m_wake.wait(lock, [&] { return m_stopping || mayTake(); });
                if (m_stopping) return nullptr;
                task = &(m_ready.empty() ? m_sources : m_ready).pop();
                if (task->feedsOthers) ++m_sourcesAtWork;
                self.task = task;
                self.look.working(true);
                more = ran && mayTake();
            }
        }
        if (more) m_wake.notify_one();
        return task;
    }

    /// Under m_mutex.
    void leave(Worker& self) {
        setWaits(self, false);
        if (self.task->feedsOthers) --m_sourcesAtWork;
        self.task = nullptr;
        self.look.working(false);
    }

    /// Under m_mutex. A task that waits for the outside world takes no thread from others, and no core.
    void setWaits(Worker& worker, bool waits) {
        if (worker.waits == waits) return;
        worker.waits = waits;
        m_awake += waits ? -1 : 1;
        if (worker.task->feedsOthers) m_sourcesAtWork += waits ? -1 : 1;
    }

    /// Under m_mutex.
    void setCounts(BlockingLane& lane, bool counts) {
        if (lane.counts == counts) return;
        lane.counts = counts;
        m_sinksAtWork += counts ? 1 : -1;
    }

    /// Which threads work, and which wait for the outside world, in a call that is to be short: a disk that
    /// does not answer, a lock of another program. As many as wait while there is something to do are
    /// started, and end again when the others go on.
    void lookAtThreads() {
        std::list<Worker> ended;
        bool another = false;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping) return;
            const std::int64_t now = stopwatchNanos();
            for (auto worker = m_workers.begin(); worker != m_workers.end();) {
                const auto at = worker++;
                if (at->ended) {
                    ended.splice(ended.end(), m_workers, at);
                } else if (at->task) {
                    setWaits(*at, at->look.waits(now));
                }
            }
            for (auto& [task, lane] : m_lanes) {
                const bool waits = lane->look.waits(now);
                if (lane->look.works()) setCounts(*lane, !waits);
            }
            another = mayTake();
            if (another && m_awake < m_threadCount && m_workers.size() < kMostWorkers) {
                try {
                    startWorker();
                } catch (const std::exception&) {
                    // There is none to be had now; it is tried again.
                }
            }
        }
        if (another) m_wake.notify_all();
        for (Worker& worker : ended) worker.thread.join();
    }

    /// A sink that works keeps a core: a task on the same core makes all others wait.
    bool mayTake() const {
        if (!m_ready.empty() || m_sources.empty()) return !m_ready.empty();
        return m_sinksAtWork == 0 || m_sourcesAtWork == 0 || m_sourcesAtWork + m_sinksAtWork < m_cores;
    }

    void sinkWorks(BlockingLane& lane, bool works) {
        bool another = false;
        {
            const std::lock_guard lock(m_mutex);
            lane.look.working(works);
            setCounts(lane, works);
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
        // The thread that keeps the time starts workers, and is among the first.
        for (std::thread& thread : m_threads) thread.join();
        m_threads.clear();
        for (Worker& worker : m_workers) worker.thread.join();
        m_workers.clear();
        std::unordered_map<Task*, std::shared_ptr<LentTask>> lent;  // no task lends any more
        {
            const std::lock_guard lock(m_mutex);
            lent.swap(m_lent);
        }
        for (auto& [task, one] : lent) one->lane.stop();  // end() may not have come to them
        const std::int64_t until = stopwatchNanos() + kLeaveNanos;
        for (auto& [task, one] : lent) (void)one->leave(until);
    }

    void keepTime() {
        constexpr std::int64_t kLookNanos = kLookMillis * 1'000'000;
        std::int64_t lookAt = stopwatchNanos() + kLookNanos;
        std::unique_lock lock(m_timerMutex);
        while (!m_stopping) {
            if (stopwatchNanos() >= lookAt) {
                lock.unlock();
                lookAtThreads();
                lookAt = stopwatchNanos() + kLookNanos;
                lock.lock();
                continue;
            }
            std::int64_t wait = kLookMillis;
            if (!m_timers.empty()) wait = std::min(wait, m_timers.top().at - m_clock->steadyMillis());
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
    std::vector<std::thread> m_threads;  ///< but workers; joined by m_closer, where that was started
    std::thread m_closer;
    std::unordered_map<Task*, std::unique_ptr<BlockingLane>> m_lanes;

    std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_wake, m_ends;
    TaskQueue m_ready, m_sources;
    std::list<Worker> m_workers;
    std::unordered_map<Task*, std::shared_ptr<LentTask>> m_lent;
    int m_awake = 0;  ///< workers that do not wait for the outside world
    /// Without those that wait for the outside world; of the sinks those with a thread of their own.
    int m_sourcesAtWork = 0, m_sinksAtWork = 0;

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
