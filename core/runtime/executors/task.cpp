#include "core/runtime/executors/task.h"

#include <new>
#include <stdexcept>
#include <system_error>

namespace rw {

Step Task::step() noexcept {
    try {
        return work();
    } catch (...) {
        failed(statusOfException());
        return Step::Done;
    }
}

Status statusOfException() noexcept {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    } catch (const std::length_error& error) {
        // From StringRef, or from a container of the standard library that was to hold more than it can.
        return {ErrorCode::Invalid, RW_TEXT("run", "A value is too long to keep: %1.").with(error.what()),
                RW_TEXT("run", "Texts can have up to 4 GiB. Let the pipeline make shorter ones.")};
    } catch (const std::exception& error) {
        return {ErrorCode::Internal, RW_TEXT("run", "Something unforeseen happened: %1.").with(error.what()),
                RW_TEXT("run", "Please report this with the pipeline.")};
    } catch (...) {
        return {ErrorCode::Internal, RW_TEXT("run", "Something unforeseen happened."), {}};
    }
}

void TaskQueue::push(Task& task) {
    task.m_nextQueued = nullptr;
    (m_last ? m_last->m_nextQueued : m_first) = &task;
    m_last = &task;
}

Task& TaskQueue::pop() {
    Task& task = *m_first;
    m_first = task.m_nextQueued;
    if (!m_first) m_last = nullptr;
    return task;
}

bool TaskState::wake(Task& task) {
    auto state = task.m_state.load();
    for (;;) {
        switch (state) {
            case Task::State::Idle:
                if (task.m_state.compare_exchange_weak(state, Task::State::Queued)) return true;
                break;
            case Task::State::Running:
                if (task.m_state.compare_exchange_weak(state, Task::State::RunningAgain)) return false;
                break;
            case Task::State::Queued:
            case Task::State::RunningAgain:
            case Task::State::Done:
                return false;
        }
    }
}

void TaskState::begin(Task& task) {
    task.m_state = Task::State::Running;
}

bool TaskState::endStep(Task& task, Step step) {
    if (step == Step::Done) {
        task.m_state = Task::State::Done;
        return false;
    }
    if (step == Step::Again) {
        task.m_state = Task::State::Queued;
        return true;
    }
    auto expected = Task::State::Running;
    if (task.m_state.compare_exchange_strong(expected, Task::State::Idle)) return false;
    task.m_state = Task::State::Queued;  // it was scheduled while the step ran
    return true;
}

}  // namespace rw
