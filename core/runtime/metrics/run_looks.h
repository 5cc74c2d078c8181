// Metrics that need several looks at a run: shares of the last second, the time since watermarks stand, and
// heavy keys.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/metrics/metrics.h"
#include "core/runtime/metrics/state_growth.h"

namespace rw {

/// Of a run so far, at one look; no sum ever goes back.
struct RunSums {
    struct OfNode {
        std::int64_t fullMillis = 0;            ///< of the queue at its inputs that was full longest
        std::vector<std::int64_t> busyNanos{};  ///< per instance, in the same order each time
        std::uint64_t stateLookups = 0, stateHits = 0;
    };
    std::map<NodeId, OfNode> nodes{};
    std::vector<std::int64_t> wireFullMillis{};  ///< as Pipeline::wires
    std::int64_t millis = 0;                     ///< the run's steady time of the look
    std::int64_t nanos = 0;                      ///< the machine's, which busyNanos go by
    /// Bytes that the disk of stateDisk.folder has for the run; nothing: that is not known.
    std::optional<std::uint64_t> room{};
};

/// Any thread. Costs about as much as there are nodes, wires and partitions; no task waits for it.
class RunLooks {
 public:
    /// Fills in the metrics that compare this look with those before; `now`: wall time of this one.
    void tell(RunMetrics& out, RunSums sums, Instant now);

 private:
    struct Rise {
        Instant watermark = kMinTimestamp;
        Instant at = 0;
    };
    struct Stand {
        PartitionState state = PartitionState::Live;
        Instant at = 0;
    };
    struct Keys {
        std::uint64_t count = 0;
        std::int64_t at = 0;
        std::uint32_t grew = 0;
    };
    Instant roseAt(const NodeId& node, const std::string& partition, Instant watermark, Instant now);
    Instant stoodSince(const NodeId& node, PartitionState state, Instant now);
    std::uint32_t keysGrew(const NodeId& node, std::uint64_t count, std::int64_t millis);
    void tellGrowth(RunMetrics& out, const RunSums& sums);

    std::mutex m_mutex;                                      ///< guards the members below
    std::deque<RunSums> m_looks;                             ///< of the last second, and the last one before
    std::map<std::pair<NodeId, std::string>, Rise> m_rises;  ///< by node and partition, none for the node's
    std::map<NodeId, Stand> m_stands;
    std::map<NodeId, Keys> m_keys;
    StateGrowth m_growth{};
};

}  // namespace rw
