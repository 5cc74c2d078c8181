// A run here whose sinks and charts write and draw nothing: their rows are kept.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <vector>

#include "core/base/files.h"
#include "core/cluster/flink/flink_page.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// The changes that came to each sink and chart, in their order; values as core writes them.
using CollectedRows = std::map<NodeId, std::vector<ChangeRow>>;

/// The node types, but sinks and charts collect.
Catalogue collectingCatalogue(const Catalogue& catalogue);

struct HereRun {
    CollectedRows rows{};
    RunMetrics metrics{};
};

/// Runs the pipeline to its end. `collecting`: of collectingCatalogue(). `parallelism` 0: as it says itself.
/// `files`: that are read; null: the machine's. A sink to which more rows come than kFlinkMostRows is an
/// error, as is a run that fails.
Result<HereRun> collectHere(const Pipeline& pipeline, const Catalogue& collecting,
                            const ValidateOptions& options, int parallelism = 0,
                            const std::atomic<bool>* cancelled = nullptr,
                            std::shared_ptr<const Files> files = nullptr);

}  // namespace rw
