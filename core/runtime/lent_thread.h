// The thread of a source whose client makes its caller wait (core/stream/waiting): its work is a task of its
// own, which may outlive the run.
#pragma once
#include <memory>
#include <utility>

#include "core/runtime/executors/executor_link.h"
#include "core/stream/waiting/source_thread.h"

namespace rw {

class LentThread final : public SourceThread {
 public:
    LentThread(Executor& executor, std::shared_ptr<Clock> clock);
    ~LentThread() override { cut(); }
    void serve(std::shared_ptr<SourceWork> work) override { m_work = std::move(work); }
    Status begin() override;
    void wake() override;
    /// Before the run, or once no step runs any more: carries out the request of the source, also where it was
    /// never begun. An error of that, or where it takes longer than a run waits for at its end.
    Status settle();
    /// Before the executor is gone: the work may go on to try.
    void cut();

 private:
    class Carrier;
    class Settler;
    Executor& m_executor;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<ExecutorLink> m_link;
    std::shared_ptr<SourceWork> m_work{};
    std::shared_ptr<Carrier> m_carrier{};
};

}  // namespace rw
