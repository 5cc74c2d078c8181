// Folders of file sinks that a run of Spark would replace.
#pragma once
#include <vector>

#include "core/cluster/spark/spark_program.h"
#include "core/cluster/standing_output.h"

namespace rw {

/// Those that hold results of an earlier run and are seen from here; none of a run that resumes from a
/// checkpoint. Looks at the disk.
std::vector<StandingOutput> sparkStandingOutputs(const ClusterRequest& request, const SparkProgram& program);

/// An error: results would be replaced without consent, or the choice for them can't be carried out.
Status sparkOutputsChosen(const ClusterRequest& request, const SparkProgram& program);

}  // namespace rw
