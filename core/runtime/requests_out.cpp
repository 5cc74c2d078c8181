#include "core/runtime/requests_out.h"

#include <utility>

namespace rw {

namespace {
constexpr std::int64_t kLaterMillis = 10;  // Request::Step::Later
}  // namespace

class RequestsOut::Carrier final : public Task {
 public:
    Carrier(RequestRef request, std::shared_ptr<Clock> clock, std::shared_ptr<ExecutorLink> link, Task* asks)
        : m_request(std::move(request)), m_clock(std::move(clock)), m_link(std::move(link)), m_asks(asks) {}

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
        if (m_asks) m_link->wake(*m_asks);
    }

    const RequestRef m_request;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<ExecutorLink> m_link;
    Task* const m_asks;  ///< gone when the link is cut
};

RequestsOut::RequestsOut(Executor& executor, std::shared_ptr<Clock> clock)
    : m_executor(executor), m_clock(std::move(clock)), m_link(std::make_shared<ExecutorLink>(executor)) {}

RequestsOut::~RequestsOut() {
    m_link->cut();
}

Status RequestsOut::begin(const RequestRef& request) {
    return m_executor.lend(std::make_shared<Carrier>(request, m_clock, m_link, m_task));
}

}  // namespace rw
