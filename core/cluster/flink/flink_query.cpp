#include "core/cluster/flink/flink_query.h"

#include <algorithm>

namespace rw {

namespace {

constexpr Millis kFirstIdle = 10, kLongestIdle = 500;

Status overdue() {
    return {ErrorCode::Io, RW_TEXT("cluster", "Flink did not come to an end with the statement in time."),
            RW_TEXT("cluster", "See in Flink's web page whether the cluster has a free slot.")};
}

}  // namespace

Result<FlinkPage> FlinkQuery::look() {
    RW_TRY_ASSIGN(FlinkPage page, m_session.page(m_operation, m_next));
    if (m_job.empty()) m_job = page.job;
    if (page.state == FlinkPage::State::Rows) m_next = page.next;
    m_ended = page.state == FlinkPage::State::End;
    return page;
}

Result<FlinkPage> FlinkQuery::next(Millis within) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    for (Millis idle = kFirstIdle;; idle = std::min(2 * idle, kLongestIdle)) {
        const bool hadNoJob = m_job.empty();
        RW_TRY_ASSIGN(FlinkPage page, look());
        const bool jobIsNews = hadNoJob && !m_job.empty();
        if (m_ended || jobIsNews || !page.rows.empty()) return page;
        if (within > 0 && clock->steadyMillis() + idle > until) return overdue();
        RW_TRY(m_session.http().pause(idle));
    }
}

Result<FlinkPage> FlinkQuery::nextUntil(std::int64_t until) {
    const Millis left = until - systemClock()->steadyMillis();
    if (left <= 0) return overdue();
    return next(left);
}

Status FlinkQuery::awaitJob(std::int64_t until) {
    const auto clock = systemClock();
    for (Millis idle = kFirstIdle; m_job.empty() && !m_ended; idle = std::min(2 * idle, kLongestIdle)) {
        const Result<FlinkPage> page = look();
        if (page.ok() && (m_ended || !m_job.empty())) break;
        // One that fails has no job that could be harmed.
        if (!page.ok() && page.error().code == ErrorCode::Invalid) break;
        if (clock->steadyMillis() + idle > until) return page.status();
        RW_TRY(m_session.http().pause(idle));
    }
    return {};
}

Status FlinkQuery::close(FlinkRest& rest, Millis within) {
    m_session.http().resume();
    rest.http().resume();
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    RW_TRY(awaitJob(until));
    if (!m_job.empty() && !m_ended) {
        const Status runs = rest.awaitRunning(m_job, std::max<Millis>(until - clock->steadyMillis(), 1));
        if (!runs.ok()) {
            // One that waits for a slot all the time can be ended without harm.
            RW_TRY_ASSIGN(const FlinkJob job, rest.job(m_job));
            if (!job.noneRuns()) return runs;
        }
    }
    return m_session.closeOperation(m_operation);
}

}  // namespace rw
