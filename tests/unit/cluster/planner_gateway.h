// A SQL gateway whose planner takes every statement but those that a test names.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/cluster/flink/flink_gateway.h"
#include "tests/support/worlds/fake_server.h"

namespace rw::test {

class PlannerGateway {
 public:
    /// Statements that begin so are refused with this cause, in a trace as Flink 2.3.0 gives it.
    void refuse(std::string begin, std::string cause) {
        m_refusals.emplace_back(std::move(begin), std::move(cause));
    }
    /// The answer to EXPLAIN JSON_EXECUTION_PLAN.
    void explain(std::string text) { m_explained = std::move(text); }

    std::unique_ptr<FlinkSession> session();
    /// Statements that were submitted, as they were sent.
    std::vector<std::string> statements() const;
    /// Their executionConfig.
    std::vector<Json> configs() const;

 private:
    FakeAnswer reply(const FakeRequest& request);
    FakeAnswer result(const std::string& statement) const;

    std::vector<std::pair<std::string, std::string>> m_refusals{};
    std::string m_explained = "a plan";
    std::vector<std::string> m_given{};  ///< of the server's threads, one at a time
    FakeServer m_server{[this](const FakeRequest& request) { return reply(request); }};
};

}  // namespace rw::test
