// The states of submitted jobs, asked of their clusters: another program may have ended them.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/cluster/engine_backend.h"
#include "core/cluster/known_job.h"

namespace rw {

/// One thread asks, any may cancel.
class JobInquiry {
 public:
    explicit JobInquiry(SecretSource secrets, std::string deployments = deploymentsPath())
        : m_secrets(std::move(secrets)), m_deployments(std::move(deployments)) {}

    /// In the order of `deployments`; those that are over are not asked for, but for jobs that a cluster did
    /// not know: it may know them again after a restart. Each target is asked once. Takes some seconds for a
    /// cluster that does not answer. Writes nothing.
    std::vector<KnownJob> ask(std::vector<Deployment> deployments, const std::vector<Target>& targets);
    /// Ends the requests under way and all that follow.
    void cancel();

 private:
    using States = Result<std::map<std::string, std::string>>;

    States statesOn(const Target& target);
    /// The job's end was not observed: asks its cluster for the savepoint that it left.
    void findSavepoint(const Target& target, KnownJob& job);
    /// The answer to one request, which cancel() ends. An error: it was cancelled, or the target has no usable
    /// address.
    template <class Ask>
    auto asking(const Target& target, const Ask& ask) -> decltype(ask(std::declval<JobAsker&>()));

    const SecretSource m_secrets;
    const std::string m_deployments;
    std::mutex m_mutex{};
    JobAsker* m_asker = nullptr;  ///< that asks just now
    bool m_cancelled = false;
};

}  // namespace rw
