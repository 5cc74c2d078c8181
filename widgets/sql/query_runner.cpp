#include "widgets/sql/query_runner.h"

namespace rw::ui {

namespace {
constexpr int kQueryLeavesMillis = 500;  // a stopped query ends in some milliseconds, if its disk answers
}

QueryRunner::~QueryRunner() {
    m_asking.drop();
    (void)m_worker.wait(kQueryLeavesMillis);
}

void QueryRunner::run(Query query) {
    stop();
    m_clock.start();
    m_asking.ask(
        m_worker,
        [query = std::move(query)](const Latest::Question& question) -> Answer {
            return std::make_shared<QueryAnswer>(runQuery(query, question.flag()));
        },
        [this](const Answer& answer) { Q_EMIT answered(answer); });
}

// One that a disk holds up must not hold up the next.
void QueryRunner::stop() {
    if (isRunning()) m_worker.abandon();
    m_asking.drop();
}

}  // namespace rw::ui
