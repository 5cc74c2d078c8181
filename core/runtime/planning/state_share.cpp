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
    return all == 0 ? 0 : std::max<std::uint64_t>(moreMemory(all) / sharers(plan), 1);
}

std::uint64_t moreMemory(std::uint64_t all) {
    return all / 2;
}

std::uint64_t memoryFor(const std::vector<std::uint64_t>& kept, const Plan& plan) {
    const auto suffices = [&](std::uint64_t all) {
        const std::uint64_t share = shareOfMemory(all, plan);
        std::uint64_t more = 0;
        for (const std::uint64_t bytes : kept) more += bytes - std::min(bytes, share);
        return more <= moreMemory(all);
    };
    // All of them, to twice as much: half of it is there for whoever needs it.
    std::uint64_t least = 0;
    for (const std::uint64_t bytes : kept) least += bytes;
    std::uint64_t most = 2 * least;
    while (least < most) {
        const std::uint64_t middle = least + (most - least) / 2;
        if (suffices(middle)) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    return least;
}

}  // namespace rw
