// The trees of a model as JSON: arrays with a number for each node.
#pragma once
#include "core/pipeline/json/json_pull.h"
#include "core/score/tree_model.h"

namespace rw::score {

/// Reads the value of "trees". Every child comes behind its parent and has no other: so a way ends, and no
/// node is reached twice. Faults are in `json`.
TreeNumbers readTrees(JsonPull& json, const ModelHead& head);

}  // namespace rw::score
