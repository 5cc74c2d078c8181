#include "tests/unit/cluster/planner_gateway.h"

#include <fmt/format.h>

#include <cstdlib>

namespace rw::test {

namespace {

constexpr const char* kStatements = "POST /v3/sessions/s1/statements";
constexpr const char* kOperation = "GET /v3/sessions/s1/operations/";

FakeAnswer refused(const std::string& cause) {
    Json errors = Json::object();
    errors["errors"] = {
        "Internal server error.",
        "<Exception on server side:\norg.apache.flink.table.gateway.api.utils.SqlGatewayException: "
        "org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.\n"
        "\tat org.apache.flink.table.gateway.rest.handler.statement.FetchResultsHandler.handleRequest"
        "(FetchResultsHandler.java:91)\n"
        "Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute "
        "the "
        "operation 34e5fbc5-3da3-4360-a198-c5155b44de96.\n"
        "\tat org.apache.flink.table.gateway.service.operation.OperationManager$Operation.processThrowable"
        "(OperationManager.java:435)\n\t... 7 more\n"
        "Caused by: " +
            cause + "\n\tat a.B.c(B.java:1)\n\t... 12 more\n\nEnd of exception on server side>"};
    return answer(errors.dump(), 500);
}

FakeAnswer cell(const std::string& type, const std::string& text, bool job) {
    Json page = Json::object();
    page["resultType"] = job ? "PAYLOAD" : "EOS";
    if (job) {
        page["jobID"] = "j1";
        page["nextResultUri"] = "/v3/sessions/s1/operations/o0/result/1?rowFormat=PLAIN_TEXT";
    }
    Json column = Json::object();
    column["name"] = "result";
    column["logicalType"] = {{"type", type}};
    Json row = Json::object();
    row["kind"] = "INSERT";
    row["fields"] = Json::array({text});
    page["results"]["columns"] = Json::array({column});
    page["results"]["data"] = Json::array({row});
    return answer(page.dump());
}

}  // namespace

FakeAnswer PlannerGateway::result(const std::string& statement) const {
    for (const auto& [begin, cause] : m_refusals) {
        if (statement.starts_with(begin)) return refused(cause);
    }
    if (statement.starts_with("EXPLAIN")) return cell("VARCHAR", m_explained, false);
    return cell("VARCHAR", "OK", statement.starts_with("EXECUTE"));
}

FakeAnswer PlannerGateway::reply(const FakeRequest& request) {
    if (request.line == "POST /v3/sessions") return answer("{\"sessionHandle\": \"s1\"}");
    if (request.line == kStatements) {
        m_given.push_back(Json::parse(request.body)["statement"].get<std::string>());
        return answer(fmt::format("{{\"operationHandle\": \"o{}\"}}", m_given.size() - 1));
    }
    const std::string operation = kOperation + std::string("o");
    if (!request.line.starts_with(operation)) return answer("{}");
    return result(m_given.at(std::strtoul(&request.line[operation.size()], nullptr, 10)));
}

std::unique_ptr<FlinkSession> PlannerGateway::session() {
    HttpServer server;
    server.address = m_server.address();
    server.firstPause = 1;
    auto opened = FlinkSession::open(std::move(server));
    return opened.ok() ? std::move(*opened) : nullptr;
}

std::vector<std::string> PlannerGateway::statements() const {
    std::vector<std::string> out;
    for (const FakeRequest& request : m_server.requests()) {
        if (request.line == kStatements)
            out.push_back(Json::parse(request.body)["statement"].get<std::string>());
    }
    return out;
}

std::vector<Json> PlannerGateway::configs() const {
    std::vector<Json> out;
    for (const FakeRequest& request : m_server.requests()) {
        if (request.line == kStatements) out.push_back(Json::parse(request.body)["executionConfig"]);
    }
    return out;
}

}  // namespace rw::test
