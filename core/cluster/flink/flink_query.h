// A submitted statement, read page by page; and the end of a query that would go on.
#pragma once
#include <string>

#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/flink/flink_rest.h"

namespace rw {

/// How long the end of a query may take.
inline constexpr Millis kFlinkCloseWithin = 60'000;

/// Refers to its session. Single-threaded.
class FlinkQuery {
 public:
    FlinkQuery(FlinkSession& session, std::string operation)
        : m_session(session), m_operation(std::move(operation)) {}

    /// The next page that tells something: rows, the end, or, once, that the job is known. Waits, but no
    /// longer than `within`; 0: until it comes or the session's client is cancelled.
    Result<FlinkPage> next(Millis within = 0);
    /// The page that is ready now, perhaps empty; does not wait for more.
    Result<FlinkPage> look();
    /// As next(), but an error once the steady clock is past `until`, however fast pages come.
    Result<FlinkPage> nextUntil(std::int64_t until);
    const std::string& job() const { return m_job; }  ///< empty: not known yet
    bool ended() const { return m_ended; }

    /// Ends the query and its job, also right after it was submitted, and after the session's or the
    /// JobManager's client was cancelled: that is taken back first. Waits until every task of the job runs:
    /// the end of a query whose sink has not opened yet is the end of the whole TaskManager (Flink 2.3.0) and
    /// of all jobs on it. A job whose progress can't be asked stays as it is: an error.
    Status close(FlinkRest& rest, Millis within = kFlinkCloseWithin);

 private:
    /// Until it has a job, has ended or failed, or the steady clock is past `until`. An error: that could not
    /// be asked.
    Status awaitJob(std::int64_t until);

    FlinkSession& m_session;
    const std::string m_operation;
    std::int64_t m_next = 0;
    std::string m_job{};
    bool m_ended = false;
};

}  // namespace rw
