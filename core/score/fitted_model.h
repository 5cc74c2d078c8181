// A model with its place in a node.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/score/model_file.h"
#include "core/score/model_fit.h"
#include "core/score/score_plan.h"

namespace rw::score {

struct Fitted {
    ModelRef model{};
    std::string sha256{};                 ///< of its file
    std::vector<std::size_t> features{};  ///< of each input of the model: the node's feature
    std::vector<std::size_t> outputs{};   ///< of each column of the node: the model's output
};
using FittedRef = std::shared_ptr<const Fitted>;

/// Checks that a model fits the plan.
Result<FittedRef> fit(ModelRef model, std::string sha256, const ScorePlan& plan);

/// Whether a model would fit, by what is known without its numbers.
Status fitPlan(const ModelHead& head, const ScorePlan& plan);

}  // namespace rw::score
