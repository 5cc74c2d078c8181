// The node score for an engine: its model as SQL, and what is to be said of it there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/deploy/form.h"
#include "core/deploy/score_words.h"

namespace rw {

/// A row of the input becomes a row of the output, or none (ScoreStep::rows).
struct ScoreQuery {
    std::vector<ScoreStep> steps{};
    /// The columns of the model, “expression AS `name`”, over the last step.
    std::vector<std::string> outputs{};
    std::string note{};  ///< of which file
    std::string own{};   ///< ScoreWords::own
};

/// Reads the model's file, and adds the remarks; nothing: the node is refused.
std::optional<ScoreQuery> scoreQuery(NodeForm& form, const ScoreEngine& engine);

}  // namespace rw
