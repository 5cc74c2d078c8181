// Scores rows: each goes on at once, with its stamp and position, and the columns of the model.
#pragma once
#include <memory>

#include "core/score/fitted_model.h"
#include "core/score/score_plan.h"
#include "core/stream/operator.h"

namespace rw::score {

/// The column that ScorePlan::explain adds.
inline constexpr const char* kContributions = "contributions";

/// Reads the model; all instances of a node share it. The plan outlives the operator.
Result<std::unique_ptr<Operator>> makeScoreOperator(const ScorePlan& plan, const MakeContext& context,
                                                    const std::shared_ptr<const Files>& files);

}  // namespace rw::score
