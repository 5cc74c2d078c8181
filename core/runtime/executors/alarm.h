// When a task that waits is woken.
#pragma once
#include <algorithm>
#include <cstdint>

#include "core/runtime/executors/executor.h"
#include "core/runtime/executors/task.h"

namespace rw {

/// Of one task; for its steps alone. An alarm that is set does not go off a second time for the same wait.
class Alarm {
 public:
    /// The step ends, and the task has another at `until` at the latest (steady milliseconds, as `now`).
    Step waitUntil(Executor& executor, Task& task, std::int64_t now, std::int64_t until) {
        until = std::min(until, now + Executor::kLongestWaitMillis);
        if (m_at <= now || m_at > until) {
            m_at = until;
            executor.scheduleAt(task, until);
        }
        return Step::Wait;
    }

 private:
    std::int64_t m_at = -1;  ///< earlier than now: none is set
};

}  // namespace rw
