#include "core/cluster/known_job.h"

#include "core/cluster/engine_backend.h"
#include "core/cluster/job_words.h"

namespace rw {

bool KnownJob::runs() const {
    return answer == Answer::Known && !isEndState(state);
}

bool KnownJob::mayRun() const {
    if (answer == Answer::Known) return runs();
    return deployment.ended == 0 && answer != Answer::Forgotten && answer != Answer::EndedWithUs;
}

bool KnownJob::endedUnseen() const {
    return deployment.ended == 0 && answer == Answer::Known && isEndState(state);
}

KnownJob knownHere(Deployment deployment, const std::string& deployments) {
    KnownJob job;
    job.deployment = std::move(deployment);
    if (job.deployment.ended == 0) backendOf(job.deployment.engine).lookHere(job, deployments);
    return job;
}

}  // namespace rw
