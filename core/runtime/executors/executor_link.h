// Lets objects that may outlive a run wake its tasks for as long as the run's executor exists.
#pragma once
#include <cstdint>
#include <mutex>

#include "core/runtime/executors/executor.h"

namespace rw {

/// Safe from any thread.
class ExecutorLink {
 public:
    explicit ExecutorLink(Executor& executor) : m_executor(&executor) {}
    /// Before the executor is gone: later requests are not carried out and touch no task.
    void cut() {
        const std::lock_guard lock(m_mutex);
        m_executor = nullptr;
    }
    void wake(Task& task) {
        const std::lock_guard lock(m_mutex);
        if (m_executor) m_executor->schedule(task);
    }
    void wakeAt(Task& task, std::int64_t steadyMillis) {
        const std::lock_guard lock(m_mutex);
        if (m_executor) m_executor->scheduleAt(task, steadyMillis);
    }

 private:
    std::mutex m_mutex;
    Executor* m_executor;
};

}  // namespace rw
