#include "core/runtime/lent_thread.h"

#include <utility>

namespace rw {

namespace {

constexpr std::int64_t kNextTryMillis = 10;  // SourceWork::Next::Later
/// So long a call may wait for the outside world, and the end of the run for a call.
constexpr Millis kMayWaitMillis = 200;

Status notSettled() {
    return {ErrorCode::Io,
            RW_TEXT("run", "The source did not take the acknowledgement of the last checkpoint in time."),
            RW_TEXT("run",
                    "The results are complete; another run may be given the last rows once more. See whether "
                    "the system that is read still answers.")};
}

}  // namespace

class LentThread::Carrier final : public Task {
 public:
    Carrier(std::shared_ptr<SourceWork> work, Millis mayWait, std::shared_ptr<Clock> clock,
            std::shared_ptr<ExecutorLink> link)
        : m_work(std::move(work)), m_mayWait(mayWait), m_clock(std::move(clock)), m_link(std::move(link)) {}

 private:
    Step work() override {
        switch (m_work->step(m_mayWait)) {
            case SourceWork::Next::Again:
                return Step::Again;
            case SourceWork::Next::Later:
                m_link->wakeAt(*this, m_clock->steadyMillis() + kNextTryMillis);
                return Step::Wait;
            case SourceWork::Next::Wait:
                return Step::Wait;
            case SourceWork::Next::Done:
                break;
        }
        return Step::Done;
    }
    void failed(const Status& status) override { m_work->failed(status); }

    const std::shared_ptr<SourceWork> m_work;
    const Millis m_mayWait;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<ExecutorLink> m_link;
};

class LentThread::Settler final : public Task {
 public:
    Settler(std::shared_ptr<SourceWork> work, std::shared_ptr<Clock> clock)
        : m_work(std::move(work)),
          m_clock(std::move(clock)),
          m_until(m_clock->steadyMillis() + Executor::kLeaveMillis) {}
    /// Once it has ended.
    const Status& status() const { return m_status; }

 private:
    Step work() override {
        const Result<bool> settled = m_work->settle();
        m_status = settled.status();
        if (!settled.ok() || *settled) return Step::Done;
        m_status = notSettled();
        if (m_clock->steadyMillis() >= m_until) return Step::Done;
        m_clock->sleep(kNextTryMillis);  // another thread is still in a call
        return Step::Again;
    }
    void failed(const Status& status) override { m_status = status; }

    const std::shared_ptr<SourceWork> m_work;
    const std::shared_ptr<Clock> m_clock;
    const std::int64_t m_until;
    Status m_status{};
};

LentThread::LentThread(Executor& executor, std::shared_ptr<Clock> clock)
    : m_executor(executor), m_clock(std::move(clock)), m_link(std::make_shared<ExecutorLink>(executor)) {}

void LentThread::cut() {
    m_link->cut();
}

Status LentThread::begin() {
    const Millis mayWait = m_executor.hasThreads() ? kMayWaitMillis : 0;
    m_carrier = std::make_shared<Carrier>(m_work, mayWait, m_clock, m_link);
    return m_executor.lend(m_carrier);
}

void LentThread::wake() {
    if (m_carrier) m_link->wake(*m_carrier);
}

Status LentThread::settle() {
    if (!m_work) return {};
    const auto settler = std::make_shared<Settler>(m_work, m_clock);
    RW_TRY_ASSIGN(const bool ended, m_executor.lendToEnd(settler));
    return ended ? settler->status() : notSettled();
}

}  // namespace rw
