// Charts of a run on a cluster, against those of the same pipeline here.
#pragma once
#include "core/cluster/cluster_run.h"
#include "core/runtime/run.h"

namespace rw::cluster {

/// Charts “rows”, a table, and “lines” have the rows that they have here, in the end: they are fed by a job of
/// their own, which may end after that of the sinks.
void checkCharts(const ClusterRun& run, const Run& here);

}  // namespace rw::cluster
