// How the jobs do that were given to clusters, asked of those clusters: somebody else may have ended them.
#pragma once
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/jobs/deployment_store.h"
#include "core/cluster/target.h"

namespace rw {

/// A deployment, and what its cluster says of it.
struct KnownJob {
    enum class Answer {
        NotAsked,     ///< it is known to be over, or nobody has asked yet
        NoTarget,     ///< there is no such target any more: nobody can be asked
        Silent,       ///< it does not answer; `silence` says why
        Forgotten,    ///< it answers, and does not know the job: it was started anew, or has tidied up
        EndedWithUs,  ///< a run of Spark: its program is gone, and did not write down how it ended
        Known         ///< `state` is its word
    };
    Deployment deployment{};
    Answer answer = Answer::NotAsked;
    std::string state{};  ///< in the cluster's word: “RUNNING”
    Status silence{};

    /// The cluster says that it does.
    bool runs() const;
    /// It may run, as far as is known: nobody has seen its end.
    bool mayRun() const;
    /// Its end was not written down here: somebody else ended it, or nobody watched.
    bool endedUnseen() const;
};

/// What is known of it without asking a cluster: of a run of Spark, which is a process of this computer, all.
/// Looks at the disk. `deployments`: folder of the DeploymentStore.
KnownJob knownHere(Deployment deployment, const std::string& deployments = deploymentsPath());

/// One thread asks, any may cancel.
class JobInquiry {
 public:
    explicit JobInquiry(SecretSource secrets, std::string deployments = deploymentsPath())
        : m_secrets(std::move(secrets)), m_deployments(std::move(deployments)) {}

    /// In the order of `deployments`; those that are over are not asked for, but for jobs that a cluster did
    /// not know: one that was started anew may know them again. Each target is asked once. Takes
    /// some seconds for a cluster that is away. Writes nothing.
    std::vector<KnownJob> ask(std::vector<Deployment> deployments, const std::vector<Target>& targets);
    /// Ends what is under way and all that follows.
    void cancel();

 private:
    Result<std::vector<FlinkJob>> jobsOf(const Target& target);
    /// Nobody has seen the job's end: what it left to go on from its cluster still says.
    void findCheckpoint(const Target& target, KnownJob& job);
    /// A client that cancel() ends. An error: it was cancelled, or the target has no usable address.
    template <class Ask>
    auto asking(const Target& target, Ask&& ask) -> decltype(ask(std::declval<FlinkRest&>()));

    const SecretSource m_secrets;
    const std::string m_deployments;
    std::mutex m_mutex{};
    HttpClient* m_client = nullptr;  ///< that asks just now
    bool m_cancelled = false;
};

}  // namespace rw
