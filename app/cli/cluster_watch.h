// Waiting for a job on a cluster in the foreground.
#pragma once
#include <functional>
#include <string>

#include "core/cluster/cluster_run.h"

namespace rw::cli {

struct WatchOptions {
    /// Seen enough; a job that is over always is.
    std::function<bool(const ClusterStatus&)> enough{};
    /// Told once, as soon as there is a job.
    std::function<void(const std::string& job)> onJob{};
    /// How long a cluster that did answer before may be silent; -1: as long as it likes.
    Millis silentAtMost = 60'000;
};

struct Watched {
    enum class End {
        Seen,  ///< enough, or it is over
        Left,  ///< a signal: the job, if there is one, goes on
        Silent
    };
    End end = End::Seen;
    ClusterStatus look{};  ///< the last one
};

/// Looks until there was enough to see, with progress on standard error. A signal before there is a job ends
/// the attempt; afterwards it leaves the job alone.
Watched watchRun(ClusterRun& run, const WatchOptions& options);

}  // namespace rw::cli
