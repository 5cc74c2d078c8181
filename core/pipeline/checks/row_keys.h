// The columns that tell apart rows of one time, followed through nodes that pass rows on.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/checks/typing.h"

namespace rw {

/// TypedNode::keys of a node.
std::vector<std::string> keysOf(const Node& node, const NodeKind& kind, const Reaching& reaching);

}  // namespace rw
