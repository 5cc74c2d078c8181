// Folders of file sinks that hold results already: found before a job is submitted, put aside where they are
// to be replaced.
#pragma once
#include <string>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/flink/flink_program.h"
#include "core/cluster/standing_output.h"

namespace rw {

/// The folders of `program` that hold results. Where the cluster's disk is this computer's, the disk tells;
/// elsewhere, and out of `reach`, the records of jobs that were submitted to the same target. Looks at the
/// disk.
std::vector<StandingOutput> standingOutputs(const FlinkProgram& program, const Target& target,
                                            const std::vector<Deployment>& known,
                                            const FileReach& reach = {});
/// EngineBackend::standingOutputs().
std::vector<StandingOutput> flinkStandingOutputs(const ClusterRequest& request);

/// A folder beside `folder` that no job has written into: “out.csv-20240301-120000.parts”.
std::string newOutputFolder(const std::string& folder, const Target& target,
                            const std::vector<Deployment>& known);

/// Whether newOutputFolder() may have given `made` for `folder`.
bool isNewOutputFolder(const std::string& made, const std::string& folder);
/// Jobs on the target that wrote into the folder and were not seen to end.
std::vector<Deployment> jobsThatMayWriteTo(const std::string& folder, const Target& target,
                                           const std::vector<Deployment>& known);

/// The error for a sink with results for which no choice was made.
Issue outputIssue(const StandingOutput& found);

/// An earlier program was killed between OutputsAside::take() and its next step: its results are put back
/// where they were, so that the present choice applies to them.
Status putBackReplaced(const StandingOutput& found);

/// Results that a new job replaces. They wait beside their place until it is known to have started.
class OutputsAside {
 public:
    OutputsAside() = default;
    ~OutputsAside() { static_cast<void>(putBack()); }
    OutputsAside(const OutputsAside&) = delete;
    OutputsAside& operator=(const OutputsAside&) = delete;

    /// An error leaves all in their places.
    Status take(const std::vector<StandingOutput>& outputs);
    /// Removes them: the job has started.
    void drop();
    /// The job did not start. Where there is something in their place by now they stay where they are: their
    /// folders are given.
    std::vector<std::string> putBack();

 private:
    struct Moved {
        std::string from{}, to{};
    };
    std::vector<Moved> m_moved{};
};

}  // namespace rw
