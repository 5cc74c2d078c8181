#include "core/cluster/jobs/flink_deploy.h"

#include "core/cluster/flink/flink_issue.h"
#include "core/cluster/jobs/flink_planned.h"
#include "core/deploy/flink/sql_text.h"

namespace rw {

namespace {

/// Settings of the job alone: queries of the session have no state to save, and would answer only as often
/// as it is saved.
FlinkSettings jobSettings(const StartOptions& options) {
    FlinkSettings settings;
    if (!options.savepoint.empty()) {
        settings["execution.state-recovery.path"] = options.savepoint;
        settings["execution.state-recovery.ignore-unclaimed-state"] =
            options.allowLostState ? "true" : "false";
    }
    if (options.checkpointEvery > 0) {
        settings["execution.checkpointing.interval"] = fmt::format("{}ms", options.checkpointEvery);
        // By itself Flink removes them with the job.
        settings["execution.checkpointing.externalized-checkpoint-retention"] = "RETAIN_ON_CANCELLATION";
    }
    return settings;
}

/// Another version of Flink need not take a plan that one version compiled.
Status planRefused(std::string_view words) {
    return {
        ErrorCode::Invalid,
        RW_TEXT("cluster", "Flink does not take the compiled plan of the pipeline: %1")
            .with(shortFlinkWords(words)),
        RW_TEXT("cluster",
                "See whether SQL gateway and cluster are of one version of Flink. Without a folder of plans "
                "in the target the job is given in as SQL.")};
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
    Result<std::string> job = session.startJob(
        options.planned ? options.planned->statement : program.statementSet(), jobSettings(options));
    // The gateway said nothing against it: it may be the answer that was lost, not the job.
    if (!job.ok() && session.refusal().empty() && options.whenLost) job = options.whenLost(job.status());
    if (!job.ok()) {
        if (session.refusal().empty()) return job.status();
        Status why = flinkStartError(session.refusal(), options.savepoint);
        if (options.planned && why.error().fix.empty()) why = planRefused(session.refusal());
        return why;
    }
    out.job = std::move(*job);
    out.engine = Engine::Flink;
    out.pipeline = pipeline;
    out.program = sentText(program);
    out.graph = options.planned ? options.planned->graph : check.graph;
    if (options.planned) out.plan = options.planned->record;
    out.sinks = program.sinks();
    out.outputs = program.outputs;
    out.resumedFrom = options.savepoint;
    out.state = "CREATED";
    return out;
}

}  // namespace rw
