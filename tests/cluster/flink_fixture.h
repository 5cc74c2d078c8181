// Shared by tests of runs on a cluster: its address, pipelines and files in a folder of their own, and
// waiting for the results of a run.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/cluster/cluster_run.h"
#include "core/data/schema.h"
#include "core/runtime/run.h"

namespace rw::cluster {

/// Counts a check; prints `what` when it does not hold.
void check(bool holds, const std::string& what);

/// The Flink of RILLWRIGHT_FLINK_GATEWAY and RILLWRIGHT_FLINK_REST; ends the program when these are not set.
Target flinkOfTests();
std::shared_ptr<const Catalogue> allNodes();
/// Ends the program when the text is no pipeline.
Pipeline pipelineOf(const std::string& text);

/// Runs it here, in the folder, to its end; an error is a failed check.
std::unique_ptr<Run> runHere(const Pipeline& pipeline, const std::filesystem::path& folder);
/// The columns that reach a sink.
Schema columnsAt(const Pipeline& pipeline, const NodeId& sink, const std::filesystem::path& folder);

/// To run it on the Flink, with records in the folder “deployments” beside its files.
ClusterRequest requestFor(const Target& target, Pipeline pipeline, const std::filesystem::path& folder);

/// Far longer than anything takes: it is waited for a state, never for a time.
inline constexpr Millis kPatience = 240'000;
/// Looks until it is seen or the run is over.
ClusterStatus await(const ClusterRun& run, const std::function<bool(const ClusterStatus&)>& seen);
ClusterStatus await(const ClusterRun& run, ClusterState state);
ClusterStatus awaitOver(const ClusterRun& run);
/// Runs, and the cluster has told of so many rows that its sources gave.
ClusterStatus awaitRows(const ClusterRun& run, std::uint64_t rows = 1);
/// All that a look says in words, for a check that fails.
std::string told(const ClusterStatus& look);

/// Ends the job of a run that a test leaves too early.
class EndedAtLast {
 public:
    explicit EndedAtLast(ClusterRun& run) : m_run(run) {}
    ~EndedAtLast();
    EndedAtLast(const EndedAtLast&) = delete;
    EndedAtLast& operator=(const EndedAtLast&) = delete;

 private:
    ClusterRun& m_run;
};

}  // namespace rw::cluster
