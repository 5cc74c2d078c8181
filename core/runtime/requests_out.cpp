#include "core/runtime/requests_out.h"

#include <mutex>
#include <utility>

namespace rw {

namespace {
constexpr std::int64_t kLaterMillis = 10;  // Request::Step::Later
}  // namespace

/// Leads to the executor and the operator's task for as long as they are there.
class RequestsOut::Link {
 public:
    explicit Link(Executor& executor) : m_executor(&executor) {}
    void serve(Task& task) { m_task = &task; }
    void cut() {
        const std::lock_guard lock(m_mutex);
        m_executor = nullptr;
    }
    void wakeOperator() {
        const std::lock_guard lock(m_mutex);
        if (m_executor && m_task) m_executor->schedule(*m_task);
    }
    void wakeAt(Task& carrier, std::int64_t steadyMillis) {
        const std::lock_guard lock(m_mutex);
        if (m_executor) m_executor->scheduleAt(carrier, steadyMillis);
    }

 private:
    std::mutex m_mutex;
    Executor* m_executor;
    Task* m_task = nullptr;  ///< set before the run
};

class RequestsOut::Carrier final : public Task {
 public:
    Carrier(RequestRef request, std::shared_ptr<Clock> clock, std::shared_ptr<Link> link)
        : m_request(std::move(request)), m_clock(std::move(clock)), m_link(std::move(link)) {}

 private:
    Step work() override {
        const Result<Request::Step> step = m_request->step();
        if (step.ok() && *step == Request::Step::Again) return Step::Again;
        if (step.ok() && *step == Request::Step::Later) {
            m_link->wakeAt(*this, m_clock->steadyMillis() + kLaterMillis);
            return Step::Wait;
        }
        answer(step.status());
        return Step::Done;
    }
    void failed(const Status& status) override { answer(status); }
    void answer(const Status& status) {
        m_request->answer(status);
        m_link->wakeOperator();
    }

    const RequestRef m_request;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<Link> m_link;
};

RequestsOut::RequestsOut(Executor& executor, std::shared_ptr<Clock> clock)
    : m_executor(executor), m_clock(std::move(clock)), m_link(std::make_shared<Link>(executor)) {}

RequestsOut::~RequestsOut() {
    m_link->cut();
}

void RequestsOut::serve(Task& task) {
    m_link->serve(task);
}

Status RequestsOut::begin(const RequestRef& request) {
    return m_executor.lend(std::make_shared<Carrier>(request, m_clock, m_link));
}

}  // namespace rw
