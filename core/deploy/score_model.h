// The model of a node score, as far as it can be written as SQL.
#pragma once
#include "core/deploy/form.h"
#include "core/deploy/score_words.h"
#include "core/score/fitted_model.h"

namespace rw {

/// The model with its place in the node; nothing: it can't be read, does not fit or is too large, and the
/// node is refused with the reason. Waits for the disk.
score::FittedRef scoreModel(NodeForm& form, const ScoreEngine& engine);

}  // namespace rw
