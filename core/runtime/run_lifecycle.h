// The inside of a Run: its state machine, and what brings it to an end.
#pragma once
#include <condition_variable>

#include "core/runtime/run.h"
#include "core/runtime/task_graph.h"

namespace rw {

class Run::Impl {
 public:
    /// What is under way when a run is stopped has so long to reach the sinks.
    static constexpr std::int64_t kStopMillis = 400;
    static constexpr std::int64_t kForEver = std::numeric_limits<std::int64_t>::max();

    Impl(std::shared_ptr<const Plan> plan, RunOptions options)
        : m_plan(std::move(plan)),
          m_clock(options.clock ? options.clock : systemClock()),
          m_shared(*m_plan, options, m_clock),
          m_tasks(m_shared) {}

    ~Impl() {
        stop(StopMode::Discard);
        if (!m_running) return;
        (void)waitFor(-1);
        m_shared.executor->join();
    }

    /// Nothing runs when it is an error.
    Status start() {
        try {
            return startAll();
        } catch (...) {
            return statusOfException();
        }
    }

    Status startAll() {
        m_shared.fail = [this](Status status) { fail(std::move(status)); };
        m_shared.taskDone = [this] { taskDone(); };
        m_shared.note = [this](const NodeId& node, std::vector<Text> texts) { note(node, std::move(texts)); };
        m_shared.executor = m_shared.options.executor == ExecutorKind::Seeded
                                ? makeSeededExecutor(m_shared.options.seed, m_clock, snapshotAtStep())
                                : makePoolExecutor(m_plan->parallelism, m_clock);
        RW_TRY(m_tasks.build());
        m_shared.started = true;
        const std::vector<Task*> tasks = m_tasks.all();
        m_remaining = tasks.size();
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            tasks[i]->number = static_cast<std::uint32_t>(i + 1);
            m_shared.executor->add(*tasks[i]);
        }
        for (Task* task : tasks) m_shared.executor->schedule(*task);
        m_startedAt = m_clock->steadyMillis();
        m_state = RunState::Running;
        RW_TRY(m_shared.executor->start([this] { close(); }));
        m_running = true;
        return {};
    }

    void pause() {
        const std::lock_guard lock(m_mutex);
        if (m_state != RunState::Running) return;
        m_state = RunState::Paused;
        m_pausedAt = m_clock->steadyMillis();
        m_shared.paused = true;
    }

    void resume() {
        {
            const std::lock_guard lock(m_mutex);
            if (m_state != RunState::Paused) return;
            m_state = RunState::Running;
            endPause();
            m_shared.paused = false;
        }
        wakeSources();
    }

    void stop(StopMode mode) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_state == RunState::Starting || finishedLocked()) return;
            const StopRequest wanted = requestOf(mode);
            if (wanted <= m_shared.stopRequest) return;
            m_shared.giveUpAt = m_clock->steadyMillis() + kStopMillis;
            m_shared.stopRequest = wanted;
            if (m_state == RunState::Paused) endPause();
            m_state = RunState::Stopping;
            endIfDue();
        }
        wakeSources();
    }

    Result<StateSnapshot> snapshot() {
        const std::lock_guard one(m_snapshotMutex);
        if (!m_shared.barriers.ask()) return BarrierBook::ended();
        wakeSources();
        return gatherSnapshot();
    }

    Result<StateSnapshot> awaitSnapshot() {
        const std::lock_guard one(m_snapshotMutex);
        return gatherSnapshot();
    }

    RunState state() const {
        const std::lock_guard lock(m_mutex);
        return m_state;
    }

    bool waitFor(Millis millis) {
        const auto over = [&] { return finishedLocked(); };
        if (millis < 0) {
            const auto lock = waitUntil(over);
            return true;
        }
        // By the run's clock where this thread is to run it.
        if (m_shared.executor->drive([] { return false; }, m_clock->steadyMillis() + millis))
            return finished();
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::milliseconds(millis), over);
    }

    bool finished() const {
        const std::lock_guard lock(m_mutex);
        return finishedLocked();
    }

    Status status() const {
        const std::lock_guard lock(m_mutex);
        return m_status;
    }

    std::vector<RunNote> takeNotes() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_notes, {});
    }

    RunMetrics metrics() const;

    const std::shared_ptr<const Plan> m_plan;
    const std::shared_ptr<Clock> m_clock;
    RunShared m_shared;
    RunTasks m_tasks;

 private:
    bool finishedLocked() const {
        return m_state == RunState::Finished || m_state == RunState::Stopped || m_state == RunState::Failed;
    }

    AfterStep snapshotAtStep() {
        if (m_shared.options.snapshotAtStep == 0) return {};
        return [this](std::uint64_t steps) {
            if (steps == m_shared.options.snapshotAtStep && m_shared.barriers.ask()) wakeSources();
        };
    }

    void wakeSources() {
        for (const auto& source : m_tasks.sources()) m_shared.executor->schedule(*source);
    }

    Result<StateSnapshot> gatherSnapshot() {
        (void)m_shared.executor->drive([&] { return m_shared.barriers.settled(); }, kForEver);
        RW_TRY_ASSIGN(StateSnapshot snapshot, m_shared.barriers.wait());
        // Sinks that have ended write theirs now; not while the run is being closed.
        const auto lock =
            waitUntil([&] { return (m_remaining > 0 && !m_shared.failed) || finishedLocked(); });
        if (m_shared.failed) return BarrierBook::ended();
        RW_TRY(m_tasks.addEnded(snapshot));
        snapshot.began = m_tasks.began();
        return snapshot;
    }

    void fail(Status status) {
        const std::lock_guard lock(m_mutex);
        if (m_shared.failed) return;
        m_status = std::move(status);
        m_shared.failed = true;
        m_shared.barriers.giveUp();
        endIfDue();
    }

    void taskDone() {
        const std::lock_guard lock(m_mutex);
        if (--m_remaining == 0) endIfDue();
    }

    void endPause() {
        m_pausedMillis += m_clock->steadyMillis() - m_pausedAt;
        m_shared.pausedMillis = m_pausedMillis;
    }

    void note(const NodeId& node, std::vector<Text> texts) {
        const std::lock_guard lock(m_mutex);
        NodeNotes& kept = m_nodeNotes[node];
        for (Text& text : texts) {
            ++kept.count;
            kept.newest.push_back(text);
            if (kept.newest.size() > kNotesKept) kept.newest.pop_front();
            m_notes.push_back({node, std::move(text)});
        }
    }

    static StopRequest requestOf(StopMode mode) {
        switch (mode) {
            case StopMode::Drain:
                return StopRequest::Drain;
            case StopMode::Now:
                return StopRequest::Now;
            case StopMode::Discard:
                break;
        }
        return StopRequest::Discard;
    }

    /// Under the mutex: nothing is left to be done, or nobody wants it.
    void endIfDue() {
        if (m_remaining == 0 || m_shared.failed || m_shared.stopRequest == StopRequest::Discard)
            m_shared.executor->end();
    }

    /// The mutex, once `holds`, which is asked under it.
    template <class Holds>
    std::unique_lock<std::mutex> waitUntil(Holds holds) {
        const auto asked = [&] {
            const std::lock_guard lock(m_mutex);
            return holds();
        };
        (void)m_shared.executor->drive(asked, kForEver);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, holds);
        return lock;
    }

    /// All sinks prepare before one commits; if any can't, or the results are not wanted, all abort.
    void endSinks() {
        const auto each = [this](Status (SinkTask::*what)()) {
            for (const auto& sink : m_tasks.sinks()) {
                if (m_shared.failed) return;
                if (const Status status = (*sink.*what)(); !status.ok()) fail(status);
            }
        };
        const bool wanted = m_shared.stopRequest != StopRequest::Discard;
        if (wanted) {
            each(&SinkTask::end);
            each(&SinkTask::prepare);
            each(&SinkTask::commit);
        }
        for (const auto& sink : m_tasks.sinks()) {
            if (!wanted || m_shared.failed) sink->abort();
        }
        for (const auto& sink : m_tasks.sinks()) sink->close();
    }

    /// No task runs any more: ends the sinks and says what became of the run.
    void close() {
        m_shared.barriers.giveUp();
        endSinks();
        const std::lock_guard lock(m_mutex);
        m_endedAt = m_clock->steadyMillis();
        m_state = m_shared.failed ? RunState::Failed
                  : m_shared.stopRequest >= StopRequest::Now && m_state == RunState::Stopping
                      ? RunState::Stopped
                      : RunState::Finished;
        m_changed.notify_all();
    }

    std::mutex m_snapshotMutex;  ///< one snapshot at a time
    mutable std::mutex m_mutex;  ///< guards what follows
    std::condition_variable m_changed;
    RunState m_state = RunState::Starting;
    Status m_status;
    std::size_t m_remaining = 0;
    std::vector<RunNote> m_notes;  ///< not taken yet
    struct NodeNotes {
        std::deque<Text> newest;
        std::uint64_t count = 0;
    };
    std::map<NodeId, NodeNotes> m_nodeNotes;
    std::int64_t m_startedAt = 0, m_endedAt = -1, m_pausedAt = 0, m_pausedMillis = 0;
    /// Full milliseconds of each wire at earlier looks, for the share of the last second.
    struct FullSample {
        std::int64_t at;
        std::vector<std::int64_t> full;
    };
    mutable std::deque<FullSample> m_fullSamples;
    void addQueues(const PlannedNode::Target& target, RunMetrics& out, FullSample& sample) const;

    bool m_running = false;  ///< the executor was started
};

}  // namespace rw
