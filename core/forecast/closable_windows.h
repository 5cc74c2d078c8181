// A window node whose windows were edited: what it takes to close those that are open under its old
// definition.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

struct ClosableWindows {
    const NodeKind* kind = nullptr;
    BoundNodeRef before{};    ///< the old definition; its output is that of the new one
    StreamType input{};       ///< of the old definition
    std::vector<int> keys{};  ///< columns of the output by which the node is spread
};

}  // namespace rw
