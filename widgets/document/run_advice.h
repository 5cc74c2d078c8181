// What a run suggests to look at in the pipeline: found by looking at its counters, not by validation.
#pragma once
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "widgets/document/run_snapshot.h"

namespace rw::ui {

/// Warnings about nodes of `pipeline` whose settings do not suit what the run saw. A setting that was mended
/// since is not reported again.
std::vector<Issue> adviceOf(const Pipeline& pipeline, const Catalogue& catalogue,
                            const RunSnapshot& snapshot);

}  // namespace rw::ui
