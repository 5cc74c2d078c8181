// The part of a start that puts a tape in the place of the sources.
#pragma once
#include "widgets/document/running/run_start.h"

namespace rw::ui {

/// Opens the tape, unless `asked.moments` are of it and of this plan, and has the run take more of those.
/// Where it goes to a moment, it goes on from the newest of them before that. Sets `options`, and in
/// `started` what a run that replays has. Any thread; looks at the disk.
Status setUpReplay(const TapeRequest& asked, const Plan& plan, RunOptions& options, StartedRun& started);

}  // namespace rw::ui
