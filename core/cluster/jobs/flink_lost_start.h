// The start of a job whose answer was lost: whether there is a job after all only its JobManager knows.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/cluster/flink/flink_rest.h"

namespace rw {

/// Made before the start. Single-threaded, but for http().cancel().
class FlinkLostStart {
 public:
    /// `name`: that the job is given; empty: Flink makes one of the tables that it writes to.
    FlinkLostStart(HttpServer jobManager, std::string name);

    /// Looks which jobs of that name there are before. Waits for one answer, some seconds at most; without
    /// one nothing can be told afterwards.
    void lookBefore();

    struct Found {
        std::string job{};  ///< that has begun since; empty: which one, or whether there is one, is not known
        Text told{};        ///< a message for the user, with an action
    };
    /// Waits some seconds for a job that was not there before.
    Found find();

    HttpClient& http() { return m_rest.http(); }

 private:
    bool isNamed(const FlinkJob& job) const;
    Result<std::vector<FlinkJob>> newJobs();
    Found unknown() const;

    FlinkRest m_rest;
    const std::string m_name;
    bool m_looked = false;
    std::set<std::string> m_before{};  ///< ids
};

}  // namespace rw
