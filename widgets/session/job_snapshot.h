// The metrics of a cluster's job as cards, wires and panels show them: a snapshot like that of a run of our
// own, in which figures that are not known are marked so.
#pragma once
#include "core/cluster/job_figures.h"
#include "widgets/session/run_snapshot.h"

namespace rw::ui {

/// A cluster renews its counts at intervals of its own (Flink: 10 s unless it is set otherwise) and repeats
/// them until then. When no counter of a job has risen for longer than this, none does.
inline constexpr Millis kCountsStand = 12'000;

/// Puts figures of a job of `pipeline` into `snapshot`. Rates are made when counters have risen, from the
/// times at which the cluster was asked; a counter that has fallen was restarted, and so is its rate.
void showFigures(RunSnapshot& snapshot, const Pipeline& pipeline, const JobFigures& figures);

}  // namespace rw::ui
