#include "core/runtime/task.h"

namespace rw {

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
    task.m_state = Task::State::Queued;  // somebody called while the step ran
    return true;
}

}  // namespace rw
