// What an edit of a pipeline costs while its run goes on: told before it is applied.
#pragma once
#include <set>
#include <vector>

#include "core/forecast/outputs.h"
#include "core/forecast/recomputed.h"
#include "core/pipeline/differences.h"
#include "core/state/resume_plan.h"
#include "widgets/session/kept_inputs.h"
#include "widgets/session/run_start.h"

namespace rw::ui {

struct ApplyReceipt {
    CheckpointedPipeline now{};                 ///< the edited pipeline
    Forecast forecast{};                        ///< of the state of each node
    std::vector<OutputForecast> outputs{};      ///< what it means for the rows of sinks and charts
    std::vector<PipelineDifference> changes{};  ///< from the pipeline that runs; nodes of subflows by their paths
    RecomputeForecast recompute{};              ///< as far as the pipelines go
    Text noTape{};                 ///< why the input of the run does not do for that; empty: it does
    std::uint64_t inputBytes = 0;  ///< of that
    Status obstacle{};                          ///< why nothing is known

    /// The edited pipeline can resume from a checkpoint of the run.
    bool possible() const { return obstacle.ok() && forecast.possible(); }
    /// Nodes whose open windows can be closed first, so that the rows up to now count in them.
    std::set<NodeId> closable() const;
    /// Nodes whose states can be recomputed from the input of the run.
    std::set<NodeId> recomputable() const { return noTape.empty() ? recompute.nodes : std::set<NodeId>(); }
    /// Nothing has to be told: all state goes on as it is.
    bool plain() const { return possible() && !forecast.anythingLost && !forecast.carriesAnything(); }
};

/// The name of the savepoint that goBack() of a session goes back to; one of that name before it is let go.
inline constexpr const char* kBeforeEdit = "before the last edit";

/// Compares the pipeline of the run with the edited one; `input` is of the run. Looks at no files but those
/// of subflows; any thread.
ApplyReceipt weighApply(const RunCheckpoints& run, const StartRequest& edited, const RunInput& input);

/// The choice for a start that takes over from the run; its last checkpoint is kept under kBeforeEdit.
CheckpointChoice handOverChoice(const RunCheckpoints& run, std::string agreed);

}  // namespace rw::ui
