// A plan in which one node is another one: a look that watches a node, or gives it other rows.
#pragma once
#include <functional>
#include <memory>

#include "core/runtime/planning/plan.h"

namespace rw {

/// The plan with `bound` of the node `id` in its place, made by `make`. It keeps `plan`.
std::shared_ptr<const Plan> withReplaced(const std::shared_ptr<const Plan>& plan, const NodeId& id,
                                         MakeFn make,
                                         const std::function<BoundNodeRef(const PlannedNode&)>& bound);

}  // namespace rw
