// The state that a pipeline resumes from when it is submitted to a Flink with a savepoint, and whether it can.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"
#include "core/forecast/forecast.h"

namespace rw {

/// How Flink finds the state of a job that resumes from a savepoint of that deployment.
StateKeeper stateKeeperOf(const Deployment& from);
/// The deployment whose savepoint it is, or whose checkpoint that was kept; nothing: none is remembered.
std::optional<Deployment> deploymentOfSavepoint(const std::vector<Deployment>& deployments,
                                                const std::string& savepoint);

struct FlinkResume {
    bool planned = false;              ///< to be submitted as a compiled plan
    std::optional<Deployment> from{};  ///< nothing: no savepoint, or one without a record here
    std::optional<Forecast> told{};    ///< with `from`, where it can be told
    std::vector<Issue> issues{};       ///< why it can't go on; nothing is to be started then
    std::vector<Text> notes{};
};

/// How to give in `edited`, of which the planner made `graph`. Looks into the deployments on the disk, and at
/// files of subflows.
FlinkResume resumeOnFlink(const ClusterRequest& request, const Pipeline& edited, const FlinkGraph& graph);

}  // namespace rw
