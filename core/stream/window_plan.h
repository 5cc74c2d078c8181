// A window aggregation as it was bound: shared by all its parallel instances. Immutable.
#pragma once
#include <memory>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/stream/window_assigner.h"

namespace rw {

struct WindowPlan {
    WindowKind kind = WindowKind::Tumble;
    Millis size = 0, step = 0, offset = 0;  ///< tumble, hop, cumulate; see WindowAssigner
    Millis gap = 0;                         ///< session
    Millis allowedLateness = 0;
    Millis early = 0;  ///< 0: no early results

    StreamType input;
    int windowStart = -1, windowEnd = -1;  ///< columns of the input's own windows, for kind Input
    std::vector<int> keys;                 ///< columns of the input
    std::vector<Type> keyTypes;
    std::vector<sql::BoundAggregate> aggregates;
    StreamType output, late;

    bool emitsUpdates() const { return output.updating; }
};
using WindowPlanRef = std::shared_ptr<const WindowPlan>;

/// Columns of a result before its keys and aggregates: window_start, window_end, window_time.
inline constexpr std::size_t kWindowColumns = 3;

/// Ports of a window aggregation.
enum WindowPort : int { kWindowOut = 0, kWindowLate = 1 };

}  // namespace rw
