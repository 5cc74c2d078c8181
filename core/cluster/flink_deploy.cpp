#include "core/cluster/flink_deploy.h"

#include "core/cluster/flink_issue.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

/// What holds for the job alone: queries of the session have no state to save, and would answer only as often
/// as it is saved.
FlinkSettings jobSettings(const StartOptions& options) {
    FlinkSettings settings;
    if (!options.savepoint.empty()) {
        settings["execution.state-recovery.path"] = options.savepoint;
        settings["execution.state-recovery.ignore-unclaimed-state"] =
            options.allowLostState ? "true" : "false";
    }
    if (options.checkpointEvery > 0)
        settings["execution.checkpointing.interval"] = fmt::format("{}ms", options.checkpointEvery);
    return settings;
}

/// For the SQL client, as all that was sent.
std::string sentText(const FlinkProgram& program) {
    std::string out;
    for (const auto& [key, value] : program.settings)
        out += fmt::format("SET {} = {};\n", flinkText(key), flinkText(value));
    for (const Statement& statement : program.statements)
        out += fmt::format("-- node: {}\n{};\n", statement.node, statement.text);
    return out + program.statementSet() + ";\n";
}

}  // namespace

Result<Deployment> startOnFlink(FlinkSession& session, const FlinkProgram& program, const FlinkCheck& check,
                                const Pipeline& pipeline, const StartOptions& options) {
    if (program.inserts.empty())
        return Status(ErrorCode::Invalid,
                      RW_TEXT("cluster", "Only charts take the rows: there is no job to start."),
                      RW_TEXT("cluster", "Add a sink that Flink can write to."));
    Deployment out;
    out.started = systemClock()->now();
    Result<std::string> job = session.startJob(program.statementSet(), jobSettings(options));
    // The gateway said nothing against it: it may be the answer that was lost, not the job.
    if (!job.ok() && session.refusal().empty() && options.whenLost) job = options.whenLost(job.status());
    if (!job.ok()) {
        if (session.refusal().empty()) return job.status();
        return flinkStartError(session.refusal(), options.savepoint);
    }
    out.job = std::move(*job);
    out.engine = Engine::Flink;
    out.pipeline = pipeline;
    out.program = sentText(program);
    out.graph = check.graph;
    for (const Statement& insert : program.inserts) out.sinks.push_back(insert.node);
    out.resumedFrom = options.savepoint;
    out.state = "CREATED";
    return out;
}

}  // namespace rw
