#include "app/cli/cluster_watch.h"

#include "app/cli/cluster_progress.h"
#include "app/cli/signals.h"

namespace rw::cli {

namespace {

constexpr Millis kLookAtClusterEvery = 100;

/// A cluster that never answered is not waited for: the client has tried several times before it says so.
class Silence {
 public:
    explicit Silence(Millis atMost) : m_atMost(atMost) {}

    bool tooLong(const ClusterStatus& look) {
        if (look.connectionProblem.ok()) {
            m_since = -1;
            return false;
        }
        if (look.answered == 0) return true;
        const std::int64_t now = systemClock()->steadyMillis();
        if (m_since < 0) m_since = now;
        return m_atMost >= 0 && now - m_since > m_atMost;
    }

 private:
    const Millis m_atMost;
    std::int64_t m_since = -1;
};

}  // namespace

Watched watchRun(ClusterRun& run, const WatchOptions& options) {
    ClusterProgress progress;
    Silence silence(options.silentAtMost);
    std::string job;
    bool givenUp = false;
    for (;;) {
        ClusterStatus look = run.look();
        progress.show(look);
        if (job.empty() && !look.job.empty()) {
            job = look.job;
            if (options.onJob) options.onJob(job);
        }
        if (isOver(look.state) || (options.enough && options.enough(look)))
            return {givenUp && job.empty() && look.state == ClusterState::Stopped ? Watched::End::Left
                                                                                  : Watched::End::Seen,
                    std::move(look)};
        if (silence.tooLong(look)) return {Watched::End::Silent, std::move(look)};
        const int signals = signalsSoFar();
        // The run ends a job that was being submitted when the first signal came; the second one leaves.
        if (signals > 1 || (signals == 1 && !givenUp && !job.empty()))
            return {Watched::End::Left, std::move(look)};
        if (signals == 1 && !givenUp) {
            run.cancel();
            givenUp = true;
        }
        systemClock()->sleep(kLookAtClusterEvery);
    }
}

}  // namespace rw::cli
