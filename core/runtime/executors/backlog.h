// The rows that a task keeps because their time, or their answer, has not come (BoundNode::holdsRows).
// Barriers pass such rows, so its inbox does not hold producers back: the sources above do, for as long as
// the backlog is large.
#pragma once
#include <atomic>
#include <vector>

#include "core/runtime/executors/executor.h"

namespace rw {

class Backlog {
 public:
    explicit Backlog(Executor& executor) : m_executor(executor) {}

    /// Before the run: a lane of a source above, which is scheduled when the backlog is no longer large.
    void addLane(Task& lane) { m_lanes.push_back(&lane); }
    /// By the task that keeps the rows, between two deliveries.
    void setLarge(bool large) {
        if (!m_large.exchange(large) || large) return;
        for (Task* lane : m_lanes) m_executor.schedule(*lane);
    }
    /// Any thread.
    bool large() const { return m_large; }

 private:
    Executor& m_executor;
    std::vector<Task*> m_lanes;
    std::atomic<bool> m_large{false};
};

}  // namespace rw
