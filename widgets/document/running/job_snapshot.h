// What a cluster tells of a job as cards, wires and panels show it: a picture of a run like one of our own,
// in which what nobody told is marked as unknown.
#pragma once
#include "core/cluster/job_figures.h"
#include "widgets/document/running/run_snapshot.h"

namespace rw::ui {

/// A cluster counts anew at intervals of its own (Flink: 10 s unless it is set otherwise) and tells the same
/// until then. When no counter of a job has risen for longer than this, none does.
inline constexpr Millis kCountsStand = 12'000;

/// Puts figures of a job of `pipeline` into `snapshot`. Rates are made when counters have risen, from the
/// times at which the cluster was asked; a counter that has fallen was begun anew, and so is its rate.
void showFigures(RunSnapshot& snapshot, const Pipeline& pipeline, const JobFigures& figures);

}  // namespace rw::ui
