// Spark as an engine that runs pipelines.
#include "core/cluster/engine_backend.h"
#include "core/cluster/known_job.h"
#include "core/cluster/spark/spark_checkpoint.h"
#include "core/cluster/spark/spark_outputs.h"
#include "core/cluster/spark/spark_program.h"
#include "core/cluster/spark/spark_target.h"
#include "core/cluster/spark/spark_target_check.h"

namespace rw {

namespace {

EngineFacts sparkFacts() {
    EngineFacts facts;
    facts.untold = RW_TEXT("targets", "Spark tells nothing from inside a query");
    facts.oldFigures = RW_TEXT("targets", "Spark tells figures at the end of a micro-batch; this one lasts.");
    facts.toGetOne =
        RW_TEXT("targets", "“app/cluster spark up” fetches a Spark to this computer, and says what to enter");
    facts.toDeploy =
        RW_TEXT("targets",
                "To deploy from here, add a Spark under Targets: “app/cluster spark up” fetches one to this "
                "computer");
    return facts;
}

class SparkBackend final : public EngineBackend {
 public:
    const EngineFacts& facts() const override { return m_facts; }

    const std::vector<TargetField>& fields() const override { return sparkFields(); }
    Target usualTarget() const override {
        Target target;
        target.engine = Engine::Spark;
        return target;
    }
    Status usable(const Target& target) const override { return usableSpark(target); }
    std::string addressOf(const Target& target) const override { return target.spark.master; }
    Result<TargetReport> check(const Target& target, const SecretSource&,
                               const std::atomic<bool>* cancelled) const override {
        return checkSpark(target, cancelled);
    }

    Status checkProgram(const ClusterRequest& request, Translation& verdicts) const override {
        return sparkProgramOf(request, &verdicts).status();
    }
    std::vector<StandingOutput> standingOutputs(const ClusterRequest& request) const override {
        const Result<SparkProgram> program = sparkProgramOf(request);
        return program.ok() ? sparkStandingOutputs(request, *program) : std::vector<StandingOutput>();
    }
    std::unique_ptr<ClusterRun> deploy(ClusterRequest request) const override {
        return runOnSpark(std::move(request));
    }

    // The program that runs it, this one or another, holds its checkpoint.
    void lookHere(KnownJob& job, const std::string& deployments) const override {
        const std::vector<Savepoint>& kept = job.deployment.savepoints;
        const bool runs = !kept.empty() && CheckpointLock::isTaken(deployments, kept.back().path);
        job.answer = runs ? KnownJob::Answer::Known : KnownJob::Answer::EndedWithUs;
        if (runs) job.state = "RUNNING";
    }
    StateKeeper keeperOf(const Deployment&) const override { return StateKeeper::Spark; }
    void forget(const std::string& deployments, const Deployment& deployment) const override {
        dropCheckpoints(deployments, deployment);
    }

 private:
    const EngineFacts m_facts = sparkFacts();
};

}  // namespace

const EngineBackend& sparkBackend() {
    static const SparkBackend backend;
    return backend;
}

}  // namespace rw
