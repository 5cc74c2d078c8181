// The metrics that a cluster gives of a job, laid onto the nodes and wires of its pipeline. A figure that it
// can't give is unknown, never zero.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct NodeFigures {
    std::optional<std::uint64_t> rowsIn{}, rowsOut{};
    std::optional<std::uint64_t> late{}, rejected{};
    bool lateAtLeast = false;              ///< there may be more of them
    std::optional<Instant> watermark{};    ///< smallest over the instances; kMinTimestamp: none came yet
    std::optional<double> busy{};          ///< share of the last second of the busiest instance, 0 … 1
    std::optional<double> backpressure{};  ///< share of the last second in which those behind held it up
    std::optional<std::uint64_t> stateBytes{};
};

struct JobFigures {
    std::map<NodeId, NodeFigures> nodes{};
    std::vector<std::optional<std::uint64_t>> wires{};  ///< rows, as in Pipeline::wires
    std::optional<std::uint64_t> sourceRows{};          ///< that all sources gave
    Instant at = 0;                                     ///< wall time at which the cluster was asked
};

/// The newest checkpoint of a job.
struct JobCheckpoint {
    std::int64_t id = 0;
    Instant at = 0;
    Millis took = 0;
    std::uint64_t bytes = 0;
    std::int64_t completed = 0, failed = 0;  ///< so many there were
};

}  // namespace rw
