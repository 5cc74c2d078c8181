#include "core/cluster/jobs/flink_lost_start.h"

#include <algorithm>

namespace rw {

namespace {

/// A gateway needs some two seconds from the request to the job.
constexpr Millis kJobComesWithin = 6'000, kLookForItEvery = 300;
constexpr Millis kListedWithin = 3'000;
/// Of a job that was given no name.
constexpr const char* kFlinksName = "insert-into_";

HttpServer askedOften(HttpServer server) {
    server.connectWithin = std::min(server.connectWithin, kListedWithin);
    server.answerWithin = std::min(server.answerWithin, kListedWithin);
    server.tries = 1;
    return server;
}

std::string idsOf(const std::vector<FlinkJob>& jobs) {
    std::string ids;
    for (const FlinkJob& job : jobs) ids += (ids.empty() ? "" : ", ") + job.id;
    return ids;
}

}  // namespace

FlinkLostStart::FlinkLostStart(HttpServer jobManager, std::string name)
    : m_rest(askedOften(std::move(jobManager))), m_name(std::move(name)) {}

bool FlinkLostStart::isNamed(const FlinkJob& job) const {
    return m_name.empty() ? job.name.starts_with(kFlinksName) : job.name == m_name;
}

void FlinkLostStart::lookBefore() {
    const Result<std::vector<FlinkJob>> jobs = m_rest.jobs();
    m_looked = jobs.ok();
    if (!m_looked) return;
    for (const FlinkJob& job : *jobs) m_before.insert(job.id);
}

/// Leaves out jobs that were ended again when their caller had given them up.
Result<std::vector<FlinkJob>> FlinkLostStart::newJobs() {
    RW_TRY_ASSIGN(std::vector<FlinkJob> jobs, m_rest.jobs());
    std::erase_if(jobs, [this](const FlinkJob& job) {
        return !isNamed(job) || !isJobId(job.id) || m_before.contains(job.id) || job.state == "CANCELLING" ||
               job.state == "CANCELED";
    });
    return jobs;
}

FlinkLostStart::Found FlinkLostStart::unknown() const {
    return {{},
            RW_TEXT("cluster",
                    "Flink did not say whether it started the job: see in its web page whether “%1” runs, "
                    "before you deploy it again.")
                .with(m_name.empty() ? std::string(kFlinksName) : m_name)};
}

FlinkLostStart::Found FlinkLostStart::find() {
    if (!m_looked) return unknown();
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kJobComesWithin;
    for (;;) {
        const Result<std::vector<FlinkJob>> jobs = newJobs();
        if (jobs.ok() && jobs->size() == 1) {
            const FlinkJob& job = jobs->front();
            return {job.id, RW_TEXT("cluster",
                                    "Flink's answer to the start was lost. The job %1, which has begun since "
                                    "then under the name “%2”, is taken to be it.")
                                .with(job.id, job.name)};
        }
        if (jobs.ok() && !jobs->empty())
            return {{},
                    RW_TEXT("cluster",
                            "Flink did not say whether it started the job. Several jobs “%1” have begun "
                            "since then: %2. See in its web page which one is yours, and cancel those that "
                            "are too many.")
                        .with(jobs->front().name, idsOf(*jobs))};
        const bool late = clock->steadyMillis() + kLookForItEvery > until;
        if (late && jobs.ok())
            return {{},
                    RW_TEXT("cluster",
                            "Flink did not say whether it started the job. No job “%1” has begun since then: "
                            "look once more in its web page, then deploy it again.")
                        .with(m_name.empty() ? std::string(kFlinksName) : m_name)};
        if (late || !m_rest.http().pause(kLookForItEvery).ok()) return unknown();
    }
}

}  // namespace rw
