// A pipeline that runs on a cluster: submitted, watched and ended on threads of its own, so that a window
// never waits for a network.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/cluster/deployment.h"
#include "core/cluster/job_figures.h"
#include "core/cluster/output_choice.h"
#include "core/cluster/target.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"
#include "core/stream/live_view.h"

namespace rw {

class Connections;

enum class ClusterState {
    Checking,    ///< the cluster's planner looks at it
    Submitting,  ///< it was submitted
    Starting,    ///< there is a job; not all of it runs
    Running,
    Restarting,  ///< the cluster recovers it by itself
    Stopping,    ///< cancel() or stop() was asked for
    Finished,    ///< all sources ended
    Stopped,     ///< ended with a savepoint, or cancelled, by whomever
    Failed,      ///< failure says why
    Refused,     ///< issues say what the cluster, or we, rejected; nothing runs
    Gone         ///< the cluster answers, but does not know the job any more
};
/// Nothing more will happen.
bool isOver(ClusterState state);

/// A picture of it; a copy.
struct ClusterStatus {
    ClusterState state = ClusterState::Checking;
    std::string job{};            ///< empty: there is none yet
    std::string jobState{};       ///< in the cluster's own word: “RUNNING”
    std::vector<Issue> issues{};  ///< of Refused
    /// The operators that Flink's planner makes of the pipeline; null: it was not asked, or refused it;
    /// empty: its answer can't be read.
    std::shared_ptr<const FlinkGraph> graph{};
    Status failure{};      ///< of Failed; Error::node where the cluster let us know it
    JobFigures figures{};  ///< the newest; figures.at: 0, there were none yet
    std::optional<JobCheckpoint> checkpoint{};
    Instant started = 0, ended = 0;  ///< wall time; 0: not yet
    Instant answered = 0;            ///< when the cluster answered last
    Status connectionProblem{};      ///< why it does not answer just now; success: it does
    Instant chartRowsAt = 0;         ///< when rows came to charts last; 0: none have, or they tell no time
    Status chartTrouble{};           ///< why charts stand still; success: they don't
    /// That stop() left; of Spark also the checkpoint of a run that failed. Empty: none.
    std::string savepoint{};
    /// Of a job on Flink that was cancelled or failed: its newest checkpoint, which can be resumed.
    /// Empty: none is left.
    std::string keptCheckpoint{};
    /// Notes for the user, the newest last; at most 20.
    std::vector<Text> notes{};
    std::uint64_t noteCount = 0;  ///< all of them
    std::uint64_t version = 0;    ///< grows with every change
};

/// Any thread may call; no call waits for the cluster.
class ClusterRun {
 public:
    virtual ~ClusterRun() =
        default;  ///< leaves the job alone; may take as long as a request that is under way
    virtual ClusterStatus look() const = 0;
    /// The picture of a chart; null: it has none.
    virtual std::shared_ptr<LiveView> view(const NodeId& node) const = 0;
    /// As it is remembered, once there is a job.
    virtual std::optional<Deployment> deployment() const = 0;
    /// Ends the job. Before there is one: nothing is submitted any more, or the new job is cancelled at once.
    virtual void cancel() = 0;
    /// Ends the job with a savepoint in that folder of the cluster's; empty: the cluster's own default.
    virtual void stop(const std::string& savepointFolder) = 0;
    /// Changes the record of the job, now and in all that will be written of it: its pipeline was saved in a
    /// file, its target has another name. Waits for a disk: never on a thread that draws. Nothing where there
    /// is no record, and by default.
    virtual void amend(const std::function<void(Deployment&)>& change) { static_cast<void>(change); }
};

struct ClusterRequest {
    Target target{};
    SecretSource secrets = environmentSecret;
    /// Whose addresses and secrets the nodes of the pipeline need there; null: the person's own.
    std::shared_ptr<const Connections> connections{};
    std::shared_ptr<const Catalogue> catalogue{};
    Pipeline pipeline{};
    ValidateOptions validate{};  ///< folder, file, variables
    std::shared_ptr<const Files> files{};  ///< that are read here; null: the machine's
    Trust trust{};                         ///< may limit which files here are looked at
    std::string savepoint{};               ///< to resume from
    bool allowLostState = false;
    /// The choices for results that file sinks find. A sink without a choice is refused; with a savepoint it
    /// goes on where the job of the savepoint wrote. Spark can only replace them.
    OutputChoices outputs{};
    bool checkOnly = false;  ///< ends as Finished or Refused, without submitting
    bool charts = true;      ///< also those of the target must be on
    Millis pollEvery = 1'000;
    std::string deployments{};  ///< folder of the DeploymentStore; empty: deploymentsPath()
};

/// Checks the pipeline on a Flink, gives it in, remembers it, watches it.
std::unique_ptr<ClusterRun> deployToFlink(ClusterRequest request);
/// Watches a job that was submitted before, by any program of ours. `request.pipeline` is not looked at:
/// the deployment has its own.
std::unique_ptr<ClusterRun> watchOnFlink(ClusterRequest request, Deployment deployment);

/// Runs the pipeline as a program of Spark under the target's spark-submit, a child process: it ends with the
/// run that is destroyed, and with this program, however that ends. Its checkpoint is kept unless it finishes
/// or is cancelled. `request.savepoint` resumes from a checkpoint, in its place: only one run can do so.
std::unique_ptr<ClusterRun> runOnSpark(ClusterRequest request);
/// On whichever engine the target is.
std::unique_ptr<ClusterRun> runOnTarget(ClusterRequest request);
/// Watches a job of whichever engine; as EngineBackend::watch().
std::unique_ptr<ClusterRun> watchOnTarget(ClusterRequest request, Deployment deployment);
/// Whether a run there goes on without the program that began it, and can be watched by another.
bool outlivesUs(Engine engine);

}  // namespace rw
