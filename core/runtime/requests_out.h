// The requests that an operator has out (core/stream/waiting): each is carried out by a task of its own,
// which may outlive the run.
#pragma once
#include <memory>

#include "core/runtime/executors/executor_link.h"
#include "core/stream/waiting/request.h"

namespace rw {

class RequestsOut final : public Requests {
 public:
    explicit RequestsOut(Executor& executor, std::shared_ptr<Clock> clock);
    ~RequestsOut() override;
    /// Before the run: the task whose operator this serves. It outlives this.
    void serve(Task& task) { m_task = &task; }
    Status begin(const RequestRef& request) override;

 private:
    class Carrier;
    Executor& m_executor;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<ExecutorLink> m_link;
    Task* m_task = nullptr;  ///< set before the run
};

}  // namespace rw
