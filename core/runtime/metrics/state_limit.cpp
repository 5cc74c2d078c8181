#include "core/runtime/metrics/state_limit.h"

#include "core/base/byte_size.h"

namespace rw {

Status StateLimit::exceeded(std::uint64_t bytes) const {
    NodeId largest;
    std::uint64_t most = 0;
    for (const auto& [node, groups] : m_counters) {
        std::uint64_t held = 0;
        for (const CounterGroup& group : groups) {
            for (const NodeCounters& one : group.instances)
                held += one.stateBytes.load(std::memory_order_relaxed);
        }
        if (held <= most) continue;
        most = held;
        largest = node;
    }
    const Status status(
        ErrorCode::Invalid,  // nothing of the outside world, and not mended by trying again
        RW_TEXT(
            "run",
            "The state of this run is %1, over its memory limit of %2; this node holds the largest part, %3.")
            .with(byteSizeText(bytes), byteSizeText(m_limit), byteSizeText(most)),
        RW_TEXT("run",
                "Raise “memory_limit”, or let the node keep less: smaller windows or bounds, a “state_ttl”, "
                "fewer keys."));
    return status.at(largest);
}

}  // namespace rw
