// A job that is remembered here, and what its cluster says of it.
#pragma once
#include <string>

#include "core/base/status.h"
#include "core/cluster/deployment_store.h"

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

/// What is known of it without asking a cluster: all of a run that is a process of this computer. Looks at
/// the disk. `deployments`: folder of the DeploymentStore.
KnownJob knownHere(Deployment deployment, const std::string& deployments = deploymentsPath());

}  // namespace rw
