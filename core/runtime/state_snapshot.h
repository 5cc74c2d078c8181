// The state of a whole run at one point of its sources.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// Bytes as StateWriter gives them. A run of the same pipeline, with any parallelism, batch size and
/// executor, goes on from it (RunOptions::restore). Plain data.
struct StateSnapshot {
    /// A node's place in the plan: its id, and which of the stages that it stands in.
    struct Place {
        NodeId node;
        int stage = 0;
        auto operator<=>(const Place&) const = default;
    };
    std::map<Place, std::vector<std::string>> states;  ///< one an instance that wrote any
    /// When the first of the runs began: CURRENT_TIMESTAMP stays, for rows that are taken back must be the
    /// same as when they came.
    Instant began = 0;
};

}  // namespace rw
