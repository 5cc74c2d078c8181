// A job with a record here, and its state as its cluster tells it.
#pragma once
#include <string>

#include "core/base/status.h"
#include "core/cluster/deployment_store.h"

namespace rw {

/// A deployment, and its state as its cluster tells it.
struct KnownJob {
    enum class Answer {
        NotAsked,     ///< it is known to be over, or was not asked for yet
        NoTarget,     ///< there is no such target any more: its cluster can't be asked
        Silent,       ///< it does not answer; `connectionProblem` says why
        Forgotten,    ///< it answers, and does not know the job: it was restarted, or has tidied up
        EndedWithUs,  ///< a run of Spark: its program is gone, and did not record how it ended
        Known         ///< `state` is its word
    };
    Deployment deployment{};
    Answer answer = Answer::NotAsked;
    std::string state{};  ///< in the cluster's word: “RUNNING”
    Status connectionProblem{};

    /// The cluster says that it does.
    bool runs() const;
    /// It may run, as far as is known: its end was not observed.
    bool mayRun() const;
    /// Its end is not in the record: another program ended it, or none watched.
    bool endedUnseen() const;
};

/// The state that is known without asking a cluster: all of a run that is a process of this computer. Looks
/// at the disk. `deployments`: folder of the DeploymentStore.
KnownJob knownHere(Deployment deployment, const std::string& deployments = deploymentsPath());

}  // namespace rw
