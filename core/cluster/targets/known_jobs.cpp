#include "core/cluster/targets/known_jobs.h"

#include <algorithm>

#include "core/cluster/job_words.h"

namespace rw {

namespace {

void takeAnswer(KnownJob& known, const Result<std::map<std::string, std::string>>& states) {
    if (!states.ok()) {
        known.answer = KnownJob::Answer::Silent;
        known.connectionProblem = states.status();
        return;
    }
    const auto found = states->find(known.deployment.job);
    const bool there = found != states->end();
    known.answer = there ? KnownJob::Answer::Known : KnownJob::Answer::Forgotten;
    if (there) known.state = found->second;
}

}  // namespace

std::vector<KnownJob> JobInquiry::ask(std::vector<Deployment> deployments,
                                      const std::vector<Target>& targets) {
    std::vector<KnownJob> known;
    std::map<std::string, States> asked;
    for (Deployment& deployment : deployments) {
        KnownJob& job = known.emplace_back(knownHere(std::move(deployment), m_deployments));
        const Engine engine = job.deployment.engine;
        if (!outlivesUs(engine)) continue;
        const bool ended = job.deployment.ended != 0;
        if (ended && isEndState(job.deployment.state)) continue;
        const auto target = std::find_if(targets.begin(), targets.end(), [&](const Target& each) {
            return each.name == job.deployment.target && each.engine == engine;
        });
        if (target == targets.end()) {
            if (!ended) job.answer = KnownJob::Answer::NoTarget;
            continue;
        }
        auto found = asked.find(target->name);
        if (found == asked.end()) found = asked.emplace(target->name, statesOn(*target)).first;
        takeAnswer(job, found->second);
        if (job.endedUnseen() && job.state != "FINISHED") findSavepoint(*target, job);
        // Its cluster did not know it once. That it does not now, or can't be asked, is no news.
        if (ended && job.answer != KnownJob::Answer::Known) {
            job.answer = KnownJob::Answer::NotAsked;
            job.connectionProblem = {};
        }
    }
    return known;
}

template <class Ask>
auto JobInquiry::asking(const Target& target, const Ask& ask) -> decltype(ask(std::declval<JobAsker&>())) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_cancelled)
            return Status(ErrorCode::Cancelled, RW_TEXT("cluster", "The request was cancelled."));
    }
    RW_TRY_ASSIGN(const std::unique_ptr<JobAsker> asker, backendOf(target.engine).asker(target, m_secrets));
    {
        const std::scoped_lock lock(m_mutex);
        m_asker = asker.get();
        if (m_cancelled) m_asker->cancel();
    }
    auto answer = ask(*asker);
    const std::scoped_lock lock(m_mutex);
    m_asker = nullptr;
    return answer;
}

JobInquiry::States JobInquiry::statesOn(const Target& target) {
    return asking(target, [](JobAsker& asker) { return asker.states(); });
}

void JobInquiry::findSavepoint(const Target& target, KnownJob& job) {
    const auto left = asking(target, [&](JobAsker& asker) { return asker.leftBy(job.deployment.job); });
    if (!left.ok() || left->path.empty()) return;
    auto& all = job.deployment.savepoints;
    const bool known =
        std::any_of(all.begin(), all.end(), [&](const Savepoint& each) { return each.path == left->path; });
    if (!known) all.push_back(*left);
}

void JobInquiry::cancel() {
    const std::scoped_lock lock(m_mutex);
    m_cancelled = true;
    if (m_asker != nullptr) m_asker->cancel();
}

}  // namespace rw
