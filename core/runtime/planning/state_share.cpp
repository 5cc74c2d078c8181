#include "core/runtime/planning/state_share.h"

#include <algorithm>

namespace rw {

namespace {

/// At least one, so that it divides.
std::uint64_t sharers(const Plan& plan) {
    std::uint64_t instances = 0;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes)
            instances += node.bound->spills ? static_cast<std::uint64_t>(stage.instances) : 0;
    }
    return std::max<std::uint64_t>(instances, 1);
}

}  // namespace

std::uint64_t shareOfMemory(std::uint64_t all, const Plan& plan) {
    return all == 0 ? 0 : std::max<std::uint64_t>(all / sharers(plan), 1);
}

std::uint64_t memoryForShare(std::uint64_t share, const Plan& plan) {
    return share * sharers(plan);
}

}  // namespace rw
