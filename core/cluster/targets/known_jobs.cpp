#include "core/cluster/targets/known_jobs.h"

#include <algorithm>
#include <map>

#include "core/cluster/cluster_run.h"
#include "core/cluster/spark/spark_checkpoint.h"

namespace rw {

namespace {

// A list that somebody looks at: better no word soon than a word late.
constexpr Millis kListConnectWithin = 3'000, kListAnswerWithin = 6'000;

void takeAnswer(KnownJob& known, const Result<std::vector<FlinkJob>>& jobs) {
    if (!jobs.ok()) {
        known.answer = KnownJob::Answer::Silent;
        known.silence = jobs.status();
        return;
    }
    const auto found = std::find_if(jobs->begin(), jobs->end(),
                                    [&known](const FlinkJob& job) { return job.id == known.deployment.job; });
    const bool there = found != jobs->end();
    known.answer = there ? KnownJob::Answer::Known : KnownJob::Answer::Forgotten;
    if (there) known.state = found->state;
}

}  // namespace

bool KnownJob::runs() const {
    return answer == Answer::Known && !isFlinkEnd(state);
}

bool KnownJob::mayRun() const {
    if (answer == Answer::Known) return runs();
    return deployment.ended == 0 && answer != Answer::Forgotten && answer != Answer::EndedWithUs;
}

bool KnownJob::endedUnseen() const {
    return deployment.ended == 0 && answer == Answer::Known && isFlinkEnd(state);
}

KnownJob knownHere(Deployment deployment, const std::string& deployments) {
    KnownJob job;
    job.deployment = std::move(deployment);
    const Deployment& record = job.deployment;
    if (record.ended != 0 || outlivesUs(record.engine)) return job;
    // Whoever runs it, this program or another, holds its checkpoint.
    const bool runs =
        !record.savepoints.empty() && CheckpointLock::isTaken(deployments, record.savepoints.back().path);
    job.answer = runs ? KnownJob::Answer::Known : KnownJob::Answer::EndedWithUs;
    if (runs) job.state = "RUNNING";
    return job;
}

std::vector<KnownJob> JobInquiry::ask(std::vector<Deployment> deployments,
                                      const std::vector<Target>& targets) {
    std::vector<KnownJob> known;
    std::map<std::string, Result<std::vector<FlinkJob>>> asked;
    for (Deployment& deployment : deployments) {
        KnownJob& job = known.emplace_back(knownHere(std::move(deployment), m_deployments));
        if (!outlivesUs(job.deployment.engine)) continue;
        const bool ended = job.deployment.ended != 0;
        if (ended && isFlinkEnd(job.deployment.state)) continue;
        const auto target = std::find_if(targets.begin(), targets.end(), [&job](const Target& each) {
            return each.name == job.deployment.target && each.engine == Engine::Flink;
        });
        if (target == targets.end()) {
            if (!ended) job.answer = KnownJob::Answer::NoTarget;
            continue;
        }
        auto found = asked.find(target->name);
        if (found == asked.end()) found = asked.emplace(target->name, jobsOf(*target)).first;
        takeAnswer(job, found->second);
        if (job.endedUnseen() && job.state != "FINISHED") findCheckpoint(*target, job);
        // Its cluster did not know it once. That it does not now, or can't be asked, is no news.
        if (ended && job.answer != KnownJob::Answer::Known) {
            job.answer = KnownJob::Answer::NotAsked;
            job.silence = {};
        }
    }
    return known;
}

template <class Ask>
auto JobInquiry::asking(const Target& target, Ask&& ask) -> decltype(ask(std::declval<FlinkRest&>())) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_cancelled)
            return Status(ErrorCode::Cancelled, RW_TEXT("cluster", "The request was cancelled."));
    }
    RW_TRY_ASSIGN(HttpServer server, jobManagerOf(target, m_secrets));
    server.tries = 1;
    server.connectWithin = kListConnectWithin;
    server.answerWithin = kListAnswerWithin;
    FlinkRest rest(std::move(server));
    {
        const std::scoped_lock lock(m_mutex);
        m_client = &rest.http();
        if (m_cancelled) m_client->cancel();
    }
    auto answer = ask(rest);
    const std::scoped_lock lock(m_mutex);
    m_client = nullptr;
    return answer;
}

Result<std::vector<FlinkJob>> JobInquiry::jobsOf(const Target& target) {
    return asking(target, [](FlinkRest& rest) { return rest.jobs(); });
}

void JobInquiry::findCheckpoint(const Target& target, KnownJob& job) {
    const auto kept =
        asking(target, [&](FlinkRest& rest) { return rest.keptCheckpoint(job.deployment.job); });
    if (!kept.ok() || kept->path.empty()) return;
    auto& all = job.deployment.savepoints;
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const Savepoint& each) { return each.path == kept->path; });
    if (!known) all.push_back({kept->path, kept->at, true});
}

void JobInquiry::cancel() {
    const std::scoped_lock lock(m_mutex);
    m_cancelled = true;
    if (m_client != nullptr) m_client->cancel();
}

}  // namespace rw
