// A learnt linear model as the node `score` evaluates it (resources/help/en/score_models.md).
#pragma once
#include <optional>
#include <string>

#include "core/learn/key_models.h"

namespace rw::learn {

/// Parts of a document, each with its comma and line.
struct LinearDocument {
    std::string head{};     ///< inputs, classes, link, outputs
    std::string numbers{};  ///< “linear”
};

/// Nothing: the model is not linear, or has seen fewer than two classes.
std::optional<LinearDocument> linearDocument(const LearningPlan& plan, const KeyState& state);

}  // namespace rw::learn
