// The nodes that a look does not go to, because they reach out of the program.
#pragma once
#include <optional>

#include "core/base/text.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// Why the node has no part in a look, and what helps.
struct NoLook {
    Text message{}, fix{};
};

/// Nothing: it can be looked at. Otherwise it needs a connection, asks a system outside, reads this computer,
/// or runs code: people are asked before that, and a look asks nobody. `node` has its variables put in.
std::optional<NoLook> reachesOut(const Node& node, const NodeKind& kind, const BoundNode& bound);

}  // namespace rw
