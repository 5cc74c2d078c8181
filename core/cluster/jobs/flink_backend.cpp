// Flink as an engine that runs pipelines.
#include <algorithm>

#include "core/cluster/engine_backend.h"
#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/flink/flink_target.h"
#include "core/cluster/jobs/flink_outputs.h"
#include "core/cluster/jobs/flink_resume.h"
#include "core/cluster/jobs/flink_source_check.h"
#include "core/cluster/jobs/flink_target_check.h"

namespace rw {

namespace {

// A list on the screen: no answer soon is better than an answer late.
constexpr Millis kListConnectWithin = 3'000, kListAnswerWithin = 6'000;

EngineFacts flinkFacts() {
    EngineFacts facts;
    facts.outlivesUs = facts.savepoints = facts.planner = facts.dropState = facts.readsSources = true;
    facts.oldFigures = RW_TEXT("targets", "The cluster answers, but tells no newer figures.");
    facts.oldIsWrong = true;
    facts.toGetOne =
        RW_TEXT("targets", "“app/cluster flink up” starts a Flink on this computer, and says what to enter");
    facts.toDeploy =
        RW_TEXT("targets",
                "To deploy from here, add a cluster under Targets: “app/cluster flink up” starts one on this "
                "computer");
    return facts;
}

class FlinkJobAsker final : public JobAsker {
 public:
    explicit FlinkJobAsker(HttpServer server) : m_rest(std::move(server)) {}

    Result<std::map<std::string, std::string>> states() override {
        RW_TRY_ASSIGN(const std::vector<FlinkJob> jobs, m_rest.jobs());
        std::map<std::string, std::string> out;
        for (const FlinkJob& job : jobs) out.emplace(job.id, job.state);
        return out;
    }
    Result<Savepoint> leftBy(const std::string& job) override {
        RW_TRY_ASSIGN(const FlinkRest::KeptCheckpoint kept, m_rest.keptCheckpoint(job));
        return Savepoint{kept.path, kept.at, true};
    }
    void cancel() override { m_rest.http().cancel(); }

 private:
    FlinkRest m_rest;
};

class FlinkBackend final : public EngineBackend {
 public:
    const EngineFacts& facts() const override { return m_facts; }

    const std::vector<TargetField>& fields() const override { return flinkFields(); }
    Target usualTarget() const override { return usualFlink(); }
    Status usable(const Target& target) const override { return usableFlink(target.flink); }
    std::string addressOf(const Target& target) const override { return target.flink.gateway; }
    Result<TargetReport> check(const Target& target, const SecretSource& secrets,
                               const std::atomic<bool>* cancelled) const override {
        return checkFlink(target, secrets, cancelled);
    }
    std::string pageOf(const Target& target, const std::string& job, bool runs) const override {
        std::string address = target.flink.jobManager;
        while (address.ends_with('/')) address.pop_back();
        if (!address.starts_with("http://") && !address.starts_with("https://")) return {};
        return fmt::format("{}/#/job/{}/{}/overview", address, runs ? "running" : "completed", job);
    }

    Status checkProgram(const ClusterRequest& request, Translation& verdicts) const override {
        ProgramOptions options;
        options.validate = request.validate;
        options.folder = request.target.folder;
        const Result<FlinkProgram> program =
            flinkProgram(request.pipeline, *request.catalogue, options, &verdicts);
        if (!program.ok()) return program.status();
        if (request.charts || !program->inserts.empty()) return {};
        return {
            ErrorCode::Invalid,
            RW_TEXT("cluster", "No node writes rows on the cluster: charts are fed for the window alone."),
            RW_TEXT("cluster", "Add a csv_sink or an ndjson_sink, or deploy it from the window.")};
    }
    std::vector<Issue> misread(const Pipeline& pipeline, const Catalogue& catalogue,
                               const SourceCheck& check) const override {
        return checkFlinkSources(pipeline, catalogue, check);
    }
    SeenSources seenSources(const Pipeline& pipeline, const Catalogue& catalogue,
                            const SourceCheck& check) const override {
        return seeFlinkSources(pipeline, catalogue, check);
    }
    std::vector<StandingOutput> standingOutputs(const ClusterRequest& request) const override {
        return flinkStandingOutputs(request);
    }
    std::unique_ptr<ClusterRun> deploy(ClusterRequest request) const override {
        return deployToFlink(std::move(request));
    }
    std::unique_ptr<ClusterRun> watch(ClusterRequest request, Deployment deployment) const override {
        return watchOnFlink(std::move(request), std::move(deployment));
    }

    // A savepoint stays one, and a job whose end the cluster has told runs no more.
    Deployment merged(Deployment record, const Deployment& there) const override {
        for (const Savepoint& savepoint : there.savepoints) {
            const bool known =
                std::any_of(record.savepoints.begin(), record.savepoints.end(),
                            [&savepoint](const Savepoint& each) { return each.path == savepoint.path; });
            if (!known) record.savepoints.push_back(savepoint);
        }
        std::stable_sort(record.savepoints.begin(), record.savepoints.end(),
                         [](const Savepoint& a, const Savepoint& b) { return a.at < b.at; });
        if (there.ended != 0 && isEndState(there.state) && !isEndState(record.state)) {
            record.state = there.state;
            record.ended = there.ended;
        }
        return record;
    }
    Result<std::unique_ptr<JobAsker>> asker(const Target& target,
                                            const SecretSource& secrets) const override {
        RW_TRY_ASSIGN(HttpServer server, jobManagerOf(target, secrets));
        server.tries = 1;
        server.connectWithin = kListConnectWithin;
        server.answerWithin = kListAnswerWithin;
        return std::unique_ptr<JobAsker>(std::make_unique<FlinkJobAsker>(std::move(server)));
    }
    StateKeeper keeperOf(const Deployment& deployment) const override { return stateKeeperOf(deployment); }

 private:
    const EngineFacts m_facts = flinkFacts();
};

}  // namespace

const EngineBackend& flinkBackend() {
    static const FlinkBackend backend;
    return backend;
}

}  // namespace rw
