// The key of sinks of tables, whose rows may change: parameters “mode” and “key”.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

/// Checks that the mode suits the rows: changing ones need “upsert”, and a key that names them. The columns
/// of “key” with that mode, or of the stream's own key where it is left empty; else none.
std::vector<int> bindTableKey(BindContext& context);

}  // namespace rw
