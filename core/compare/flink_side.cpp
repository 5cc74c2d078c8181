#include <fmt/format.h>

#include <filesystem>

#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/flink/flink_target.h"
#include "core/compare/cluster_side.h"
#include "core/pipeline/variables.h"

namespace rw {

namespace {

/// Inside a literal of SQL.
std::string inLiteral(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') out += '\'';
        out += c;
    }
    return out;
}

std::string fileAddress(const std::string& path) {
    std::error_code ignored;
    return fmt::format("file://{}", std::filesystem::absolute(path, ignored).lexically_normal().string());
}

Variables variablesOnFlink(const ClusterSide& side) {
    std::vector<Issue> told;  // by the caller of validate()
    Variables variables = variablesOf(side.pipeline, side.validate, told);
    const std::string& folder = side.target.folder;
    if (!side.staged.empty()) variables["staged"] = inLiteral(fileAddress(side.staged));
    variables["folder"] = inLiteral(
        !folder.empty() ? folder : fileAddress(side.validate.folder.empty() ? "." : side.validate.folder));
    return variables;
}

Status fetchOnFlink(FlinkSession& session, const ClusterSide& side, CollectedRows& rows) {
    const Variables variables = variablesOnFlink(side);
    for (const Statement& statement : side.translation.statements) {
        Result<FlinkTable> result =
            session.run(substitute(statement.text, variables), {}, side.within, kFlinkMostRows);
        if (!result.ok()) return result.status().at(statement.node);
        if (statement.kind == Statement::Kind::Select) rows[statement.name] = std::move(result->rows);
    }
    return {};
}

}  // namespace

TranslateOptions comparedAs(const ValidateOptions& validate, Sources sources) {
    TranslateOptions options;
    options.validate = validate;
    options.sources = sources;
    options.results = Results::Selects;
    return options;
}

Result<CollectedRows> rowsOnFlink(const ClusterSide& side) {
    RW_TRY_ASSIGN(HttpServer gateway, gatewayOf(side.target, side.secrets));
    RW_TRY_ASSIGN(HttpServer jobManager, jobManagerOf(side.target, side.secrets));
    const std::unique_ptr<FlinkSession> session = FlinkSession::unopened(std::move(gateway));
    session->http().cancelWith(side.cancelled);
    // A cluster may be set up for jobs that end.
    RW_TRY(session->begin({{"parallelism.default", "1"}, {"execution.runtime-mode", "streaming"}}));
    session->endJobsAt(std::move(jobManager));
    CollectedRows rows;
    const Status fetched = fetchOnFlink(*session, side, rows);
    session->http().cancelWith(nullptr);  // the session is ended all the same
    session->http().resume();
    const Status closed = session->close();
    RW_TRY(fetched);
    RW_TRY(closed);
    return rows;
}

}  // namespace rw
