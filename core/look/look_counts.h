// How many rows came to each node in the look at a pipeline, and left it.
#pragma once
#include <cstdint>
#include <map>
#include <optional>

#include "core/look/look.h"

namespace rw {

/// None: it is not known, for the node, or one above it, did not run.
struct LookedCounts {
    std::optional<std::uint64_t> in{}, out{};
    std::uint64_t late = 0, rejected = 0;
    bool operator==(const LookedCounts&) const = default;
};

/// Of all nodes of the pipeline that lookAtAll() looked at; a subflow counts as one node.
std::map<NodeId, LookedCounts> countsOf(const Pipeline& pipeline, const LookResult& looked);

}  // namespace rw
