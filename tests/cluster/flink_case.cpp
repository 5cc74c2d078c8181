#include "tests/cluster/flink_case.h"

#include <fstream>

#include "core/cluster/flink/flink_gateway.h"
#include "core/deploy/translation.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/variables.h"
#include "tests/cluster/staged_sources.h"
#include "tests/golden/cases.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

constexpr Millis kQueryWithin = 120'000;

/// The rows as compare.h reads them: with the column `op` where rows are changed.
void writeResult(const FlinkTable& table, const fs::path& path) {
    std::ofstream out(path, std::ios::binary);
    const bool updating = table.updating();
    golden::Row header;
    if (updating) header.emplace_back("op");
    for (const FlinkColumn& column : table.columns) header.emplace_back(column.name);
    out << csvLine(header);
    for (const ChangeRow& row : table.rows) {
        golden::Row cells;
        if (updating) cells.emplace_back(toString(row.kind));
        cells.insert(cells.end(), row.cells.begin(), row.cells.end());
        out << csvLine(cells);
    }
}

/// Sends all statements; a query's rows go to the file that the sink would write.
Status runStatements(const Translation& translation, const Pipeline& pipeline, const Variables& variables,
                     const fs::path& folder, const FlinkRunOptions& options) {
    RW_TRY_ASSIGN(
        const auto session,
        FlinkSession::open(options.gateway, {{"parallelism.default", std::to_string(options.parallelism)}}));
    session->endJobsAt(options.jobManager);
    for (const Statement& statement : translation.statements) {
        const auto result = session->run(substitute(statement.text, variables), {}, kQueryWithin);
        if (!result.ok()) return result.status().at(statement.node);
        if (statement.kind != Statement::Kind::Select) continue;
        const Node* const sink = pipeline.find(statement.name);
        if (!sink)
            return {ErrorCode::Internal,
                    RW_TEXT("test", "a query for “%1”, which is no sink").with(statement.name)};
        writeResult(*result, folder / sink->params.value("path", statement.name + ".csv"));
    }
    return session->close();
}

}  // namespace

CaseOutcome runOnFlink(const fs::path& folder, const Catalogue& catalogue, const ListedCases& listed,
                       const FlinkRunOptions& options) {
    OpenedCase opened(folder, catalogue, Engine::Flink, listed);
    if (!opened.runs) return opened.outcome;
    const Pipeline& pipeline = opened.pipeline;
    opened.run([&](const fs::path& copy) -> std::string {
        const fs::path staged = copy / "staged";
        if (std::string why = stageSources(pipeline, catalogue, copy, staged); !why.empty()) return why;
        std::vector<Issue> ignored;
        Variables variables = variablesOf(pipeline, opened.how.validate, ignored);
        variables["staged"] = "file://" + staged.string();
        variables["folder"] = "file://" + copy.string();
        const Status ran = runStatements(opened.translation, pipeline, variables, copy, options);
        return ran.ok() ? std::string() : english(ran.error());
    });
    return opened.outcome;
}

}  // namespace rw::cluster
