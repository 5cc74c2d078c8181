#include "tests/cluster/flink_export.h"

#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink/flink_target.h"
#include "core/cluster/jobs/flink_source_check.h"
#include "core/deploy/flink/script.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/translation.h"
#include "core/pipeline/variables.h"
#include "tests/cluster/flink_fixture.h"

namespace rw::cluster {

Status runExport(const Target& flink, const Pipeline& pipeline, const std::filesystem::path& folder,
                 const ExportAsked& asked) {
    TranslateOptions options;
    options.validate.folder = folder.string();
    options.validate.file = (folder / "pipeline.rill").string();
    if (asked.shown != nullptr) options.results = Results::SinksAndCharts;
    if (asked.readFiles)
        options.surveys = seeFlinkSources(pipeline, *allNodes(), {options.validate, {}, {}, {}}).surveys;
    const Validated validated = validate(pipeline, *allNodes(), options.validate);
    const Translation translation = translate(pipeline, *allNodes(), validated, Engine::Flink, options);
    for (const Statement& statement : translation.statements) {
        if (asked.readFiles && statement.name.ends_with("$read"))
            return {ErrorCode::Internal, RW_TEXT("test", "“%1” has no types.").with(statement.node)};
    }
    RW_TRY(writeArtefact(pipeline, translation, *artefactOf("flink-sql"), options).status());
    std::vector<Issue> ignored;
    Variables variables = variablesOf(pipeline, options.validate, ignored);
    variables["folder"] = "file://" + folder.string();
    RW_TRY_ASSIGN(const HttpServer gateway, gatewayOf(flink, environmentSecret));
    RW_TRY_ASSIGN(const HttpServer jobManager, jobManagerOf(flink, environmentSecret));
    RW_TRY_ASSIGN(const auto session, FlinkSession::open(gateway));
    session->endJobsAt(jobManager);
    if (translation.keepsState) {
        for (const auto& [key, value] : flinkStateSettings())
            RW_TRY(session->run("SET " + flinkText(key) + " = " + flinkText(value)).status());
    }
    for (const Statement& statement : translation.statements) {
        if (statement.kind == Statement::Kind::Insert) continue;
        Result<FlinkTable> done = session->run(substitute(statement.text, variables));
        if (!done.ok()) return done.status().at(statement.node);
        if (statement.kind == Statement::Kind::Select) (*asked.shown)[statement.name] = std::move(done->rows);
    }
    RW_TRY_ASSIGN(const std::string job,
                  session->startJob(substitute(flinkStatementSet(translation), variables)));
    FlinkRest rest(jobManager);
    RW_TRY_ASSIGN(const FlinkJob ended, rest.awaitEnd(job, kPatience));
    if (ended.state != "FINISHED") {
        RW_TRY_ASSIGN(const FlinkFailure failure, rest.failure(job));
        return {ErrorCode::Io, RW_TEXT("test", "%1: %2").with(ended.state, failure.cause)};
    }
    return session->close();
}

}  // namespace rw::cluster
