// A grouping without windows as it was bound: shared by all its parallel instances. Immutable.
#pragma once
#include <memory>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/sql/aggregates/aggregates.h"

namespace rw {

struct GroupPlan {
    StreamType input, output;
    std::vector<int> keys;  ///< columns of the input
    std::vector<Type> keyTypes;
    std::vector<sql::BoundAggregate> aggregates;
    Millis ttl = 0;  ///< for which a key is kept after its rows; 0: for ever
    ColumnSet read;  ///< columns of the input that are looked at
    /// Whether groups can be in files: they have keys.
    bool spills() const { return !keys.empty(); }
};
using GroupPlanRef = std::shared_ptr<const GroupPlan>;

/// Ports of a grouping.
enum GroupPort : int { kGroupOut = 0, kGroupRejected = 1 };

}  // namespace rw
